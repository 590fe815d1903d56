"""Policies as pages: an index, and a page for each pack that somebody who writes no policies can read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from procureguard.cel.english import bullets
from procureguard.examples import ExampleResult
from procureguard.facts.schema import FactSchema
from procureguard.finding import Outcome
from procureguard.policy.expression import Expression
from procureguard.policy.model import Effect, Pack, Policy
from procureguard.policy.packs import UNPACKED
from procureguard.policy.text import fill_for
from procureguard.policy.written import WrittenPolicies, WrittenPolicy
from procureguard.render.counting import counted
from procureguard.render.markdown import anchor, escaped, table
from procureguard.render.policy_words import OUTCOMES, Parameter, agreement, exception, parameters, period, stated
from procureguard.render.report_words import DUES
from procureguard.report.headline import ROLES

INDEX = "README.md"
MADE = "<!-- Made by `procureguard policy docs` from the policies: change these, not this page. -->"
"""What the second line of every page says, and no page of anybody else's."""

UNPACKED_PAGE = "policies-of-no-pack.md"
TAKEN = frozenset(page.lower().removesuffix(".md") for page in (INDEX, UNPACKED_PAGE))
"""Ids of packs whose pages would take the place of others, also where disks do not tell `readme` from `README`."""

_EFFECTS = (
    ("advise", "a hint; the answer stays the same", "nothing"),
    ("condition", "yes, if this is seen to", "yes, if this is confirmed"),
    ("review", "whoever answers for it has to agree first", "a question"),
    ("deny", "no, as it is asked", "a question"),
)


class Shelf(NamedTuple):
    """A pack with its policies, by id; those of no pack stand together."""

    pack: Pack
    policies: tuple[WrittenPolicy, ...]

    @property
    def page(self) -> str:
        """The name of its page; no id holds an underscore."""
        name = self.pack.identity
        return f"{name}{'_' if name in TAKEN else ''}.md" if name else UNPACKED_PAGE


def shelves(policies: WrittenPolicies) -> tuple[Shelf, ...]:
    """The packs that hold policies, by id, and at last the policies of none."""
    by_pack: dict[str, list[WrittenPolicy]] = {}
    for written in policies.written:
        by_pack.setdefault(written.policy.pack, []).append(written)
    packs = policies.policies.packs
    return tuple(
        Shelf(packs.get(identity, UNPACKED), tuple(by_pack[identity]))
        for identity in sorted(by_pack, key=lambda identity: (not identity, identity))
    )


def policy_pages(policies: WrittenPolicies, examples: Iterable[ExampleResult], schema: FactSchema) -> Mapping[str, str]:
    """All pages by their names: the index, and one for each pack; they link to each other."""
    tried: dict[str, list[ExampleResult]] = {}
    for result in examples:
        tried.setdefault(result.written.policy.identity, []).append(result)
    pages = {shelf.page: _joined(_of_pack(shelf, policies, tried, schema)) for shelf in shelves(policies)}
    return {INDEX: policy_index(policies), **pages}


def policy_index(policies: WrittenPolicies) -> str:
    """The page that leads to the others."""
    return _joined(_index(shelves(policies)))


def pack_table(policies: WrittenPolicies, folder: str = "") -> str:
    """All packs, with links to their pages in a folder."""
    rows = (
        (
            f"[{escaped(shelf.pack.identity or 'no pack')}]({folder}{shelf.page})",
            escaped(shelf.pack.title),
            f"{len(shelf.policies):,}",
        )
        for shelf in shelves(policies)
    )
    return table(("pack", "what it is about", "policies"), rows)


def _index(found: Sequence[Shelf]) -> Iterator[str]:
    yield "# Our policies"
    yield MADE
    count = counted(sum(len(shelf.policies) for shelf in found), "policy", "policies")
    yield f"{count} in {counted(sum(bool(shelf.pack.identity) for shelf in found), 'pack', 'packs')}."
    rows = (
        (
            f"[{escaped(shelf.pack.title)}]({shelf.page})",
            str(len(shelf.policies)),
            agreement(shelf.pack) if shelf.pack.identity else "",
            str(shelf.pack.review_by or ""),
        )
        for shelf in found
    )
    yield table(("pack", "policies", "agreed by", "look again by"), rows)
    yield "## What follows"
    yield table(("effect", "if a policy is not met", "if nobody knows"), _EFFECTS)
    yield "## All policies"
    yield table(
        ("policy", "effect", "who answers for it"),
        (
            (_link(written, shelf), written.policy.effect.word, ROLES[written.policy.role])
            for shelf in found
            for written in shelf.policies
        ),
    )


def _link(written: WrittenPolicy, shelf: Shelf) -> str:
    return f"[{escaped(written.policy.title)}]({shelf.page}#{anchor(heading(written.policy))})"


def heading(policy: Policy) -> str:
    """The heading of a policy on the page of its pack; with its id it is the only one of its kind there."""
    return f"{policy.title} ({policy.identity})"


# ---------------------------------------------------------------------- the page of a pack


def _of_pack(
    shelf: Shelf, policies: WrittenPolicies, tried: Mapping[str, Sequence[ExampleResult]], schema: FactSchema
) -> Iterator[str]:
    yield f"# {escaped(shelf.pack.title)}"
    yield MADE
    yield _points(_agreed(shelf))
    yield f"Back to [all policies]({INDEX})."
    for written in shelf.policies:
        yield from _of_policy(written, policies.no_way_out(written), schema)
        yield from _tried(written, tried.get(written.policy.identity, ()))


def _agreed(shelf: Shelf) -> Iterator[str]:
    pack = shelf.pack
    if pack.identity:
        yield f"Pack {pack.identity}, release {pack.release}"
        yield f"Agreed by {agreement(pack)}"
        if pack.review_by:
            yield f"To be looked at again by {pack.review_by}"
        yield f"Where it is the law: {escaped(pack.jurisdiction)}" if pack.jurisdiction else "Holds everywhere"
    yield counted(len(shelf.policies), "policy", "policies")


def _of_policy(written: WrittenPolicy, no_way_out: Iterable[str], schema: FactSchema) -> Iterator[str]:
    policy = written.policy
    yield f"## {escaped(heading(policy))}"
    yield _points(_terms(written))
    yield from _asked("It applies when all of this is so", written.when)
    yield from _asked("It asks that all of this holds", written.require)
    yield f"**Why.** {escaped(policy.why)}"
    yield f"**Way to yes.** {_filled(policy.remedy, policy, schema)}"
    titles = [schema[path].title for path in no_way_out]
    if titles:
        yield f"**Not a way out.** Changing only this: {escaped('; '.join(titles))}"
    if policy.ask:
        yield f"**Question to the vendor.** {_filled(policy.ask, policy, schema)}"
    yield from _listed("What a company may change", [_parameter(found) for found in parameters(written)])
    if policy.references:
        yield f"**Comes from.** {escaped(', '.join(policy.references))}"


def _terms(written: WrittenPolicy) -> Iterator[str]:
    policy, data = written.policy, stated(written)
    effect = "" if data["effect"] == policy.effect.word else f" (in its file: {data['effect']})"
    role = "" if data["role"] == policy.role else f" (in its file: {ROLES[data['role']]})"
    yield f"If it is not met: {_follows(policy)}{effect}"
    yield f"Who answers for it: {ROLES[policy.role]}{role}"
    yield f"Exception possible: {exception(written)}"
    yield f"In force: {period(policy)}"
    if policy.evidence:
        yield f"Weakest source that proves it: {policy.evidence}"


def _follows(policy: Policy) -> str:
    """What comes of a policy that is not met, in words."""
    match policy.effect:
        case Effect.ADVISE:
            return "a hint; the answer stays the same"
        case Effect.CONDITION:
            return f"yes, if this is seen to {DUES[policy.due]}"
        case Effect.REVIEW:
            return f"needs the agreement of {ROLES[policy.role]}"
        case Effect.DENY:
            return "no, as it is asked"


def _asked(title: str, expression: Expression | None) -> Iterator[str]:
    if expression is not None:
        phrases = bullets(expression.checked)
        yield from _listed(title if len(phrases) > 1 else title.replace("all of this", "this"), map(escaped, phrases))


def _parameter(found: Parameter) -> str:
    changed = "" if found.in_file is None else f" (in its file: {escaped(found.in_file)})"
    return f"{escaped(found.name)}: **{escaped(found.value)}**{changed}, {escaped(found.about)}"


def _filled(text: str, policy: Policy, schema: FactSchema) -> str:
    """A sentence with the titles of the facts it names, for nobody has stated them here."""
    return escaped(fill_for(policy, text, lambda path: f"[{schema[path].title}]"))


def _tried(written: WrittenPolicy, tried: Sequence[ExampleResult]) -> Iterator[str]:
    if not tried:
        return
    changed = written.policy.params != tried[0].written.policy.params
    rows = ((escaped(result.example.name) + _day(result), OUTCOMES[Outcome(result.outcome)]) for result in tried)
    yield table(("case" + (", with the values in its file" if changed else ""), "outcome"), rows)


def _day(result: ExampleResult) -> str:
    return f" (on {result.example.as_of})" if result.example.as_of else ""


def _listed(title: str, points: Iterable[str]) -> Iterator[str]:
    found = _points(points)
    if found:
        yield f"**{title}:**"
        yield found


def _points(points: Iterable[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
