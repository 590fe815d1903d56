"""`procureguard init`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from procureguard.cli.asking import ask_yes, can_ask
from procureguard.cli.exits import FINE, FOUND
from procureguard.cli.output import make_folder, show, write_whole
from procureguard.facts.schema import stated_facts
from procureguard.guard.editor import keeper_of_schemas, modeline, schema_files
from procureguard.guard.files import levels, nearest
from procureguard.guard.packs import packs_in
from procureguard.guard.policies import refuse
from procureguard.guard.policy_files import policies_around
from procureguard.guard.validate import validate_documents
from procureguard.policy.model import Pack
from procureguard.render.starting_files import Profile, example_file, gate_file, organisation_file
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.read import read_document
from procureguard.stack.organisation import DEFAULT_PRESET, load_preset, preset_names

EPILOG = """\b
Examples:
  procureguard init
  procureguard init --preset small-eu --name "Acme Outdoor" --example
  procureguard init --pre-commit --ci github --ci gitlab --schemas
  procureguard init shop --packs security,privacy,privacy-eu
"""

GATES = {
    "github": ("github.yml", ".github/workflows/procureguard.yml"),
    "gitlab": ("gitlab.yml", ".gitlab-ci.yml"),
    "pre-commit": ("pre-commit.yaml", ".pre-commit-config.yaml"),
}
"""The template of what each gate asks, and the file it reads."""

MADE_FOR = {
    "regulated": "for companies that a supervisor watches over",
    "mid-us-eu": "for companies of more than 200 people, or that sell in the United States",
    "small-eu": "for companies of up to 200 people that do not sell in the United States",
}
"""Whom each preset is for, as the questions find out."""

SHARED = frozenset({".gitlab-ci.yml", ".pre-commit-config.yaml"})
"""Files that hold other things as well; to one that is there, ours are added by hand."""


class Planned(NamedTuple):
    """A file to be written; what is made by the program alone is brought up to date without being asked."""

    path: Path
    text: str
    made: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a repository is to begin with."""

    folder: Path
    preset: str
    name: str | None
    currency: str | None
    packs: tuple[str, ...]
    gates: tuple[str, ...]
    schemas: bool
    example: bool
    day: date
    begun: bool
    """Whether there is an organisation file already, and nothing was said about another one."""

    @property
    def limits(self) -> dict[str, Any]:
        """What the preset states."""
        data: Any = load_preset(self.preset).data
        return dict(data["organisation"])

    @property
    def house_currency(self) -> str:
        """The currency that is named, or that of the preset."""
        return self.currency or str(self.limits["currency"])


def _currency(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):  # noqa: PLR2004 - ISO 4217
        raise click.BadParameter("write three capital letters, such as EUR")
    return value


def _names(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in (value or "").split(",") if (word := part.strip())))


@click.command(epilog=EPILOG)
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path(path_type=Path, file_okay=False))
@click.option("--preset", type=click.Choice(preset_names()), help="The limits to begin with; asked for on a terminal.")
@click.option("--name", metavar="NAME", help="What the organisation is called.")
@click.option("--currency", metavar="CODE", callback=_currency, help="House currency, that of the preset if not given.")
@click.option("--packs", metavar="PACK,PACK", callback=_names, help="The packs of policies in use, all if not given.")
@click.option(
    "--ci", multiple=True, type=click.Choice(["github", "gitlab"]), help="Write a pipeline; both may be named."
)
@click.option("--pre-commit", is_flag=True, help="Write hooks that look at every commit.")
@click.option("--schemas", is_flag=True, help="Keep the schemas in the repository, for editors.")
@click.option("--example", is_flag=True, help="Write an example purchase and an example vendor.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
def init(  # noqa: PLR0913, PLR0917 - one parameter for each option
    folder: Path,
    preset: str | None,
    name: str | None,
    currency: str | None,
    packs: tuple[str, ...],
    ci: tuple[str, ...],
    pre_commit: bool,  # noqa: FBT001 - a flag of the command line
    schemas: bool,  # noqa: FBT001 - a flag of the command line
    example: bool,  # noqa: FBT001 - a flag of the command line
    force: bool,  # noqa: FBT001 - a flag of the command line
) -> int:
    """Begins a repository of purchases: organisation profile, pipeline, hooks, with comments to learn from.

    A file that is there is left as it is, and the exit code is 1 if it says something else.
    """
    told = any(value for value in (preset, name, currency, packs))
    begun = (folder / "organisation.yaml").exists() and not told and not force
    chosen = preset or (_asked_preset() if can_ask() and not begun else DEFAULT_PRESET)
    gates = tuple(dict.fromkeys([*ci, *(["pre-commit"] if pre_commit else [])]))
    today = date.today()  # noqa: DTZ011 - the day where the user is
    beginning = Beginning(folder, chosen, name, currency, packs, gates, schemas, example, today, begun)
    kept: list[Planned] = []
    for planned in list(_planned(beginning)):  # nothing is written unless all of it is valid
        if _write(planned, force=force):
            show(f"wrote   {planned.path}\n")
        elif not _holds(planned):
            kept.append(planned)
            show(f"kept    {planned.path}: it is there already and says something else\n")
    for planned in kept:
        if planned.path.name in SHARED:
            show(f"\nTo be added to {planned.path} by hand:\n\n{_indented(planned.text)}")
    if not beginning.begun:
        if preset is None:
            show(f"\nThe limits are those of `{chosen}`, made {MADE_FOR[chosen]}. Another one: --preset NAME --force\n")
        show(_next(beginning))
    return FOUND if kept else FINE


def _asked_preset() -> str:
    """The preset that fits what the user tells of the company."""
    click.echo("Three questions choose the limits to begin with; all of them can be changed later.\n", err=True)
    try:
        if ask_yes("Does a supervisor watch over your trade, as it is with banks and insurers?"):
            return "regulated"
        if ask_yes("Do you sell in the United States?"):
            return "mid-us-eu"
        return "mid-us-eu" if ask_yes("Do more than 200 people work for you?") else "small-eu"
    except EOFError:
        raise click.Abort from None


def _planned(beginning: Beginning) -> Iterator[Planned]:
    """The files in the order they are written: what others refer to comes first.

    Raises:
        InvalidInput: what the user said makes one of them invalid.
    """
    folder = beginning.folder
    packs = _packs(beginning)
    if beginning.schemas:
        yield from (Planned(folder / path, text, made=True) for path, text in schema_files())
    if not (beginning.begun and (beginning.schemas or beginning.gates or beginning.example)):
        yield _checked(Planned(folder / "organisation.yaml", _organisation(beginning, packs)))
    if beginning.example:
        yield _checked(_example(beginning, "vendor", "vendors/slidewren.yaml"))
        yield _checked(_example(beginning, "purchase", "purchases/example.yaml"))
    for gate in beginning.gates:
        template, name = GATES[gate]
        yield Planned(folder / name, gate_file(template))


def _example(beginning: Beginning, kind: str, name: str) -> Planned:
    path = beginning.folder / name
    line, day = _modeline(kind, path, beginning), beginning.day.isoformat()
    return Planned(path, example_file(kind, line, beginning.house_currency, str(path), day))


def _packs(beginning: Beginning) -> tuple[Pack, ...]:
    around = levels(beginning.folder / "organisation.yaml", Path.cwd())
    packs = packs_in(policies_around(nearest("policies", around)))
    known = [pack.identity for pack in packs]
    for word in beginning.packs:
        if word not in known:
            hint = did_you_mean(word, known) or f"the packs are {', '.join(known)}"
            raise click.UsageError(f"`--packs`: there is no pack `{word}`; {hint}")
    return packs


def _organisation(beginning: Beginning, packs: tuple[Pack, ...]) -> str:
    stated = beginning.name, beginning.house_currency, beginning.packs
    profile = Profile(beginning.preset, beginning.limits, *stated)
    line = _modeline("organisation", beginning.folder / "organisation.yaml", beginning)
    return organisation_file(profile, preset_names(), packs, stated_facts(), line, beginning.day.isoformat())


def _modeline(kind: str, path: Path, beginning: Beginning) -> str:
    here = levels(beginning.folder / "organisation.yaml", Path.cwd())
    return modeline(kind, path, beginning.folder if beginning.schemas else keeper_of_schemas(here))


def _checked(planned: Planned) -> Planned:
    """What is to be written, once it is known to be valid.

    Raises:
        InvalidInput: the user's own words make it invalid.
    """
    problems: list[Diagnostic] = []
    document = read_document(str(planned.path), planned.text.encode(), problems)
    if document is not None:
        validate_documents([document], problems)
    refuse(problems)
    return planned


def _write(planned: Planned, *, force: bool) -> bool:
    """Writes a file that is not there, or that may be written over, unless it says the same already."""
    if planned.path.exists() and (_holds(planned) or not (force or planned.made)):
        return False
    make_folder(planned.path.parent)
    write_whole(planned.path, planned.text)
    return True


def _holds(planned: Planned) -> bool:
    return planned.path.is_file() and planned.path.read_bytes() == planned.text.encode()


def _indented(text: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _next(beginning: Beginning) -> str:
    inventory = f"procureguard inventory import EXPORT.csv --output {beginning.folder / 'inventory.yaml'}"
    steps = [f"fill in {beginning.folder / 'organisation.yaml'}", f"{inventory} (rules need the tools you own)"]
    steps += ["procureguard new"]
    steps += ["pre-commit install"] if "pre-commit" in beginning.gates else []
    steps += [f"procureguard check {beginning.folder / 'purchases'}"] if beginning.example else []
    return "\nNext:\n" + "".join(f"  {step}\n" for step in steps)
