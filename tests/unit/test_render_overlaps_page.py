import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from html_pages import Elements, contrast
from many_tools import many_tools
from procureguard.render.inventory import InventoryView
from procureguard.render.overlaps import OverlapsView
from procureguard.render.overlaps_page import overlaps_page
from procureguard.stack.integrations import find_groups
from procureguard.stack.overlaps import find_overlaps
from written import Data, stack, tool

HOSTILE = "</text><script>alert('x')</script>\"'&\u202eevil\u2066"
MARKUP = {"html", "head", "meta", "title", "style", "body"}
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def view(tools: list[Data]) -> OverlapsView:
    around = stack(inventory={"tools": tools})
    assert around.inventory is not None
    owned = tuple(around.inventory.tools)
    shown = InventoryView(owned, "2026-11-01", "USD", around.taxonomy)
    return OverlapsView(shown, find_overlaps(owned, around.taxonomy), find_groups(owned))


def page(tools: list[Data]) -> str:
    return overlaps_page(view(tools))


@pytest.fixture(name="large", scope="module")
def _large() -> str:
    return page(many_tools(600))


def texts(svg: str) -> list[str]:
    return [" ".join("".join(text.itertext()).split()) for text in ET.fromstring(svg).iter("text")]  # noqa: S314 - our own


def test_the_page_fetches_and_runs_nothing(large: str) -> None:
    elements = Elements(large).found
    assert {name for name, _ in elements}.isdisjoint({"script", "link", "img", "iframe", "object", "form", "a"})
    addresses = [value for _, attributes in elements for name, value in attributes.items() if name in {"href", "src"}]
    assert set(addresses) == {"#full", "#partial", "#suite", "#latent"}
    assert not any(name.startswith("on") for _, attributes in elements for name in attributes)
    assert "url(" not in large
    assert "@import" not in large


def test_every_picture_is_well_formed_small_enough_for_a_page_and_says_what_it_shows(large: str) -> None:
    pictures = [svg for svg in SVG.findall(large) if 'role="img"' in svg]
    assert len(pictures) > 50
    for svg in pictures:
        root = ET.fromstring(svg)  # noqa: S314 - our own page
        title, description = root.find("title"), root.find("desc")
        assert title is not None
        assert description is not None
        assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
        assert title.text
        assert description.text
        assert float(root.attrib["width"]) <= 900
        assert float(root.attrib["height"]) <= 900
    identities = re.findall(r' id="([^"]*)"', large)
    assert len(identities) == len(set(identities))


def test_every_overlap_and_every_tool_in_one_is_drawn(large: str) -> None:
    shown = view(many_tools(600))
    drawn = [text for svg in SVG.findall(large) for text in texts(svg)]
    tables = re.sub(r"<svg.*?</svg>", "", large, flags=re.DOTALL)
    for overlap in shown.overlaps.overlaps:
        assert any(text.startswith(shown.title(overlap)) for text in drawn)
        assert shown.paid_twice(overlap) in tables
    for owned in shown.overlaps.tools:
        assert any(text.startswith(f"{owned.name} {owned.get('department')}"[:24]) for text in drawn)


@pytest.mark.parametrize("key", ["name", "department", "owner", "systems"])
def test_a_hostile_word_is_text_wherever_it_stands(key: str) -> None:
    value = [HOSTILE] if key == "systems" else HOSTILE
    hostile = tool("b", capabilities={"crm": "full"}, annual_cost=5, **{"systems": [], key: value})
    found = page([tool("a", capabilities={"crm": "full"}, annual_cost=9), hostile])
    assert {name for name, _ in Elements(found).found}.isdisjoint({"script", "img"})
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", found)
    assert [ET.fromstring(svg).tag for svg in SVG.findall(found)]  # noqa: S314 - our own page
    if key in {"name", "systems"}:
        assert "&lt;script&gt;alert(" in found
        assert "\\u202eevil" in found


names = st.text(st.characters(max_codepoint=0xFFFD, exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@settings(max_examples=25)
@given(st.lists(names, min_size=2, max_size=6))
def test_pictures_stay_well_formed_whatever_the_names(drawn: list[str]) -> None:
    tools = [
        tool(f"t{place}", name=name, department=name, capabilities={"crm": "full"}, annual_cost=place, systems=[name])
        for place, name in enumerate(drawn)
    ]
    for svg in SVG.findall(page(tools)):
        ET.fromstring(svg)  # noqa: S314 - our own page


def test_marks_tell_full_partial_suite_and_latent_apart() -> None:
    tools = [
        tool("suite", capabilities={"marketing-automation": "full"}),
        tool("full", capabilities={"lead-nurturing": "full", "lead-scoring": "latent"}),
        tool("partial", capabilities={"lead-nurturing": "partial", "lead-scoring": "full"}),
    ]
    taxonomy = view(tools).inventory.taxonomy
    assert {"lead-scoring", "lead-nurturing"} <= set(taxonomy.capabilities["marketing-automation"].implies)
    drawn = [attributes for name, attributes in Elements(page(tools)).found if name == "use" and "x" in attributes]
    assert {mark["href"] for mark in drawn} == {"#full", "#partial", "#suite", "#latent"}


@pytest.mark.parametrize(
    ("tools", "sentence"),
    [
        ([], "No job is done by several tools."),
        ([tool("a", capabilities={"crm": "full"})], "No job is done by several tools."),
        ([tool(name, capabilities={"crm": "full"}, annual_cost=0) for name in "ab"], "No cost is paid twice."),
        ([tool(name, capabilities={"crm": "full"}) for name in "ab"], "The cost of 2 tools is not known"),
        ([tool("a", systems=[])], "These tools exchange data with nothing."),
        ([tool("a")], "Nobody has stated what these tools exchange data with."),
        ([], "No tools are in use."),
    ],
)
def test_what_is_not_there_is_said(tools: list[Data], sentence: str) -> None:
    assert sentence in page(tools)


def test_a_cost_that_is_not_known_has_no_bar_and_is_called_so() -> None:
    found = page([tool("a", capabilities={"crm": "full"}, annual_cost=9), tool("b", capabilities={"crm": "full"})])
    (chart,) = [svg for svg in SVG.findall(found) if "Cost paid twice" in svg]
    assert texts(chart) == ["Customer relationship management", "not known · 2 tools"]
    assert 'width="0"' in chart


def test_colours_of_words_stand_out_from_the_paper(large: str) -> None:
    style = large[large.index("<style>") : large.index("</style>")]
    inks = set(re.findall(r"(?<![-\w])(?:color|fill): (#[0-9a-f]{6})", style)) - {"#eef1f5"}
    assert len(inks) >= 3
    assert all(contrast(ink, paper) >= 4.5 for ink in inks for paper in ("#ffffff", "#eef1f5"))
