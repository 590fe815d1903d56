"""Generated functions that say what an outcome rests on and what it waits for.

They follow the paths through an expression that its value took: of an `&&` that is false or an `||` that is true the
first operand that decides, otherwise all of them. The interpreter and `cel.support` say the same of a trace.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from procureguard.cel.checker import Checked
from procureguard.cel.generator import NESTING, Emitter, Writer
from procureguard.cel.tree import (
    Call,
    Comprehension,
    Conditional,
    Field,
    Logical,
    Node,
    Path,
    Variable,
    children,
    sources,
    unfiltered,
    walk,
)
from procureguard.policy.written import Definition, WrittenPolicy

OF_A_DEFINITION = "(facts, definitions, told)"
OF_A_POLICY = "(facts, definitions, told, reads, waits)"


class Explainer:
    """Writes the explaining functions of definitions and policies.

    Those of policies take the fact values, the definition values, what definitions have been told so far (a list with
    None for each in the beginning), and two ordered sets, to which they add the facts that an expression rests on and
    the unknown ones it waits for. Each definition is told once for all policies.
    """

    def __init__(self, slots: tuple[str, ...], definitions: tuple[Definition, ...], emitter: Emitter) -> None:
        self._slots = {path: number for number, path in enumerate(slots)}
        self._numbers = {definition.name: number for number, definition in enumerate(definitions)}
        self._definitions = definitions
        self._shared = emitter

    def definitions(self) -> str:
        """The functions of all definitions, named by their numbers."""
        numbered = enumerate(self._definitions)
        return "\n".join(self._definition(number, found.expression.checked) for number, found in numbered)

    def policy(self, number: int, written: WrittenPolicy) -> str:
        """The functions of one policy: `applies` for its `when` if it has one, `holds` for its `require`."""
        holds = self._function(f"holds{number}", written.require.checked)
        if written.when is None:
            return holds
        return self._function(f"applies{number}", written.when.checked) + "\n" + holds

    def _definition(self, number: int, checked: Checked) -> str:
        head = [
            f"def below{number}{OF_A_DEFINITION}:",
            f"    told[{number}] = reads, waits = {{}}, {{}}",
        ]
        return "\n".join([*head, *self._body(checked), "    return reads, waits", ""])

    def _function(self, name: str, checked: Checked) -> str:
        return "\n".join([f"def {name}{OF_A_POLICY}:", *(self._body(checked) or ["    pass"]), ""])

    def _body(self, checked: Checked) -> list[str]:
        body = _Body(checked, self._slots, self._numbers, self._shared)
        body.explain(checked.tree, reads=True, waits=True)
        return [*body.prologue(), *body.emitter.lines]


class _Body:
    """The statements of one explaining function."""

    def __init__(self, checked: Checked, slots: dict[str, int], definitions: dict[str, int], shared: Emitter) -> None:
        self._checked = checked
        self._slots = slots
        self._definitions = definitions
        self._used: dict[str, str] = {}
        self._origins: dict[str, tuple[str, ...]] = {}
        self.emitter = Emitter(self._operand, 1, shared.constant_of)
        self.emitter.patterns, self.emitter.sets = shared.patterns, shared.sets
        self._writer = Writer(self.emitter, checked)

    def prologue(self) -> list[str]:
        """The values that the body uses, as locals."""
        return [f"    {name} = {source}" for name, source in self._used.items()]

    def _operand(self, path: str) -> str:
        if path in self._definitions:
            name, source = f"d{self._definitions[path]}", f"definitions[{self._definitions[path]}]"
        else:
            name, source = f"f{self._slots[path]}", f"facts[{self._slots[path]}]"
        self._used[name] = source
        return name

    def explain(self, node: Node, *, reads: bool, waits: bool) -> None:
        """Statements for one node: what it rests on, and what it waits for, which is nothing where it is known."""
        if node.identity in self._checked.constants:
            return
        match node:
            case Path(path=path):
                self._path(path, reads=reads, waits=waits)
            case Field() if waits:
                with self.emitter.block(f"if {self._writer.atom(node).body} is None:"):
                    self.emitter.write(f"waits |= {dict.fromkeys(self._origin(node))!r}")
            case Logical():
                self._logical(node, reads=reads, waits=waits)
            case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
                self.explain(condition, reads=reads, waits=waits)
                met = self._writer.atom(condition).body
                with self._branch(f"if {met} is True:"):
                    self.explain(chosen, reads=reads, waits=waits)
                with self._branch(f"if {met} is False:"):
                    self.explain(otherwise, reads=reads, waits=waits)
            case Comprehension():
                self._comprehension(node, node, reads=reads, waits=waits)
            case Call(function="size", arguments=(Comprehension(macro="filter") as filtered,)):
                self._comprehension(filtered, node, reads=reads, waits=waits)
            case _:
                for part in children(node):
                    self.explain(part, reads=reads, waits=waits)

    def _path(self, path: str, *, reads: bool, waits: bool) -> None:
        if path in self._definitions:
            number = self._definitions[path]
            found = f"(told[{number}] or below{number}(facts, definitions, told))"
            if reads and waits:
                self.emitter.write(f"found, missing = {found}; reads |= found; waits |= missing")
            else:
                self.emitter.write(f"reads |= {found}[0]" if reads else f"waits |= {found}[1]")
            return
        if reads:
            self.emitter.write(f"reads[{path!r}] = None")
        if waits:
            self.emitter.write(f"if {self._operand(path)} is None: waits[{path!r}] = None")

    def _logical(self, node: Logical, *, reads: bool, waits: bool) -> None:
        absorbing = str(node.operator == "||")
        if reads:
            self._first(node, node.operands, absorbing, waits=waits)
            return
        values = [self._writer.atom(operand).body for operand in node.operands]
        with self._branch(f"if {' and '.join(f'{value} is not {absorbing}' for value in values)}:"):
            self._all(node, reads=False, waits=waits)

    def _first(self, node: Logical, operands: Sequence[Node], absorbing: str, *, waits: bool) -> None:
        """The first operand that decides, otherwise all; each value is found only when those before do not decide."""
        nested = self.emitter.depth < NESTING
        if not nested:
            for operand in operands:
                self._writer.atom(operand)
        for place, operand in enumerate(operands):
            value = self._writer.atom(operand).body
            with self._branch(f"{'elif' if place else 'if'} {value} is {absorbing}:"):
                self.explain(operand, reads=True, waits=False)
            if nested and place + 1 < len(operands) and not self._at_hand(operands[place + 1]):
                with self._branch("else:"):
                    self._first(node, operands[place + 1 :], absorbing, waits=waits)
                return
        with self._branch("else:"):
            self._all(node, reads=True, waits=waits)

    def _all(self, node: Logical, *, reads: bool, waits: bool) -> None:
        for operand in node.operands:
            self.explain(operand, reads=reads, waits=waits)

    def _at_hand(self, node: Node) -> bool:
        """Whether a value needs no statements: it is a fact's, a definition's or a constant."""
        return isinstance(node, Path) or node.identity in self._checked.constants

    def _comprehension(self, node: Comprehension, whole: Node, *, reads: bool, waits: bool) -> None:
        """The condition is looked at again, item by item, only when the whole is unknown because of it."""
        self.explain(node.items, reads=reads, waits=waits)
        items = self._writer.atom(node.items).body
        inside = [part for part in walk(node.predicate) if isinstance(part, Path)]
        named = dict.fromkeys(part.path for part in inside if part.identity not in self._checked.constants)
        if reads and named:
            with self._branch(f"if {items}:"):
                for path in named:
                    self._path(path, reads=True, waits=False)
        if waits and not self._checked_is_certain(node):
            value = self._writer.atom(whole).body
            with self._branch(f"if {value} is None and {items} is not None:"):
                self._items(node, items)

    def _items(self, node: Comprehension, items: str) -> None:
        item = self.emitter.fresh()
        self._origins[node.variable] = tuple(dict.fromkeys(sources(node.items))) or self._origin(unfiltered(node.items))
        self._writer.variables[node.variable] = item
        with self._branch(f"for {item} in {items}:"):
            unknown = self._writer.atom(node.predicate).body
            with self._branch(f"if {unknown} is None:"):
                self.explain(node.predicate, reads=False, waits=True)
        del self._writer.variables[node.variable]

    def _origin(self, node: Node) -> tuple[str, ...]:
        """The paths of the list that the record of a field stands in."""
        while isinstance(node, Field):
            node = node.operand
        return self._origins[node.name] if isinstance(node, Variable) else ()

    def _checked_is_certain(self, node: Comprehension) -> bool:
        """Whether the condition is known for every item: it reads no fields and no facts."""
        inside = list(walk(node.predicate))
        return not any(
            isinstance(part, Field) or (isinstance(part, Path) and part.identity not in self._checked.constants)
            for part in inside
        )

    @contextmanager
    def _branch(self, header: str) -> Iterator[None]:
        """A block that may turn out to be empty."""
        with self.emitter.block(header):
            before = len(self.emitter.lines)
            yield
            if len(self.emitter.lines) == before:
                self.emitter.write("pass")
