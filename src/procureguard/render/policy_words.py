"""What explanations and pages say of policies in the same words."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from procureguard.finding import Outcome
from procureguard.policy.model import Pack, Policy
from procureguard.policy.text import as_written, fill_for
from procureguard.policy.written import WrittenPolicy
from procureguard.report.headline import ROLES, listed

OUTCOMES = {
    Outcome.PASS: "holds",
    Outcome.FAIL: "does not hold",
    Outcome.UNKNOWN: "not known yet",
    Outcome.NOT_APPLICABLE: "does not apply",
}


class Parameter(NamedTuple):
    """A parameter of a policy: the value in use, and the one in the file where an organisation has another."""

    name: str
    type: str
    about: str
    value: str
    in_file: str | None


def parameters(written: WrittenPolicy) -> Iterator[Parameter]:
    """The parameters of a policy, in the order of its file."""
    for name, spec in (stated(written).get("params") or {}).items():
        value = written.policy.params[name]
        counts = list(value) if isinstance(value, tuple) else value
        in_file = None if counts == spec["value"] else as_written(spec["value"])
        yield Parameter(name, spec["type"], spec["about"], as_written(counts), in_file)


def exception(written: WrittenPolicy) -> str:
    """Whether a policy may be waived, and for how long."""
    data = stated(written)
    days = data.get("max_days")
    return "no" if data.get("waivable") is False else f"yes, for {days} days at most" if days else "yes"


def period(policy: Policy) -> str:
    """The days on which a policy is in force."""
    first = [f"from {policy.effective_from}"] if policy.effective_from else []
    last = [f"until {policy.effective_to}"] if policy.effective_to else []
    return " ".join([*first, *last]) or "always"


def agreement(pack: Pack) -> str:
    """Whom a pack was agreed by, and when."""
    parties = listed([ROLES.get(party, party) for party in pack.agreed_by])
    return (parties or "nobody") + (f" on {pack.agreed_on}" if pack.agreed_on else "")


def stated(written: WrittenPolicy) -> Mapping[str, Any]:
    """What the file of a policy says, whatever an organisation changes."""
    assert isinstance(written.document.data, dict)
    return written.document.data


def with_parameters(text: str, policy: Policy) -> str:
    """A sentence with the values of the parameters it names; facts stay in braces, for nobody has stated them here."""
    return fill_for(policy, text, "{{{}}}".format)
