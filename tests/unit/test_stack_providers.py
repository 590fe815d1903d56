from procureguard.capabilities import shipped_taxonomy
from procureguard.stack.providers import providers
from written import Data, stack, tool


def names(*tools: Data) -> list[tuple[str, str]]:
    inventory = stack(inventory={"tools": list(tools)}).inventory
    assert inventory is not None
    return [(job.tool.identity, job.way) for job in providers(inventory.tools, shipped_taxonomy(), "email-campaigns")]


def test_full_goes_before_partial_before_latent_before_suites() -> None:
    assert names(
        tool("suite", capabilities={"marketing-automation": "full"}),
        tool("latent", capabilities={"email-campaigns": "latent"}),
        tool("partial", capabilities={"email-campaigns": "partial"}),
        tool("full", capabilities={"email-campaigns": "full"}),
        tool("none", capabilities={"crm": "full"}),
        tool("retired", capabilities={"email-campaigns": "full"}, status="retired"),
    ) == [("full", "full"), ("partial", "partial"), ("latent", "latent"), ("suite", "suite")]


def test_within_a_kind_active_tools_go_first_then_those_with_free_seats() -> None:
    mail = {"email-campaigns": "full"}
    found = names(
        tool("ending", capabilities=mail, status="ending", seats=99, seats_used=0),
        tool("b-unknown", capabilities=mail),
        tool("a-full", capabilities=mail, seats=5, seats_used=5),
        tool("free", capabilities=mail, seats=5, seats_used=2),
    )
    assert [identity for identity, _ in found] == ["free", "a-full", "b-unknown", "ending"]
