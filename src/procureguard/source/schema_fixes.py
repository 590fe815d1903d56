"""Which advice on a file that its schema refuses can be followed by a program: what the schema then accepts."""

from collections import Counter
from collections.abc import Sequence

from jsonschema_rs import is_valid

from procureguard.source.document import Data, Document
from procureguard.source.edit import Edit
from procureguard.source.schema_branch import Subschema
from procureguard.source.schema_words import Saying


def fixes_of(document: Document, said: Sequence[Saying], schema: Subschema) -> list[tuple[Edit, ...]]:
    """For each thing said the edits that mend it; none where it is not plain, or two would become the same."""
    places = [_place(document, saying) for saying in said]
    counted = Counter(place for place in places if place is not None)
    return [
        _fix(document, saying, schema) if place is None or counted[place] == 1 else ()
        for saying, place in zip(said, places, strict=True)
    ]


def _place(document: Document, saying: Saying) -> tuple[str, str] | None:
    """What may stand only once after mending: a key of its mapping, an entry of its list."""
    parent = saying.pointer.rpartition("/")[0]
    if saying.advice.mending is None or not (saying.of_key or isinstance(document.value(parent), list)):
        return None
    return parent, repr(saying.advice.mending.value)


def _fix(document: Document, saying: Saying, schema: Subschema) -> tuple[Edit, ...]:
    mending, complaint = saying.advice.mending, saying.complaint
    if mending is None:
        return ()
    if saying.of_key and complaint.keyword != "propertyNames":
        return saying.advice.key_fix(document, saying.pointer)
    if not _accepts(complaint.alternatives or complaint.schema, mending.value, schema):
        return ()
    if saying.of_key:
        return saying.advice.key_fix(document, saying.pointer)
    return saying.advice.value_fix(document, saying.pointer)


def _accepts(subschema: Subschema, value: Data, schema: Subschema) -> bool:
    """Whether a part of the schema accepts a value; False where that part cannot be read alone."""
    alone = {**subschema, "$defs": schema.get("$defs", {})}
    try:
        return is_valid(alone, value, validate_formats=True)
    except ValueError:
        return False
