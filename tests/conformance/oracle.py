"""The reference implementation of CEL, in a process of its own that speaks JSON lines.

It runs apart because native expression engines have been seen to spoil each other's memory. Its traps are dealt with
here: an error of evaluation is a value, so only true and false count as such; a date can be bound on its own or in a
list, but not inside a record, where it is bound as text.

A line in is `{"variables": {name: type}}`, then any number of `{"expression": text, "rows": [{name: value}]}`; a line
out for each of the latter is a list of true, false or null, or `{"refused": message}`.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from importlib.util import find_spec
from types import TracebackType
from typing import Any, Self

AVAILABLE = find_spec("cel_expr_python") is not None


class Oracle:
    """The reference implementation with some variables declared; to be used in a `with` statement."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter and this very file
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.send({"variables": dict(variables)})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        self.process.wait(timeout=30)

    def send(self, message: object) -> None:
        """Write one line."""
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()

    def outcomes(self, expression: str, rows: Iterable[Mapping[str, Any]]) -> list[bool | None]:
        """What an expression comes to for each row of inputs: an error is None. AssertionError when it is refused."""
        self.send({"expression": expression, "rows": list(rows)})
        answer = json.loads(self.process.stdout.readline() if self.process.stdout is not None else "null")
        assert isinstance(answer, list), (expression, answer)
        return answer


def bound(value: Any) -> Any:  # noqa: ANN401 - values of every type
    """A value as the reference implementation takes it."""
    if isinstance(value, list):
        return [bound(item) for item in value]
    if isinstance(value, dict) and "day" in value:
        return datetime.combine(date.fromordinal(value["day"]), datetime.min.time(), UTC)
    return value


def serve() -> None:
    """Answer lines until there are no more."""
    from cel_expr_python import cel  # noqa: PLC0415 - only the process of its own loads it

    types = {
        "bool": cel.Type.BOOL,
        "int": cel.Type.INT,
        "double": cel.Type.DOUBLE,
        "string": cel.Type.STRING,
        "timestamp": cel.Type.TIMESTAMP,
        "record": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
    }
    types |= {f"list({name})": cel.Type.List(kind) for name, kind in types.items()}
    declared = json.loads(sys.stdin.readline())["variables"]
    environment = cel.NewEnv(variables={name: types[kind] for name, kind in declared.items()})
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(json.dumps(answer(environment, request)) + "\n")
        sys.stdout.flush()


def answer(environment: Any, request: dict[str, Any]) -> object:  # noqa: ANN401 - values of every type
    """The outcomes of one expression, or why it is refused."""
    try:
        expression = environment.compile(request["expression"])
    except RuntimeError as error:
        return {"refused": str(error)}
    rows = [{name: bound(value) for name, value in row.items()} for row in request["rows"]]
    values = [expression.eval(data=row).value() for row in rows]
    return [value if value is True or value is False else None for value in values]


if __name__ == "__main__":
    serve()
