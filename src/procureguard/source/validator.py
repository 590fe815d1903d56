"""A compiled JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import NoReturn

from jsonschema_rs import ValidationError, validator_for

from procureguard.source.document import Data


class Validator:
    """A JSON Schema of draft 2020-12, compiled once; formats are checked, references leave the schema never.

    Raises ValueError if the schema is not valid.
    """

    __slots__ = ("_compiled", "schema")

    def __init__(self, schema: Mapping[str, object]) -> None:
        self.schema: dict[str, object] = dict(schema)
        self._compiled = validator_for(self.schema, validate_formats=True, retriever=_refuse_to_fetch)

    def accepts(self, data: Data) -> bool:
        """Whether the data is valid."""
        return self._compiled.is_valid(data)

    def errors(self, data: Data) -> Iterator[ValidationError]:
        """Every error of the data, as the library reports them."""
        return self._compiled.iter_errors(data)


def _refuse_to_fetch(uri: str) -> NoReturn:
    raise ValueError(f"a schema cannot refer to another file: {uri}")
