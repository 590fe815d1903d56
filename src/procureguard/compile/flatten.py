"""From a purchase as plain data straight to the values a program takes, by a generated function.

What the organisation states is a constant of the function. The generated text holds names that are made here and
`repr`'d names of sections and facts.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from procureguard.facts.computation import Derived, Missing, Registers
from procureguard.facts.derived import DERIVED
from procureguard.facts.schema import DECIMAL_SCALE, FactSchema, FactType, Value, to_value
from procureguard.stack.requests import Requests

Waits = Mapping[str, frozenset[str]]
Flatten = Callable[[Mapping[str, Any], date], tuple[tuple[Value, ...], Waits]]
EMPTY: Mapping[str, Any] = MappingProxyType({})


MOST_DAYS = 4_096


class _Days(dict[str, int]):
    """Days by their text, so that each is read once; bounded."""

    def __missing__(self, text: str) -> int:
        if len(self) >= MOST_DAYS:
            self.clear()
        self[text] = date.fromisoformat(text).toordinal()
        return self[text]


DAYS = _Days()


class Values:
    """Known values by path, as computations of derived facts read them."""

    __slots__ = ("_values", "_waits", "as_of", "registers")

    def __init__(
        self,
        values: dict[str, Value],
        registers: Registers,
        as_of: date,
        waits: Mapping[str, frozenset[str]] = EMPTY,
    ) -> None:
        self._values = values
        self._waits = waits
        self.registers = registers
        self.as_of = as_of

    @property
    def requests(self) -> Requests:
        """The open requests of others."""
        return self.registers.requests

    @property
    def day(self) -> date:
        """The day of the check."""
        return self.as_of

    @property
    def inventory(self) -> Any:  # noqa: ANN401 - an inventory; rows that need one name the register
        """The tools owned."""
        if self.registers.inventory is None:
            raise Missing(frozenset())
        return self.registers.inventory

    def read(self, *paths: str) -> tuple[Value, ...]:
        """The values of facts.

        Raises:
            Missing: at least one is unknown.
        """
        found = tuple(map(self._values.get, paths))
        if None in found:
            unknown = (path for path in paths if self._values.get(path) is None)
            raise Missing(frozenset[str]().union(*(self._waits.get(path, frozenset({path})) for path in unknown)))
        return found

    def read_one(self, path: str) -> Value:
        """The value of one fact.

        Raises:
            Missing: it is unknown.
        """
        found = self._values.get(path)
        return self.read(path)[0] if found is None else found


def compile_flatten(
    slots: tuple[str, ...], schema: FactSchema, constants: Mapping[str, Value], registers: Registers
) -> Flatten:
    """The function that gives the values of the slots, in their order, None for unknown.

    With them come the facts that unknown derived ones wait for.
    """
    writer = _Writer(schema, constants, registers)
    for path in slots:
        writer.slot(path)
    namespace = writer.namespace
    exec(compile(writer.function(slots), "<flatten>", "exec"), namespace)  # noqa: S102 - generated above
    flatten: Flatten = namespace["flatten"]
    return flatten


class _Writer:
    def __init__(self, schema: FactSchema, constants: Mapping[str, Value], registers: Registers) -> None:
        self._schema = schema
        self._constants = constants
        self._rows = {row.path: row for row in DERIVED}
        self._names: dict[str, str] = {}
        self._sections: dict[str, str] = {}
        self._registers = registers
        self.lines: list[str] = []
        self.namespace: dict[str, Any] = {
            "EMPTY": EMPTY,
            "Missing": Missing,
            "Values": Values,
            "registers": registers,
            "DAYS": DAYS,
            "NOTHING": frozenset[str](),
        }

    def slot(self, path: str) -> None:
        """The local that holds a fact; what a derived one is computed from comes first."""
        if path in self._names:
            return
        name = f"f{len(self._names)}"
        if path in self._rows:
            for needed in self._rows[path].inputs:
                self.slot(needed)
            name = f"f{len(self._names)}"
            self._derive(name, self._rows[path])
        elif path in self._constants:
            self.namespace[name] = self._constants[path]
        elif path.startswith("organisation."):
            self.namespace[name] = None
        else:
            self._state(name, self._schema[path])
        self._names[path] = name

    def _state(self, name: str, kind: FactType) -> None:
        section, _, fact = kind.path.partition(".")
        if section not in self._sections:
            self._sections[section] = f"s{len(self._sections)}"
            self.lines.append(f"{self._sections[section]} = (purchase.get({section!r}) or EMPTY).get")
        self.lines.append(f"{name} = {self._sections[section]}({fact!r})")
        if kind.is_map:
            return
        self.lines.append(f"if {name}.__class__ is dict: {name} = {name}['value']")
        if kind.type == "int":
            self.lines.append(f"if {name}.__class__ is float: {name} = int({name})")
            return
        converted = self._converted(name, kind)
        if converted is not None:
            self.lines.append(f"if {name} is not None: {name} = {converted}")

    def _converted(self, name: str, kind: FactType) -> str | None:
        """How a stated value becomes the one that is compared, None where it is the same."""
        match kind.element:
            case "record":
                return rows_of(kind, name)
            case "decimal" if not kind.is_list:
                return f"round({name} * {DECIMAL_SCALE})"
            case "date" if not kind.is_list:
                return f"DAYS[{name}]"
            case "date" | "decimal" | "int":
                convert = f"c{name}"
                self.namespace[convert] = lambda data: to_value(kind, data)
                return f"{convert}({name})"
            case _:
                return f"tuple({name})" if kind.is_list else None

    def _derive(self, name: str, row: Derived) -> None:
        if row.path == "today":
            self.lines.append(f"{name} = as_of.toordinal()")
        elif row.register is not None and row.register not in self._registers.supplied:
            self.lines += [f"{name} = None", f"waits[{row.path!r}] = NOTHING"]
        else:
            self.namespace[f"compute{name}"] = row.compute
            known = ", ".join(f"{path!r}: {self._names[path]}" for path in row.inputs)
            self.lines += [
                f"try: {name} = compute{name}(Values({{{known}}}, registers, as_of, waits))",
                f"except Missing as missing: {name} = None; waits[{row.path!r}] = missing.waits",
            ]

    def function(self, slots: tuple[str, ...]) -> str:
        result = "".join(f"{self._names[path]}, " for path in slots)
        return (
            "\n    ".join(["def flatten(purchase, as_of):", "waits = {}", *self.lines, f"return ({result}), waits"])
            + "\n"
        )


def rows_of(kind: FactType, name: str) -> str:
    """What `to_value` makes of the records a local holds, as Python that takes a fifth of its time."""
    fields = "".join(f"{compared(f'get({key!r})', scalar)}, " for key, scalar in kind.fields)
    return f"tuple([({fields}) for get in [row.get for row in {name}]])"


def compared(stated: str, scalar: str) -> str:
    """The value that is compared, None where the stated one is null: what `to_value` makes of a scalar, as Python."""
    forms = {"date": "DAYS[x]", "decimal": f"round(x * {DECIMAL_SCALE})", "int": "int(x)"}
    return f"None if (x := {stated}) is None else {forms[scalar]}" if scalar in forms else stated
