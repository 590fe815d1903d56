"""Searches end: with one clear line where z3 is missing, in time where there is a limit, and at once with Ctrl-C."""

import signal
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from procureguard.solver.cases import Cases
from procureguard.solver.diagram import Diagram, Diagrams, Variable
from procureguard.solver.disagree import disagree
from procureguard.solver.encode import Encoding
from procureguard.solver.minimise import minimise, proved_minima
from procureguard.solver.search import SolverMissing, TimeUp

HOLES = 13
UNENDING = """
import sys
sys.path[:0] = sys.argv[1:]
from unit.test_solver_search import minimise, pigeons
print("searching", flush=True)
try:
    next(minimise(*pigeons(), []))
except KeyboardInterrupt:
    print("stopped", flush=True)
"""
TESTS = Path(__file__).parents[1]
PATIENT_SECONDS = 60


def pigeons() -> tuple[Encoding, list[Diagram]]:
    """One pigeon more than there are holes, none of which takes two: nobody sees quickly that this cannot be."""
    variables = [Variable(f"pigeon{number}", HOLES) for number in range(HOLES + 1)]
    diagrams = Diagrams(variables)
    limits = [
        diagrams.opposite(diagrams.both(diagrams.among(one, [hole]), diagrams.among(other, [hole])))
        for one, other in combinations(variables, 2)
        for hole in range(HOLES)
    ]
    return Encoding(diagrams, {}, {}, {}), limits


def test_without_z3_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    encoding, limits = pigeons()
    for search in (lambda: next(minimise(encoding, limits, [])), lambda: disagree(encoding)):
        with pytest.raises(SolverMissing) as missing:
            search()
        assert str(missing.value) == "proving needs z3: install it with `pip install 'procureguard[solver]'`"


def test_a_search_that_takes_too_long_ends_without_a_proof() -> None:
    pytest.importorskip("z3")
    encoding, limits = pigeons()
    with pytest.raises(TimeUp):
        next(minimise(encoding, limits, [], milliseconds=200))
    proof = proved_minima(encoding, lambda _: (), limits, [], rounds=3, milliseconds=200)
    assert proof == ((), False, 0)


def test_time_that_is_used_up_is_used_up_for_the_next_search_too() -> None:
    pytest.importorskip("z3")
    variable = Variable("plan", 3)
    encoding = Encoding(Diagrams([variable]), {}, {}, {})
    cost = [Cases.by_option(variable, [2, 1, 0])]
    assert [found.cost for found in minimise(encoding, [], [cost], milliseconds=10_000)] == [(0,), (1,), (2,)]
    with pytest.raises(TimeUp):
        next(minimise(encoding, [], [cost], milliseconds=0))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal to send to a process alone")
def test_ctrl_c_ends_a_search_at_once() -> None:
    pytest.importorskip("z3")
    command = [sys.executable, "-c", UNENDING, str(TESTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own program
        assert running.stdout is not None
        assert running.stdout.readline() == "searching\n"
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(1)
        running.send_signal(signal.SIGINT)
        assert running.stdout.readline() == "stopped\n"
        assert running.wait(PATIENT_SECONDS) == 0
