"""The page says what the terminal says, runs and fetches nothing whoever wrote its words, and fits on a sheet."""

import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bending import bent
from html_pages import Elements, contrast
from procureguard import Guard, Report, VendorReport
from procureguard.render import report_words as words
from procureguard.render.alternatives import catalogue, owned
from procureguard.render.cases import CASES
from procureguard.render.html import render_html, render_vendor_html
from procureguard.render.plans import render_plans
from procureguard.render.style import one_line
from procureguard.render.text import render_text
from procureguard.render.view import AnyView, View
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.read import read_document
from written import DAY

EXAMPLES = Path(__file__).parents[2] / "examples"
HARMLESS = "plain"
HOSTILE = (
    "</p></style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "<!--", "]]>", "&lt;b&gt;&#60;", "\u202eevil\u2066\x1b[31m\x00\x85\u2028", "<a href='data:text/html,x'>",
)  # fmt: skip
SIGNS = [*"<>&\"'`/=!-[]{}%#;: \n\tabsx\u202e\x1b\u2028\x00"]
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "div", "span", "strong", "code"),
    *("h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "symbol", "circle", "rect", "path", "use"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "href", "aria-hidden", "focusable"),
    *("viewbox", "width", "height", "rx", "r", "cx", "cy", "d"),
}
PATIENCE_SECONDS = 60
A4, LETTER = "A4", "letter"


@cache
def guard() -> Guard:
    return Guard.load(
        "shipped",
        EXAMPLES / "inventory.yaml",
        EXAMPLES / "organisation.yaml",
        sorted((EXAMPLES / "vendors").glob("*.yaml")),
        sorted((EXAMPLES / "requests").glob("*.yaml")),
        EXAMPLES / "decisions.yaml",
        EXAMPLES / "card-payments.yaml",
    )


def answered(name: str, text: str) -> View[Report]:
    problems: list[Diagnostic] = []
    document = read_document(name, text.encode(), problems)
    assert document is not None, problems
    answer = guard().answer(document, DAY)
    return View(answer.report, name, answer.files, settings=("request.users=5",))


@cache
def purchases() -> dict[str, View[Report]]:
    stories = sorted(EXAMPLES.glob("*/*.purchase.yaml"))
    views = {path.parent.name: answered(f"examples/{path.name}", path.read_text("utf-8")) for path in stories}
    return {**views, "bare": answered("bare.purchase.yaml", "kind: purchase\nversion: 1\n")}


@cache
def manifests() -> dict[str, View[VendorReport]]:
    paths = sorted((EXAMPLES / "vendors").glob("*.vendor.yaml"))
    return {path.stem: View(guard().check_vendor(path, DAY), f"examples/vendors/{path.name}") for path in paths}


def pages() -> Iterator[tuple[str, str]]:
    yield from ((name, render_html(view)) for name, view in purchases().items())
    yield from ((name, render_vendor_html(view)) for name, view in manifests().items())


@cache
def all_pages() -> dict[str, str]:
    return dict(pages())


STORIES = [path.parent.name for path in sorted(EXAMPLES.glob("*/*.purchase.yaml"))]
NAMES = [*STORIES, "bare", *(path.stem for path in sorted((EXAMPLES / "vendors").glob("*.vendor.yaml")))]


def plainly(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_well_formed_and_accessible(name: str) -> None:
    page = Elements(all_pages()[name])
    assert page.never_closed == []
    tags = [tag for tag, _ in page.found]
    assert [tags.count(tag) for tag in ("main", "header", "footer", "h1", "title")] == [1, 1, 1, 1, 1]
    assert ("html", {"lang": "en"}) in page.found
    headings = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert all("scope" in attributes for tag, attributes in page.found if tag == "th")
    assert all(attributes.get("aria-hidden") == "true" for tag, attributes in page.found if tag == "svg")
    identities = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_fetches_and_runs_nothing_and_takes_no_style_but_its_own(name: str) -> None:
    page = all_pages()[name]
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert not re.search(r"url\(|@import|expression", style)
    (policy,) = [
        attributes["content"] for tag, attributes in Elements(page).found if attributes.get("http-equiv") is not None
    ]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert_inactive(page)


def assert_inactive(page: str) -> None:
    found = Elements(page).found
    assert {tag for tag, _ in found} <= TAGS
    assert {name for _, attributes in found for name in attributes} <= ATTRIBUTES
    addresses = {value for _, attributes in found for name, value in attributes.items() if name == "href"}
    assert addresses <= {f"#{verdict}" for verdict in CASES}


@pytest.mark.parametrize("name", [*STORIES, "bare"])
def test_a_page_says_the_sentences_of_the_terminal_in_their_order(name: str) -> None:
    view = purchases()[name]
    report, page = view.report, Elements(all_pages()[name])
    terminal = render_text(view)
    below = terminal.partition("\n\n")[2].splitlines()
    titles = [line for line in below if line and not line.startswith(" ")]
    assert page.inside("h2") == titles
    assert page.inside("h1") == [report.headline]
    told = [
        *(question.ask for asked in words.by_answerer(report).values() for question in asked),
        *(sentence for finding in words.weighty(report, "fail") for sentence in (finding.message, finding.remedy)),
        *(part for due in words.conditions(report) for part in (due.text, due.now or "")),
        *(part for tool in owned(report) + catalogue(report) for part in (tool.does[1:], tool.judged)),
        *words.advice(report),
        *(turn.reasons for turn in words.upcoming(report)),
        words.counts(report),
    ]
    about_a_product = report.purchase.product or report.verdict != "needs_info"
    for text in (page.text, re.sub(r"\[ \]|->|  - |  \? ", " ", terminal)) if about_a_product else ():
        place, whole = 0, plainly(text)
        for sentence in filter(None, map(plainly, told)):
            place = whole.find(sentence, place)
            assert place >= 0, sentence


@pytest.mark.parametrize("name", manifests().keys())
def test_a_page_on_a_vendor_says_the_sentences_of_the_terminal(name: str) -> None:
    view = manifests()[name]
    page = plainly(Elements(all_pages()[name]).text)
    for line in re.split(r"\n(?=\S|  [-?[]|  \S|    ->)", render_plans(view)):
        sentence = re.sub(r"^(\[ \]|->|-|\?) ", "", plainly(line))
        assert sentence.partition(", as of ")[0] in page


def test_open_conditions_come_first_and_are_called_open() -> None:
    found = 0
    for name, view in purchases().items():
        states = [condition.state for condition in view.report.conditions]
        if view.report.verdict == "approve_with_conditions" and "open" in states:
            found += 1
            (first, *_) = re.findall(r'<ul class="marked due">\s*<li>\s*<p>(.*?)</p>', all_pages()[name])
            assert first.startswith("<strong>Open: </strong>")
    assert found


@pytest.mark.parametrize("name", [*STORIES, "bare"])
def test_whatever_nobody_can_judge_is_shown_as_open(name: str) -> None:
    view, page = purchases()[name], Elements(all_pages()[name]).text
    if view.report.purchase.product:
        assert [found.title for found in words.weighty(view.report, "unknown") if found.title not in page] == []


def test_the_answer_is_a_word_a_sign_and_a_colour() -> None:
    seen = set()
    for name, view in purchases().items():
        verdict = view.report.verdict
        seen.add(verdict)
        (answer,) = re.findall(r'<header class="answer (\w+)">(.*?)</header>', all_pages()[name], re.DOTALL)
        assert answer[0] == {"approve": "yes", "approve_with_conditions": "yes", "deny": "no"}.get(verdict, "open")
        assert f'<use href="#{verdict}"/>' in answer[1]
        assert CASES[verdict] in answer[1].lower()
    assert seen == {*CASES}


@pytest.mark.parametrize("view", [*purchases().values(), *manifests().values()], ids=NAMES)
@settings(max_examples=5)
@given(hostile=st.sampled_from(HOSTILE) | st.text(st.sampled_from(SIGNS), min_size=1, max_size=40))
def test_hostile_words_are_text_wherever_they_stand(view: AnyView, hostile: str) -> None:
    plain, found = (spoken(view, text) for text in (HARMLESS, hostile))
    assert_inactive(found)
    assert shape(found) == shape(plain)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", found)
    assert plainly(one_line(hostile)) in plainly(Elements(found).text)


def spoken(view: AnyView, text: str) -> str:
    """The page with one text wherever a file could have put words."""
    digests = {text: text, "policies": text}
    report = replace(bent(view.report, lambda _: text), digests=digests)
    files = dict.fromkeys(view.files, text)
    render = render_html if isinstance(report, Report) else render_vendor_html
    return render(View(report, text, files, settings=(text,)))


def shape(page: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Elements with the names of their attributes, and the classes that lay them out."""
    found = Elements(page)
    assert found.never_closed == []
    return [(tag, tuple(attributes), str(attributes.get("class"))) for tag, attributes in found.found]


def test_colours_of_words_stand_out_from_what_is_behind_them() -> None:
    style = all_pages()["bare"].partition("<style>")[2].partition("</style>")[0]
    papers = {"#ffffff", *re.findall(r"background: (#[0-9a-f]{6})", style)}
    inks = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", style))
    assert len(papers) == 4
    assert len(inks) >= 6
    assert [(ink, paper) for ink in inks for paper in papers if contrast(ink, paper) < 4.5] == []


@pytest.fixture(name="browser", scope="module")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no browser that prints is installed")
    profile = tmp_path_factory.mktemp("profile")
    return [found, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}"]


def look(browser: list[str], *words_of_the_command: str) -> str:
    done = subprocess.run(  # noqa: S603 - the browser that is installed, on pages of our own
        [*browser, *words_of_the_command], capture_output=True, check=True, timeout=PATIENCE_SECONDS
    )
    return done.stdout.decode()


def unguarded(page: str, style: str = "") -> str:
    """The page without its policy, which would refuse what a test adds to it."""
    return re.sub(r"<meta http-equiv[^>]*>", "", page).replace("</head>", f"<style>{style}</style></head>")


@pytest.mark.parametrize("paper", [A4, LETTER])
@pytest.mark.parametrize("name", STORIES)
def test_a_story_prints_on_one_sheet(name: str, paper: str, browser: list[str], tmp_path: Path) -> None:
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(unguarded(all_pages()[name], f"@page {{ size: {paper}; }}"), encoding="utf-8")
    look(browser, "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
    sheets = re.findall(rb"/MediaBox\s*\[\s*0 0 (\d+)", printed.read_bytes())
    assert sheets in ([[b"594"], [b"595"]] if paper == A4 else [[b"612"]])


def test_a_browser_takes_the_style_of_the_page(browser: list[str], tmp_path: Path) -> None:
    pictures = []
    for place, text in enumerate((all_pages()["bare"], unguarded(all_pages()["bare"]))):
        page, picture = tmp_path / f"{place}.html", tmp_path / f"{place}.png"
        page.write_text(text, encoding="utf-8")
        look(browser, f"--screenshot={picture}", page.as_uri())
        pictures.append(picture.read_bytes())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", ["forbidden-ai", "switch-it-on", "hazelpoll.vendor"])
def test_nothing_is_cut_off_where_there_is_little_room(name: str, browser: list[str], tmp_path: Path) -> None:
    """320 pixels are a small phone, and a large one at twice the size."""
    frame = (
        f'<iframe width="320" height="9000" style="border:0" srcdoc="{escape(unguarded(all_pages()[name]))}"></iframe>'
    )
    measured = "document.querySelector('iframe').contentDocument.documentElement.scrollWidth"
    page = tmp_path / "page.html"
    page.write_text(f"{frame}<script>onload = () => {{ document.title = {measured} }}</script>", encoding="utf-8")
    assert "<title>320</title>" in look(browser, "--dump-dom", page.as_uri())
