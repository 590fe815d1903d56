"""The published result of a check, and how it is built from an evaluation."""

from procureguard.report.build import Subject, Words, build_report
from procureguard.report.contract import (
    Report,
    ReportedAlternative,
    ReportedChange,
    ReportedCondition,
    ReportedDispute,
    ReportedFact,
    ReportedFinding,
    ReportedGap,
    ReportedPlace,
    ReportedQuestion,
    ReportedSubject,
    ReportedTier,
)
from procureguard.report.headline import ROLES, listed, number

__all__ = [
    "ROLES",
    "Report",
    "ReportedAlternative",
    "ReportedChange",
    "ReportedCondition",
    "ReportedDispute",
    "ReportedFact",
    "ReportedFinding",
    "ReportedGap",
    "ReportedPlace",
    "ReportedQuestion",
    "ReportedSubject",
    "ReportedTier",
    "Subject",
    "Words",
    "build_report",
    "listed",
    "number",
]
