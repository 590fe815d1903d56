"""The two ways into procureguard that are measured: a valid plain purchase in, outcomes or findings out."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from benchmarks.requests import Request
from benchmarks.workload import DAY, guard
from procureguard.evaluate import evaluate
from procureguard.evaluate import outcomes as outcomes_of
from procureguard.facts.gather import Facts, gather
from procureguard.finding import Finding
from procureguard.purchase import Purchase
from procureguard.source.read import read_document


def outcomes(request: Request, day: date = DAY) -> Mapping[str, str]:
    """The outcome of every policy by its id."""
    fast = getattr(guard(), "outcomes", None)
    if fast is not None:
        found: Mapping[str, str] = fast(request, day)
        return found
    known = guard()
    codes = outcomes_of(_facts(request, day), known.program)
    return {
        policy.identity: code.word
        for policy, code in zip(known.policies.policies, codes, strict=True)
        if code is not None
    }


def explain(request: Request) -> Iterable[Finding]:
    """The finding of every policy, with the facts that failing and unknown ones rest on."""
    fast = getattr(guard(), "explain", None)
    if fast is not None:
        found: Iterable[Finding] = fast(request, DAY)
        return found
    return evaluate(_facts(request, DAY), guard().program).findings


def _facts(request: Request, day: date) -> Facts:
    known = guard()
    document = read_document("purchase.json", json.dumps(request).encode(), [])
    assert document is not None
    return gather(Purchase(document), known.stack, known.schema, day)
