"""The files that a repository begins with: templates filled in, with comments a person can learn from."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from procureguard.facts.schema import FactSchema
from procureguard.policy.model import Pack
from procureguard.render.yaml_value import yaml_value
from procureguard.source.text import printable
from procureguard.version import __version__

ROLES = (
    *("it", "security", "privacy", "legal", "finance", "procurement"),
    *("marketing_operations", "accessibility", "leaders"),
)
"""The roles that an organisation names people for."""

_TEMPLATES = Path(__file__).with_name("starting")


class Profile(NamedTuple):
    """What is known of an organisation that begins: its preset with the facts of that, and what it states itself."""

    preset: str
    limits: dict[str, Any]
    name: str | None
    currency: str
    packs: tuple[str, ...]


class Line(NamedTuple):
    """One fact of a purchase that begins: its value in YAML, None while it is not known, and what is said of it."""

    name: str
    value: str | None
    comments: tuple[str, ...]


class Section(NamedTuple):
    """Facts that stand together."""

    name: str
    lines: tuple[Line, ...]


def organisation_file(
    profile: Profile, presets: Iterable[str], packs: Sequence[Pack], schema: FactSchema, modeline: str, day: str
) -> str:
    """`organisation.yaml`: what is stated, and beside it, as comments, all that the preset says."""
    stated = {"currency"}
    limits = [
        {"name": name, "value": yaml_value(value), "ask": schema[f"organisation.{name}"].question}
        for name, value in profile.limits.items()
        if name not in stated
    ]
    return _filled(
        "organisation.yaml.j2",
        modeline=modeline,
        presets=list(presets),
        preset=profile.preset,
        preset_currency=profile.limits["currency"],
        currency=profile.currency,
        other="USD" if profile.currency != "USD" else "EUR",
        name=profile.name and yaml_value(profile.name),
        packs=packs,
        width=max((len(pack.identity) for pack in packs), default=0),
        chosen=profile.packs,
        limits=limits,
        roles=ROLES,
        day=day,
    )


def example_file(kind: str, modeline: str, currency: str, file: str, day: str) -> str:
    """An example of a purchase or a vendor manifest."""
    return _filled(f"example.{kind}.yaml.j2", modeline=modeline, currency=currency, file=file, day=day)


def gate_file(gate: str) -> str:
    """What makes a gate ask procureguard: `github.yml`, `gitlab.yml` or `pre-commit.yaml`."""
    return _filled(f"{gate}.j2", version=__version__)


def purchase_file(title: str, sections: Iterable[Section], modeline: str, file: str) -> str:
    """A purchase that begins: what is stated, and what is not known yet as comments with the question."""
    return _filled(
        "purchase.yaml.j2", title=printable(title), sections=list(sections), modeline=modeline, file=printable(file)
    )


def _filled(template: str, **values: Any) -> str:  # noqa: ANN401 - what the template shows
    environment = Environment(  # noqa: S701 - these are no pages: nothing in them is markup
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template(template).render(**values)
