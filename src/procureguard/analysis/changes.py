"""What changed between two policy sets: policies and all that stands among them, in words to agree to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from procureguard.analysis.form_sayings import QUESTION, form_parts
from procureguard.analysis.sayings import (
    Aspect,
    Change,
    Saying,
    Sayings,
    changes,
    definition_entries,
    definition_sayings,
    examples,
    pack_sayings,
    policy_sayings,
    root_sayings,
)
from procureguard.policy.model import Policy
from procureguard.policy.written import WrittenPolicies, WrittenPolicy

Kind = Literal["stricter", "new", "different", "milder", "gone", "renamed", "reworded"]
"""How a policy has changed: `different` decides something else with its old effect, `reworded` decides as before."""

PartKind = Literal["new", "different", "gone"]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""The most telling first."""

DECIDING = frozenset({"pack", "when", "require", "params", "effective_from", "effective_to", "evidence"})
"""Aspects that, besides the effect, can turn a finding; of packs, organisations choose which they use."""

NOTHING: Sayings = {}


class ChangedPolicy(NamedTuple):
    """A policy that was added, removed, renamed or says something else.

    Attributes:
        policy: as it is now, or as it was where it is gone.
        former: the id it had, where it was renamed.
        changes: what it says otherwise; of a new policy everything, of a renamed one nothing.
    """

    kind: Kind
    policy: Policy
    former: str | None
    changes: tuple[Change, ...]


class ChangedPart(NamedTuple):
    """A definition, pack, root cause, question or the whole form that was added, removed or says something else.

    Attributes:
        policies: ids of the policies that name a definition, through other definitions too.
    """

    kind: PartKind
    identity: str
    title: str
    policies: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PolicyChanges:
    """Everything that is said otherwise; policies are in the order of their packs, those that tell most first."""

    policies: tuple[ChangedPolicy, ...]
    definitions: tuple[ChangedPart, ...]
    packs: tuple[ChangedPart, ...]
    roots: tuple[ChangedPart, ...]
    form: tuple[ChangedPart, ...]

    @property
    def renamed(self) -> Mapping[str, str]:
        """The new ids of renamed policies, by their former ones."""
        return {found.former: found.policy.identity for found in self.policies if found.former is not None}

    @property
    def former(self) -> Mapping[str, str]:
        """The former ids of renamed policies, by their new ones."""
        return {identity: former for former, identity in self.renamed.items()}

    def __bool__(self) -> bool:
        return bool(self.policies or self.definitions or self.packs or self.roots or self.form)


def compare(before: WrittenPolicies, after: WrittenPolicies) -> PolicyChanges:
    """What is said otherwise in the second set than in the first; comments and the order of files say nothing."""
    policies = sorted(_policies(before, after), key=_order)
    packs = _parts(pack_sayings(before), pack_sayings(after))
    roots = _parts(root_sayings(before), root_sayings(after))
    form = _form(before, after)
    return PolicyChanges(tuple(policies), tuple(_definitions(before, after)), tuple(packs), tuple(roots), tuple(form))


def _order(found: ChangedPolicy) -> tuple[str, int, str]:
    return found.policy.pack, KINDS.index(found.kind), found.policy.identity


def _policies(before: WrittenPolicies, after: WrittenPolicies) -> Iterator[ChangedPolicy]:
    old = {written.policy.identity: written for written in before.written}
    new = {written.policy.identity: written for written in after.written}
    renamed = _renamed([old[name] for name in old if name not in new], [new[name] for name in new if name not in old])
    for former, identity in renamed.items():
        yield ChangedPolicy("renamed", new[identity].policy, former, ())
    for identity in sorted((old.keys() | new.keys()) - renamed.keys() - set(renamed.values())):
        found = _changed(old.get(identity), new.get(identity))
        if found is not None:
            yield found


def _renamed(gone: Iterable[WrittenPolicy], new: Iterable[WrittenPolicy]) -> dict[str, str]:
    """New ids by former ones, of policies that say the same to the letter."""
    waiting: dict[object, list[str]] = {}
    for written in gone:
        waiting.setdefault(_whole(written), []).append(written.policy.identity)
    pairs = ((waiting.get(_whole(written)), written.policy.identity) for written in new)
    return {former.pop(0): identity for former, identity in pairs if former}


def _whole(written: WrittenPolicy) -> object:
    """All that a policy says but its id."""
    return tuple((aspect, said.exact) for aspect, said in policy_sayings(written).items()), examples(written)


def _changed(old: WrittenPolicy | None, new: WrittenPolicy | None) -> ChangedPolicy | None:
    said = [NOTHING if found is None else policy_sayings(found) for found in (old, new)]
    found = (*changes(*said), *_examples(old, new))
    present = new or old
    if present is None or not found:
        return None
    return ChangedPolicy(_kind(old, new, found), present.policy, None, found)


def _kind(old: WrittenPolicy | None, new: WrittenPolicy | None, found: Iterable[Change]) -> Kind:
    if old is None or new is None:
        return "new" if old is None else "gone"
    if old.policy.effect != new.policy.effect:
        return "stricter" if new.policy.effect > old.policy.effect else "milder"
    return "different" if any(change.aspect in DECIDING for change in found) else "reworded"


def _examples(old: WrittenPolicy | None, new: WrittenPolicy | None) -> tuple[Change, ...]:
    """How many examples there are, and how many of them are not as any was."""
    was, now = (Counter(() if written is None else examples(written)) for written in (old, new))
    if was == now:
        return ()
    own = (now - was).total() if old is not None else 0
    differing = f", {own} of them new or changed" if own else ""
    before, after = (str(was.total()),), (f"{now.total()}{differing}",)
    return (Change("examples", None, None, () if old is None else before, () if new is None else after),)


def _definitions(before: WrittenPolicies, after: WrittenPolicies) -> Iterator[ChangedPart]:
    for part in _parts(_defined(before), _defined(after)):
        side = before if part.kind == "gone" else after
        yield part._replace(policies=side.naming(part.identity))


def _defined(policies: WrittenPolicies) -> Mapping[str, Sayings]:
    entries = definition_entries(policies)
    return {found.name: definition_sayings(found, entries[found.name]) for found in policies.definitions}


def _form(before: WrittenPolicies, after: WrittenPolicies) -> Iterator[ChangedPart]:
    for identity, old, new in form_parts(before.form, after.form):
        yield from _part(identity, old, new, QUESTION)


def _parts(before: Mapping[str, Sayings], after: Mapping[str, Sayings]) -> Iterator[ChangedPart]:
    for identity in sorted(before.keys() | after.keys()):
        yield from _part(identity, before.get(identity), after.get(identity), Aspect("title"))


def _part(identity: str, old: Sayings | None, new: Sayings | None, called: Aspect) -> Iterator[ChangedPart]:
    """What is said otherwise, if anything is; `called` is the aspect that is its title."""
    found = changes(old or NOTHING, new or NOTHING)
    if found:
        kind: PartKind = "new" if old is None else "gone" if new is None else "different"
        title = (new or old or {}).get(called, Saying.of(identity))
        yield ChangedPart(kind, identity, title.lines[0], (), found)
