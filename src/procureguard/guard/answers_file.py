"""Files of answers: what questions about a purchase have come back with."""

from collections.abc import Iterator
from dataclasses import dataclass

from procureguard.capabilities import Taxonomy
from procureguard.facts.check import check_values, fits
from procureguard.facts.schema import FactSchema
from procureguard.guard.answering import SaidBy
from procureguard.guard.settings import OWN, Setting
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.stated import Block, blocks_of, plain


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What a file of answers says; its document has been checked."""

    document: Document

    @property
    def purchase(self) -> str | None:
        """The reference of the purchase that it is about, if it names one."""
        return self._text("purchase")

    @property
    def said(self) -> SaidBy:
        """Who gives the answers, since when, and where they are written, as far as the file says so for all."""
        return SaidBy(self._text("source"), self._text("as_of"), self._text("evidence"))

    def answers(self) -> Iterator[Setting]:
        """The answers, one for each fact; a fact that is left empty is none."""
        for block in blocks_of("", self.document.data):
            for name, data in block.facts.items():
                if plain(data) is not None:
                    yield Setting(self.document.source, f"{block.section}.{name}", data, self.document.root)

    def mismatch(self, purchase: str | None) -> list[Diagnostic]:
        """The warning that it is about another purchase than the one with this reference, if both have one."""
        if purchase is None or self.purchase in {None, purchase}:
            return []
        source, span = self.document.source, self.document.value_span("/purchase")
        message = f"these answers are about `{self.purchase}`, and the purchase is `{purchase}`"
        return [Diagnostic.warning("PG251", message, source, span, "look whether you have named the right files")]

    def _text(self, key: str) -> str | None:
        value = self.document.value(f"/{key}")
        return value if isinstance(value, str) else None


def load_answers(
    document: Document, schema: FactSchema, taxonomy: Taxonomy, problems: list[Diagnostic]
) -> AnswersFile | None:
    """The answers in a document, or None with everything wrong with it added to the problems."""
    if not check_kind(document, "answers", problems):
        return None
    wrong: list[Diagnostic] = []
    blocks = list(blocks_of("", document.data))
    check_values(document, blocks, schema, taxonomy, wrong)
    describes_own = any(path.startswith(f"{OWN}.") for path in schema.types)
    for block in blocks:
        if block.section == OWN and describes_own:
            wrong += _check_own(document, block, schema)
    problems += wrong
    return None if wrong else AnswersFile(document)


def _check_own(document: Document, block: Block, schema: FactSchema) -> Iterator[Diagnostic]:
    """Each of the organisation's own facts by itself: its schema may demand others that nobody was asked for."""
    for name, data in block.facts.items():
        path = f"{OWN}.{name}"
        kind = schema.get(path)
        if kind is None:
            hint = did_you_mean(path, [known for known in schema.types if known.startswith(f"{OWN}.")])
            span = document.key_span(f"{block.pointer}/{name}")
            hint = hint or "describe it below `ext` in the organisation file, or remove it"
            yield Diagnostic.error("PG224", f"there is no fact `{path}`", document.source, span, hint)
        elif not fits(kind, plain(data)):
            allowed = f"write one of {', '.join(kind.values)}" if kind.values else f"write a value of type {kind.type}"
            span = document.value_span(block.value_pointer(name))
            yield Diagnostic.error("PG224", f"`{path}` cannot have this value", document.source, span, allowed)
