"""The space of changes: everything that could be otherwise about a purchase, and the facts of each combination."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from procureguard.capabilities import FACTS_OF_NEEDS, Taxonomy
from procureguard.changes.options import Surroundings, variables_of
from procureguard.changes.plan import on_plan, plans_of
from procureguard.changes.variable import SOURCES, Choice, Step, Variable
from procureguard.compile.program import Program
from procureguard.facts.derived import COMPARING, below
from procureguard.facts.fact import COMPUTED, Fact
from procureguard.facts.gather import Facts
from procureguard.facts.schema import PLAN, FactSchema, Value
from procureguard.stack.stack import Stack

PUBLIC = "public_content"
"""What goes in when nothing else does."""

MAY_BE_EMPTY = frozenset({"messaging.channels", "integration.systems", "request.replaces"})
"""Lists of which nothing need be left: no messages, no connections. People live somewhere, and data lies somewhere."""

REPLACES = "request.replaces"
SEATS = "contract.seats"
AMOUNT = "contract.amount"
PRICING = "contract.pricing"
OF_SEATS = frozenset({SEATS, AMOUNT, PRICING})
"""What a price follows from where the number of seats changes."""


@dataclass(frozen=True)
class Space:
    """What could be otherwise about a purchase.

    Attributes:
        variables: in the order in which facts are declared.
        plans: the purchase on each other plan, by the id of the plan.
        taxonomy: what says which must-haves a change would break.
    """

    facts: Facts
    variables: tuple[Variable, ...]
    plans: Mapping[str, Facts]
    taxonomy: Taxonomy

    def facts_with(self, choice: Choice) -> Facts:
        """The purchase with these steps taken."""
        found = self.facts
        for variable, option in self.taken(choice):
            if variable.fact == PLAN:
                found = self.plans[option]
        changed = dict(self._changed(choice, found))
        if not changed:
            return found
        if SEATS in changed:
            changed.update(_price_for(found, changed[SEATS]))
        return found.with_facts(changed.values())

    def taken(self, choice: Choice) -> Iterator[tuple[Variable, Value]]:
        """The variables of the steps, and what becomes of each."""
        return ((self.variables[step.variable], self.option(step)) for step in choice)

    def option(self, step: Step) -> Value:
        """What a step makes of its variable."""
        return self.variables[step.variable].options[step.option]

    def allows(self, choice: Choice) -> bool:
        """Whether something is left of every list that must not be empty, and every must-have can still be done.

        More steps never allow what fewer do not: what is forbidden on the plan proposed is so on every other.
        """
        on_this_plan = tuple(step for step in choice if self.variables[step.variable].fact != PLAN)
        return self._fits(on_this_plan) and (on_this_plan == choice or self._fits(choice))

    def _fits(self, choice: Choice) -> bool:
        lists = [path for path in self._shrinking(choice) if path not in MAY_BE_EMPTY]
        touched = frozenset[str]().union(*(self.touches(variable) for variable, _ in self.taken(choice)))
        if not lists and touched.isdisjoint(FACTS_OF_NEEDS):
            return True
        after = self.facts_with(choice)
        must = self.facts.value("request.must") or self.facts.value("request.capabilities") or ()
        return all(after.value(path) for path in lists) and not self.lost(must, after)

    def lost(self, capabilities: Collection[str], after: Facts) -> frozenset[str]:
        """Those among some capabilities that the purchase allows for now and would not allow for any more."""
        then, now = ({path: facts.value(path) for path in FACTS_OF_NEEDS} for facts in (after, self.facts))
        return self.taxonomy.lost(capabilities, now, then)

    def touches(self, variable: Variable) -> frozenset[str]:
        """The stated facts that may be different once a variable is."""
        if variable.fact == PLAN:
            return self._of_the_plans
        return frozenset({variable.fact, AMOUNT}) if variable.fact == SEATS else frozenset({variable.fact})

    def moving(self, paths: Iterable[str]) -> tuple[int, ...]:
        """The places of the variables that facts may depend on, stated or derived; a few too many, but none too few."""
        sources = frozenset[str]().union(*map(self.sources, paths))
        if AMOUNT in sources:
            sources |= OF_SEATS
        return tuple(
            place for place, variable in enumerate(self.variables) if not sources.isdisjoint(self.touches(variable))
        )

    def sources(self, path: str) -> frozenset[str]:
        """The facts of which at least one must change before a fact does: itself, and what it is computed from."""
        found = sources_of(path)
        return found.union(*map(sources_of, self._compared)) if found & COMPARING else found

    @cached_property
    def _compared(self) -> frozenset[str]:
        """What the approval of this purchase rests on, where the log holds one."""
        log, identity, day = self.facts.registers.decisions, self.facts.value("request.id"), self.facts.as_of
        approval = log.approval(identity, day) if log and identity is not None and day is not None else None
        return frozenset() if approval is None else frozenset(approval.facts)

    @cached_property
    def _of_the_plans(self) -> frozenset[str]:
        """Stated facts that are others on some plan."""
        own = _stated(self.facts)
        others = [_stated(facts) for facts in self.plans.values()]
        paths = own.keys() | {path for other in others for path in other}
        return frozenset(path for path in paths if any(own.get(path) != other.get(path) for other in others))

    def _changed(self, choice: Choice, start: Facts) -> Iterator[tuple[str, Fact]]:
        lists: dict[str, list[Value]] = {}
        source: dict[str, str] = {}
        for variable, option in self.taken(choice):
            source[variable.fact] = SOURCES[variable.owner]
            if variable.action == "set":
                if variable.fact != PLAN:
                    yield variable.fact, self._fact(variable.fact, option, source[variable.fact])
                continue
            items = lists.setdefault(variable.fact, list(start.value(variable.fact) or ()))
            if variable.action == "add":
                items.append(option)
            elif option in items:
                items.remove(option)
        for path, items in lists.items():
            left = items or ([PUBLIC] if path == "data.categories" else [])
            yield path, self._fact(path, tuple(left), source[path])

    def _fact(self, path: str, value: Value, source: str) -> Fact:
        """The changed fact as said today by whoever changes it: a no that was measured is not yet a measured yes."""
        day = self.facts.as_of
        return Fact(path, value, source, day.isoformat() if day is not None else None)

    def _shrinking(self, choice: Choice) -> Iterator[str]:
        return (variable.fact for variable, _ in self.taken(choice) if variable.action == "remove")


def space_of(facts: Facts, stack: Stack, schema: FactSchema, program: Program, locked: Collection[str] = ()) -> Space:
    """Everything about a purchase that could be changed, but for what would make a locked fact different."""
    plans = {} if PLAN in locked else dict(_plans(facts, stack, schema))
    bases = (facts, *plans.values())
    mentioned = program.policies.mentioned
    today = facts.as_of.toordinal() if facts.as_of is not None else 0
    around = Surroundings(facts, mentioned, today, _probe(bases, program))
    of_facts = (_unsold(variable, plans) for variable in variables_of(schema, around))
    found = [*of_facts, *_replacements(facts, stack, schema), *_plan_variable(plans, schema)]
    order = {path: place for place, path in enumerate(schema.types)}
    whole = Space(facts, (), plans, stack.taxonomy)
    kept = frozenset[str]().union(*map(whole.sources, locked))
    free = (each for each in found if each.options and whole.touches(each).isdisjoint(kept))
    return replace(whole, variables=tuple(sorted(free, key=lambda each: order[each.fact])))


def _plans(facts: Facts, stack: Stack, schema: FactSchema) -> Iterator[tuple[str, Facts]]:
    found = plans_of(facts, stack)
    if found is not None:
        manifest, offers = found
        for offer in offers:
            identity = manifest.plan_id(offer)
            assert identity is not None
            yield identity, on_plan(facts, manifest, offer, schema)


def _unsold(variable: Variable, plans: Mapping[str, Facts]) -> Variable:
    """What the vendor sells on another plan it is not asked to give away on this one."""
    if variable.owner != "vendor" or variable.action != "set":
        return variable
    sold = {facts.value(variable.fact) for facts in plans.values()}
    return variable._replace(options=tuple(option for option in variable.options if option not in sold))


def _plan_variable(plans: Mapping[str, Facts], schema: FactSchema) -> Iterator[Variable]:
    way = schema[PLAN].way
    if plans and way is not None:
        yield Variable(PLAN, "set", way.changed_by, way.effort, tuple(plans))


def _replacements(facts: Facts, stack: Stack, schema: FactSchema) -> Iterator[Variable]:
    """Owned tools that do any of the job and could be given up for this one."""
    way, given_up, inventory = schema[REPLACES].way, facts.value(REPLACES), stack.inventory
    if way is None or given_up is None or inventory is None:
        return
    wanted = {*(facts.value("request.capabilities") or ()), *(facts.value("request.must") or ())}
    for tool in inventory.doing(stack.taxonomy.doers(wanted)):
        if tool.active and tool.identity not in given_up and tool.identity != facts.value("request.tool"):
            yield Variable(REPLACES, "add", way.changed_by, way.effort, (tool.identity,))


def _probe(bases: Collection[Facts], program: Program) -> Callable[[str, Value], tuple[object, ...]]:
    """What policies say of the purchase on each plan with another value for a fact."""

    def codes(path: str, value: Value) -> tuple[object, ...]:
        found = []
        for facts in bases:
            changed = {path: Fact(path, value, "requester")}
            if path == SEATS:
                changed.update(_price_for(facts, changed[SEATS]))
            there = facts.with_facts(changed.values())
            found.append(tuple(program.run([there.value(slot) for slot in program.slots])[0]))
        return tuple(found)

    return codes


def _price_for(facts: Facts, seats: Fact) -> Mapping[str, Fact]:
    """What the same offer costs for another number of seats, where its price is one of seats."""
    amount, before = facts.known.get(AMOUNT), facts.value(SEATS)
    if amount is None or not before or facts.value(PRICING) != "seat":
        return {}
    return {AMOUNT: amount._replace(value=(2 * amount.value * seats.value + before) // (2 * before))}


def _stated(facts: Facts) -> dict[str, Value]:
    return {path: fact.value for path, fact in facts.known.items() if fact.source != COMPUTED}


def sources_of(path: str) -> frozenset[str]:
    """A fact and what it is computed from, whatever else it is compared with."""
    return below(path) | {path}
