"""What a typed program may rely on; the type checker reads this file, and a test runs it."""

from datetime import date
from pathlib import Path
from typing import Any, Literal, assert_type

from procureguard import Diagnostic, Guard, InvalidInput, Report, VendorReport, __version__
from procureguard.report.contract import ReportedFinding, ReportedPlace, ReportedQuestion
from procureguard.report.vendor_contract import ReportedPlan
from procureguard.source.diagnostic import Severity
from procureguard.source.text import Position

Verdict = Literal["approve", "approve_with_conditions", "needs_info", "needs_review", "deny"]


def judge(guard: Guard, manifest: Path) -> VendorReport:
    """What the library says of a vendor manifest, every name with its type."""
    found = guard.check_vendor(manifest, as_of=date(2026, 11, 21))
    assert_type(found, VendorReport)
    assert_type(found.plans, tuple[ReportedPlan, ...])
    assert_type(found.plans[0].best, Literal["approve", "approve_with_conditions", "needs_review", "deny"])
    return found


def embed(policies: Path, purchase: Path) -> tuple[Report, Report]:
    """The library as a program embeds it, every name with its type."""
    guard = Guard.load(policies=[policies], inventory=None, organisation=None, vendors=())
    by_path = guard.check(purchase, as_of=date(2026, 11, 21))
    by_data = guard.check({"kind": "purchase", "version": 1})
    assert_type(guard, Guard)
    assert_type(by_path, Report)
    assert_type(by_path.verdict, Verdict)
    assert_type(by_path.headline, str)
    assert_type(by_path.reasons, tuple[str, ...])
    assert_type(by_path.findings, tuple[ReportedFinding, ...])
    assert_type(by_path.questions, tuple[ReportedQuestion, ...])
    assert_type(by_path.digests, dict[str, str])
    assert_type(by_path.to_dict(), dict[str, Any])
    assert_type(__version__, str)
    for finding in by_path.findings:
        assert_type(finding.effect, Literal["advise", "condition", "review", "deny"])
        assert_type(finding.outcome, Literal["fail", "unknown"])
        assert_type(finding.place, ReportedPlace)
    for question in by_path.questions:
        assert_type(question.ask, str)
    return by_path, by_data


def mistakes(guard: Guard) -> tuple[Diagnostic, ...]:
    """What a program may do with a purchase that is wrong."""
    try:
        guard.check({})
    except InvalidInput as error:
        assert_type(error.diagnostics, tuple[Diagnostic, ...])
        for diagnostic in error.diagnostics:
            assert_type(diagnostic.severity, Severity)
            assert_type(diagnostic.position, Position | None)
            assert_type(diagnostic.hint, str | None)
        return error.diagnostics
    return ()
