"""Coverage counts what is really taken: drawn conditions are evaluated here a second time, apart from the package."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard import Guard
from procureguard.analysis.coverage import Case, Coverage, coverage, seen_in
from procureguard.facts.computation import Registers
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts
from procureguard.guard.library import Library
from procureguard.policy.written import WrittenPolicies
from procureguard.stack.inventory import NO_TOOLS
from written import Kleene, definitions, loaded, policy, policy_document, stack

Taken = set[tuple[str, int, bool]]
"""Parts of a policy, places of conditions in them, and what these came to."""

FLAGS = ("product.scim", "ai.used", "web.loads_on_site")
WORDS = ("health", "financial", "children")
JOINTS = ("!", "&&", "||", "?")
MACROS = ("all", "exists", "exists_one", "filter")
DEFINITION = "drawn_here"


@dataclass(eq=False)
class Tree:
    """A part of an expression; `place` is where it begins, once it is written down."""

    kind: str
    said: str = ""
    parts: tuple["Tree", ...] = ()
    place: int = 0

    @property
    def is_condition(self) -> bool:
        return self.kind not in JOINTS

    def conditions(self) -> Iterator["Tree"]:
        if self.is_condition:
            yield self
        for part in self.parts:
            yield from part.conditions()


def joined(kind: str, parts: int, inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.builds(Tree, st.just(kind), st.just(""), st.tuples(*[inner] * parts))


def trees(*flags: str) -> st.SearchStrategy[Tree]:
    """Expressions over some flags, a number and a list."""
    return st.recursive(
        st.one_of(
            st.builds(Tree, st.just("flag"), st.sampled_from(flags)),
            st.builds(Tree, st.just("more"), st.integers(0, 4).map(str)),
            st.builds(Tree, st.just("is"), st.sampled_from(WORDS)),
        ),
        lambda inner: st.one_of(
            joined("!", 1, inner),
            joined("&&", 2, inner),
            joined("||", 2, inner),
            joined("?", 3, inner),
            *(joined(macro, 1, inner) for macro in MACROS),
        ),
        max_leaves=6,
    )


ASKED = trees(DEFINITION, *FLAGS, DEFINITION)
INPUTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        **dict.fromkeys(FLAGS, st.sampled_from((True, False, True, False, None))),
        "request.users": st.one_of(st.none(), st.integers(0, 5)),
        "data.categories": st.one_of(st.none(), st.lists(st.sampled_from(WORDS), unique=True).map(tuple)),
    }
)


@dataclass(frozen=True)
class Drawn:
    """A policy and a definition it may name."""

    when: Tree
    require: Tree
    definition: Tree

    def parts(self) -> Mapping[str, Tree]:
        return {"when": self.when, "require": self.require, "is": self.definition}


def written_down(tree: Tree, start: int = 0, depth: int = 0) -> str:
    """The text of a tree that begins at a place, at a depth of macros."""

    def inner(part: Tree, before: str, below: int) -> str:
        return written_down(part, start + len(before), below)

    tree.place = start
    match tree.kind:
        case "flag":
            return tree.said
        case "more":
            return f"request.users > {tree.said}"
        case "is":
            return f"x{depth} == '{tree.said}'" if depth else "request.users != 3"
        case "filter":
            before = f"size(data.categories.filter(x{depth + 1}, "
            return f"{before}{inner(tree.parts[0], before, depth + 1)})) > 1"
        case "all" | "exists" | "exists_one" as macro:
            before = f"data.categories.{macro}(x{depth + 1}, "
            return f"{before}{inner(tree.parts[0], before, depth + 1)})"
    text = "!" if tree.kind == "!" else ""
    for place, part in enumerate(tree.parts):
        text += (f" {tree.kind} " if place < 2 else " : ") if place else ""
        text += "("
        text += inner(part, text, depth) + ")"
    return text


@dataclass(frozen=True)
class Count:
    """Brute force: what a tree comes to for one input, and what its conditions came to on the way."""

    part: str
    given: Mapping[str, Any]
    defined: Callable[[], Kleene]
    taken: Taken

    def value(self, tree: Tree, item: str | None = None) -> Kleene:
        if tree.is_condition:
            value = self.condition(tree, item)
            if value is not None:
                self.taken.add((self.part, tree.place, value))
            return value
        if tree.kind in {"&&", "||"}:
            return absorbed((self.value(part, item) for part in tree.parts), absorbing=tree.kind == "||")
        first = self.value(tree.parts[0], item)
        if first is None or tree.kind == "!":
            return None if first is None else not first
        return self.value(tree.parts[1 if first else 2], item)

    def condition(self, tree: Tree, item: str | None) -> Kleene:
        users, categories = self.given["request.users"], self.given["data.categories"]
        if tree.kind == "flag":
            flag: Kleene = self.defined() if tree.said == DEFINITION else self.given[tree.said]
            return flag
        if tree.kind == "is" and item is not None:
            return item == tree.said
        if tree.kind in MACROS:
            return None if categories is None else self.of_items(tree, categories)
        return None if users is None else bool(users != 3 if tree.kind == "is" else users > int(tree.said))

    def of_items(self, tree: Tree, categories: Iterable[str]) -> Kleene:
        found = (self.value(tree.parts[0], category) for category in categories)
        if tree.kind in {"all", "exists"}:
            return absorbed(found, absorbing=tree.kind == "exists")
        every = list(found)
        return None if None in every else every.count(True) > 1 if tree.kind == "filter" else every.count(True) == 1


def absorbed(values: Iterator[Kleene], *, absorbing: bool) -> Kleene:
    unknown = False
    for value in values:
        if value is absorbing:
            return absorbing
        unknown = unknown or value is None
    return None if unknown else not absorbing


def count(drawn: Drawn, inputs: Mapping[str, Any], taken: Taken) -> None:
    """Adds what one input takes: `require` is not looked at where `when` is false, nor a definition nobody reads."""
    below = Count("is", inputs, lambda: None, taken)
    when, require = (Count(part, inputs, lambda: below.value(drawn.definition), taken) for part in ("when", "require"))
    if when.value(drawn.when) is not False:
        require.value(drawn.require)


def load(drawn: Drawn) -> WrittenPolicies:
    when, require = (written_down(tree) for tree in (drawn.when, drawn.require))
    shared = definitions({"name": DEFINITION, "title": "drawn here", "is": written_down(drawn.definition)})
    found, problems = loaded([shared, policy_document(policy("drawn", when=when, require=require))])
    assert problems == []
    return found


def tried(policies: WrittenPolicies, cases: Sequence[Mapping[str, Any]]) -> Coverage:
    around = stack()
    registers = Registers(NO_TOOLS, around.catalogue, around.taxonomy, frozenset())
    known = (
        {path: Fact(path, value, "requester") for path, value in inputs.items() if value is not None}
        for inputs in cases
    )
    applied = (Case(policies, policies.written[0], Facts(facts, {}, {}, registers, None)) for facts in known)
    return coverage(policies, seen_in(applied))


def reported(policies: WrittenPolicies, found: Coverage) -> Taken:
    """What is said never to have been taken, by the part it stands in and the place there."""
    of_policy, of_definition = policies.written[0].document.source.text, policies.definitions[0].document.source.text
    require, when = (of_policy.index(f'"{part}": "') + len(part) + 6 for part in ("require", "when"))
    start = of_definition.index('"is": "') + 8
    never: Taken = {("is", branch.place.column - start, branch.value) for branch in found.definitions[0].branches.never}
    for branch in found.policies[0].branches.never:
        part, begins = ("when", when) if branch.place.column >= when else ("require", require)
        never.add((part, branch.place.column - begins, branch.value))
    return never


def test_what_is_reported_as_never_taken_is_what_brute_force_finds() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=250)
    @given(st.builds(Drawn, ASKED, ASKED, trees(*FLAGS)), st.lists(INPUTS, min_size=3, max_size=8))
    def law(drawn: Drawn, cases: list[dict[str, Any]]) -> None:
        policies = load(drawn)
        found = tried(policies, cases)
        taken: Taken = set()
        for inputs in cases:
            count(drawn, inputs, taken)
        branches = {
            (part, condition.place, value)
            for part, tree in drawn.parts().items()
            for condition in tree.conditions()
            for value in (True, False)
        }
        assert reported(policies, found) == branches - taken
        assert found.of_branches.total + found.of_definitions.total == len(branches)
        seen.update(taken=len(taken), never=len(branches - taken), defined=sum(part == "is" for part, _, _ in taken))

    law()
    assert min(seen.values()) >= 100, seen


@cache
def library() -> Library:
    return Guard.load().library()


@settings(max_examples=30)
@given(st.lists(st.integers(0, 300), unique=True), st.lists(st.integers(0, 300), unique=True))
def test_more_examples_never_cover_less(some: list[int], others: list[int]) -> None:
    cases = [Case(library().written, result.written, result.facts) for result in library().examples]
    fewer, more = (seen_in(cases[number] for number in chosen) for chosen in (some, {*some, *others}))
    assert fewer.outcomes <= more.outcomes
    assert fewer.branches <= more.branches
    assert fewer.stated <= more.stated
    assert fewer.decided <= more.decided
