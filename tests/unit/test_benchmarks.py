import math
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from benchmarks import bulk, hook, matching, ranking, scale, startup
from benchmarks.__main__ import EXPERIMENTS, main
from benchmarks.by_hand import failing
from benchmarks.data import Record
from benchmarks.entry import explain, outcomes
from benchmarks.invented import write_inventory, write_vendors
from benchmarks.measures import interval, quality
from benchmarks.ranking import by_text, by_the_product, compare, declared, half_hidden, held_out, taxonomy_of
from benchmarks.requests import Request, requests
from benchmarks.table import Table, text
from benchmarks.workload import DAY, IDENTITIES, ORGANISATION, guard
from procureguard import Guard


@pytest.fixture(scope="module")
def purchases() -> list[Request]:
    return requests(200)


def failed(purchase: Request, day: date) -> list[str]:
    found = outcomes(purchase, day)
    assert found.keys() == set(IDENTITIES)
    assert "unknown" not in found.values()
    return sorted(policy for policy, outcome in found.items() if outcome == "fail")


def test_the_rules_by_hand_are_the_shipped_policies(purchases: list[Request]) -> None:
    fired: Counter[str] = Counter()
    for purchase in purchases:
        assert sorted(failing(purchase, DAY)) == failed(purchase, DAY)
        fired.update(failing(purchase, DAY))
    assert fired.keys() == set(IDENTITIES)


@pytest.mark.parametrize("day", [date(2024, 2, 1), date(2025, 6, 27), date(2026, 8, 2), date(2026, 12, 2)])
def test_the_rules_by_hand_change_with_the_day_as_the_policies_do(purchases: list[Request], day: date) -> None:
    for purchase in purchases[:40]:
        assert sorted(failing(purchase, day)) == failed(purchase, day)


def test_the_explanation_agrees_with_the_outcomes(purchases: list[Request]) -> None:
    for purchase in purchases[:40]:
        asked = {identity: word for identity, word in outcomes(purchase).items() if word in {"fail", "unknown"}}
        assert {finding.policy: finding.outcome.word for finding in explain(purchase)} == asked


def test_the_purchases_are_valid_and_the_same_every_time(purchases: list[Request]) -> None:
    assert requests(200) == purchases
    for purchase in purchases[:20]:
        assert guard().check(purchase, DAY).findings


def test_the_figures_of_a_ranking_are_those_worked_out_by_hand() -> None:
    found = quality(["x", "b", "y", "a", "z"], {"a", "b", "c"})
    gained, possible = 1 / math.log2(3) + 1 / math.log2(5), 1 + 1 / math.log2(3) + 1 / 2
    assert tuple(found) == pytest.approx((1 / 2, 1.0, gained / possible))
    assert quality(["a", "b", "x"], {"a", "b"}) == (1.0, 1.0, 1.0)
    assert quality(["x", "y"], {"a"}) == (0.0, 0.0, 0.0)


def test_what_comes_sixth_is_no_hit_and_what_comes_eleventh_gains_nothing() -> None:
    ranking = [str(place) for place in range(20)]
    assert quality(ranking, {"5"})[1] == 0.0
    assert quality(ranking, {"4"})[1] == 1.0
    assert tuple(quality(ranking, {"10"})) == pytest.approx((1 / 11, 0.0, 0.0))
    assert quality(ranking, {"9"})[2] == pytest.approx(1 / math.log2(11))


def test_of_more_relevant_ones_than_count_the_best_ten_are_all_there_is_to_gain() -> None:
    ranking = [str(place) for place in range(20)]
    assert quality(ranking, set(ranking))[2] == pytest.approx(1.0)


def test_the_interval_holds_the_mean_and_shrinks_to_it_where_all_are_the_same() -> None:
    differences = [0.0, 1.0] * 50
    least, most = interval(differences)
    assert 0.35 < least < 0.45
    assert 0.55 < most < 0.65
    assert interval(differences) == (least, most)
    assert interval([0.25] * 9) == (0.25, 0.25)


ALIKE: list[Record] = [
    {"id": "askfern", "category": "polls", "description": "Ask people", "alternatives": ["Oldpoll", "Grandpoll"]},
    {"id": "hazelpoll", "category": "polls", "description": "Short questions", "alternatives": ["oldpoll!"]},
    {"id": "tidewhistle", "category": "mail", "description": "Ask people by mail", "alternatives": ["Oldmail"]},
    {"id": "quizpipit", "category": "quizzes", "description": "Quizzes", "alternatives": ["Grandpoll"]},
]


def test_those_that_replace_the_same_product_are_what_a_ranking_should_name() -> None:
    task = declared("invented", [{"name": record["id"], **record} for record in ALIKE])
    assert {query.wanted.identity: query.relevant for query in task.queries} == {
        "askfern": {"hazelpoll", "quizpipit"},
        "hazelpoll": {"askfern"},
        "quizpipit": {"askfern"},
    }
    first = task.queries[0]
    assert by_the_product(first, taxonomy_of(task.products))[0] == "hazelpoll"
    assert by_text(first)[0] == "tidewhistle"


def test_a_ranking_that_does_not_beat_text_is_reported_and_shows_in_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [{"name": record["id"], **record, "category": "tools"} for record in ALIKE]
    good, level = (compare(declared("invented", found)) for found in (_described(ALIKE), records))
    assert good.unmet == ()
    assert [promise.split(": ")[1].split()[0] for promise in level.unmet] == ["MRR", "hit@5", "nDCG@10"]
    for table, code in ((good, 0), (level, 1)):
        monkeypatch.setitem(EXPERIMENTS, "ranking", _always(table))
        monkeypatch.setattr("sys.argv", ["benchmarks", "ranking"])
        assert main() == code
        assert ("NOT MET" in capsys.readouterr().out) == bool(code)


def _always(table: Table) -> Callable[[int | None], list[Table]]:
    return lambda _: [table]


def _described(records: list[Record]) -> list[Record]:
    """Among many others whose texts are likelier, and whose category is another one."""
    others = [
        {"id": f"z{number}", "category": "mail", "description": text, "alternatives": [str(number)]}
        for number, text in enumerate(["Ask people", "Short questions", "Quizzes"] * 9)
    ]
    polls = [{**record, "category": "polls"} for record in records if record["id"] != "tidewhistle"]
    return [{"name": record["id"], **record} for record in (*polls, *others)]


def test_what_is_hidden_is_hidden_from_the_ranking_and_counts_as_relevant() -> None:
    records = [
        {"id": f"tool-{number}", "name": f"Tool {number}", "description": "", "categories": categories}
        for number, categories in enumerate((["a", "b"], ["a"], ["b"], ["c"]))
    ]
    hidden = {tuple(query.wanted.capabilities): query for query in held_out("openalternative", records).queries}
    assert hidden["a",].relevant == {"tool-2"}
    assert hidden["b",].relevant == {"tool-1"}
    assert all("b" not in other.capabilities for other in hidden["a",].candidates)
    half = half_hidden("openalternative", records)
    assert {query.wanted.identity: query.relevant for query in half.queries} == {
        "tool-0": {"tool-1", "tool-2"},
        "tool-1": {"tool-0"},
        "tool-2": {"tool-0"},
    }


def test_without_data_the_experiments_say_so_and_nothing_is_unmet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROCUREGUARD_DATA", raising=False)
    tables = [*ranking.measure(), *matching.measure()]
    assert all(table.rows == () and table.unmet == () and "SKIPPED" in text(table) for table in tables)


def last_two_labels(host: str) -> str:
    return ".".join(host.split(".")[-2:])


ONES: list[Record] = [
    {"id": "1", "name": "Askfern", "website": "https://www.askfern.example/about"},
    {"id": "2", "name": "Linnet", "website": "linnet.example"},
    {"id": "3", "name": "Tidewhistle Inc.", "website": "https://app.tidewhistle.example"},
    {"id": "4", "name": "Page", "website": "https://shared.example/page"},
    {"id": "5", "name": "Leaf", "website": "https://shared.example/leaf"},
    {"id": "6", "name": "Nameless"},
]
OTHERS: list[Record] = [
    {"id": "a", "name": "AskFern Ltd", "domain": "askfern.example", "additional-domains": ["fernask.example"]},
    {"id": "b", "name": "Linnet", "domain": "linnet-songs.example"},
    {"id": "c", "name": "Tidewhistle", "domain": "tidewhistle.example"},
    {"id": "d", "name": "Page", "domain": "shared.example"},
]


@pytest.fixture(name="pair")
def _pair() -> matching.Pair:
    (pair,) = matching.pairs_of(
        {"ones": matching.registry(ONES, last_two_labels), "others": matching.registry(OTHERS, last_two_labels)}
    )
    return pair


def test_vendors_are_the_same_where_their_domain_is_and_a_domain_of_several_tells_nothing(pair: matching.Pair) -> None:
    assert [vendor.identity for vendor in pair.ones] == ["1", "2", "3"]
    assert pair.truth == {"1": "a", "3": "c"}


def test_an_address_finds_its_vendor_and_a_name_finds_another_of_the_same_name(pair: matching.Pair) -> None:
    ((_, same, precision, recall, _, alike),) = matching.by_domain([pair]).rows
    assert (same, precision, recall, alike) == (2, 1.0, 1.0, 1.0)
    proposed, linked = matching.by_name([pair])
    assert proposed.rows == (("ones in others", 2, 1.0, 1.0),)
    assert linked.rows[0][1:5] == pytest.approx((0.8, 2 / 3, 1.0, 0.0))
    ((_, *equal),) = matching.equal_names([pair]).rows
    assert equal == pytest.approx([3, 1, 1 / 3])


def test_links_are_believed_down_to_the_likeness_that_is_best() -> None:
    links = [
        matching.Link("1", "a", 1.0, right=True),
        matching.Link("2", "b", 0.9, right=True),
        matching.Link("3", "c", 0.5, right=False),
        matching.Link("4", "d", 0.5, right=True),
    ]
    best = matching.curve(links, 4)
    assert best == pytest.approx((6 / 8, 3 / 4, 3 / 4, 2 / 4, 6 / 8))
    assert matching.curve(links[:3], 4) == pytest.approx((4 / 6, 1.0, 2 / 4, 2 / 4, 4 / 7))
    assert matching.curve([], 4) == (0.0, 0.0, 0.0, 0.0, 0.0)


def test_a_likeness_that_two_share_goes_to_one_of_them_only(pair: matching.Pair) -> None:
    twins = pair._replace(ones=(*pair.ones, pair.ones[0]._replace(identity="7", owners=("other.example",))))
    alone, mutual = (matching.by_name([found])[1].rows[0] for found in (pair, twins))
    assert mutual[7] == pytest.approx(alone[7])
    assert cast("float", mutual[5]) < cast("float", alone[5])


def test_the_files_of_an_invented_company_are_valid_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write_inventory(tmp_path / name / "inventory.yaml", 150, 3)
        write_vendors(tmp_path / name / "vendors", 3)
    files = [sorted(path for path in (tmp_path / name).rglob("*.yaml")) for name in ("one", "other")]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]
    found = Guard.load(inventory=files[0][0], vendors=files[0][1:], organisation=ORGANISATION).stack
    assert found.inventory is not None
    assert {len(tool.facts) for tool in found.inventory.tools} == {15}
    done = {name for tool in found.inventory.tools for name in tool.capabilities}
    assert done == found.taxonomy.capabilities.keys()
    assert found.catalogue.index.offers == 12
    assert {tool.get("vendor") for tool in found.inventory.tools} >= set(found.catalogue.identities)


def test_a_check_in_a_large_company_that_takes_too_long_is_a_promise_not_met() -> None:
    times = {scale.PLAIN: [0.2, 0.2, 0.9], scale.AMID: [0.41, 0.3, 0.5]}
    cold = dict.fromkeys(times, 1.0)
    assert scale.of_checks(times, cold, 3).unmet == (
        "a warm check beside all of these must take at most 2.0 times as long: 2.05",
    )
    times[scale.AMID] = [0.4, 0.4, 0.9]
    assert scale.of_checks(times, cold, 3).unmet == ()


def test_a_start_that_takes_too_long_is_a_promise_not_met() -> None:
    titles = ("python -c pass", "check-jsonschema FILE", "procureguard validate FILE", "procureguard check FILE")
    times = dict(zip(titles, ([0.01], [0.5], [0.1, 0.19, 0.9], [0.23]), strict=True))
    assert startup.of_starts(times, ()).unmet == (
        "procureguard check FILE, times check-jsonschema, must be at most 0.45: 0.46",
    )
    assert startup.of_starts({**times, titles[3]: [0.22]}, ()).unmet == ()
    assert startup.of_starts({title: times[title] for title in titles if "jsonschema" not in title}, ()).unmet == ()


def test_a_thousand_files_that_take_too_long_are_a_promise_not_met() -> None:
    times = {bulk.PEERS: [10.0, 11.0, 12.0], bulk.VALIDATE: [2.2], bulk.DECIDE: [4.4, 5.5, 6.6]}
    found = bulk.of_bulk(times, ())
    assert found.rows[2] == (bulk.DECIDE, 5.5, 0.5, 4.4, 6.6)
    assert found.unmet == ("procureguard validate FOLDER, times check-jsonschema, must be at most 0.10: 0.20",)
    assert bulk.of_bulk({bulk.VALIDATE: [1.0]}, ()).unmet == ()


def test_what_a_hook_adds_is_compared_with_what_another_adds() -> None:
    times = {hook.NOTHING: [0.2], startup.PEER: [1.2], hook.VALIDATE: [0.5]}
    assert hook.of_hooks(times, ()).rows[-1][:3] == (hook.VALIDATE, 500.0, 300.0)
    assert hook.of_hooks(times, ()).unmet == (
        "what procureguard-validate adds, times what check-jsonschema adds, must be at most 0.20: 0.30",
    )
    assert hook.of_hooks({**times, hook.VALIDATE: [0.3]}, ()).unmet == ()
    assert hook.of_hooks({}, ()).unmet == ()


def test_the_hook_that_is_measured_is_the_one_that_others_get() -> None:
    ours, nothing, peer = hook.hooks()
    assert (ours["id"], ours["require_serial"], ours["language"]) == (hook.VALIDATE, True, "system")
    assert ours["entry"].split()[1] == "validate"
    assert (nothing["id"], peer["id"]) == (hook.NOTHING, startup.PEER)
