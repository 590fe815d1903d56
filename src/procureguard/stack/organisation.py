"""The organisation: thresholds, regions, registers and its changes to policies, set once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.read import read_document
from procureguard.source.stated import Block, blocks_of
from procureguard.stack.profile import InvestmentPlan, check_profile

if TYPE_CHECKING:
    from procureguard.stack.policy_source import PolicySource

SOURCE = "from"
"""The key among changes to policies that says where the policies come from."""

DEFAULT_PRESET = "mid-us-eu"
_PRESETS = Path(__file__).with_name("presets")


class Override(NamedTuple):
    """What an organisation changes of one policy without touching its file."""

    pointer: str
    effect: str | None
    role: str | None
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's own file, laid over a named preset of thresholds."""

    document: Document | None
    preset: Document

    @property
    def data(self) -> Mapping[str, Any]:
        """The organisation's own document, empty where it has none."""
        data = self.document.data if self.document else {}
        assert isinstance(data, dict)
        return data

    @property
    def preset_name(self) -> str:
        """The name of the preset its thresholds come from."""
        assert isinstance(self.preset.data, dict)
        return str(self.preset.data["preset"])

    def blocks(self) -> Iterator[Block]:
        """The facts the organisation states itself."""
        return blocks_of("", {"organisation": self.data.get("organisation", {})})

    def preset_blocks(self) -> Iterator[Block]:
        """The thresholds of the preset."""
        assert isinstance(self.preset.data, dict)
        return blocks_of("", {"organisation": self.preset.data["organisation"]})

    @property
    def empty_registers(self) -> frozenset[str]:
        """Registers the organisation states to be empty."""
        return frozenset(name for name, state in self.data.get("registers", {}).items() if state == "none")

    @property
    def families_told(self) -> bool:
        """Whether the organisation states that the vendor manifests name every family."""
        return bool(self.data.get("registers", {}).get("families") == "manifests")

    @property
    def plan(self) -> InvestmentPlan | None:
        """The plan that large purchases name a line of, or None where the file holds none."""
        return InvestmentPlan.of(self.data.get("plan"))

    @property
    def packs(self) -> tuple[str, ...] | None:
        """The packs of policies in use, by id; None where all are."""
        stated = self.data.get("packs")
        return None if stated is None else tuple(stated)

    @property
    def source(self) -> "PolicySource | None":
        """Where the policies come from that take the place of the shipped ones; None where these are in use."""
        text = _source_of(self.data)
        if text is None:
            return None
        from procureguard.stack.policy_source import PolicySource, read_source  # noqa: PLC0415 - as below

        found = read_source(text)
        assert isinstance(found, PolicySource)
        return found

    @property
    def changes(self) -> Mapping[str, Any]:
        """What is changed of policies as the file states it, by policy id."""
        stated = self.data.get("policies", {})
        return {} if isinstance(stated, str) else {name: change for name, change in stated.items() if name != SOURCE}

    @property
    def overrides(self) -> Mapping[str, Override]:
        """Changes to policies, by policy id."""
        return {
            identity: Override(
                f"/policies/{identity}", change.get("effect"), change.get("role"), change.get("params") or {}
            )
            for identity, change in self.changes.items()
        }

    @property
    def extension_schema(self) -> Mapping[str, Any] | None:
        """The JSON Schema of the organisation's own facts below `ext.`, or None where it has none."""
        return self.data.get("ext")


def preset_names() -> tuple[str, ...]:
    """The presets that come with the package."""
    return tuple(sorted(path.stem for path in _PRESETS.glob("*.yaml")))


def load_preset(name: str) -> Document:
    """A shipped preset of thresholds.

    Raises:
        KeyError: no preset has that name.
    """
    path = _PRESETS / f"{name}.yaml"
    if name not in preset_names():
        raise KeyError(name)
    problems: list[Diagnostic] = []
    document = read_document(f"preset {name}", path.read_bytes(), problems)
    if document is None or problems:
        raise AssertionError(problems)
    return document


def load_organisation(document: Document | None, problems: list[Diagnostic]) -> Organisation | None:
    """The organisation a document describes, or the default preset alone where there is none."""
    if document is None:
        return Organisation(None, load_preset(DEFAULT_PRESET))
    if not check_kind(document, "organisation", problems):
        return None
    assert isinstance(document.data, dict)
    name = str(document.data.get("preset", DEFAULT_PRESET))
    if name not in preset_names():
        from procureguard.source.mending import Mistake  # noqa: PLC0415 - only a wrong file needs it

        mistake = Mistake("PG226", f"there is no preset `{name}`", document, "/preset")
        problems.append(mistake.misspelt(name, preset_names(), f"write one of {', '.join(preset_names())}"))
        return None
    if not _check_source(document, document.data, problems):
        return None
    check_profile(document, problems)
    return Organisation(document, load_preset(name))


def _source_of(data: Mapping[str, Any]) -> str | None:
    """What a file says of where policies come from."""
    stated = data.get("policies", {})
    found = stated if isinstance(stated, str) else stated.get(SOURCE)
    return None if found is None else str(found)


def _check_source(document: Document, data: Mapping[str, Any], problems: list[Diagnostic]) -> bool:
    """Whether the source of policies is one, if any is named; what is wrong is added."""
    text = _source_of(data)
    if text is None:
        return True
    from procureguard.stack.policy_source import Wrong, read_source  # noqa: PLC0415 - few organisations name any

    found = read_source(text)
    if not isinstance(found, Wrong):
        return True
    pointer = "/policies" if isinstance(data["policies"], str) else f"/policies/{SOURCE}"
    span = document.value_span(pointer)
    problems.append(Diagnostic.error("PG320", found.message, document.source, span, found.hint))
    return False
