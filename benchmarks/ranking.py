"""How early the ranking of alternatives names products that curators call alternatives of each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import NamedTuple

from benchmarks.data import Record, missing, records
from benchmarks.measures import DRAWS, NAMES, SEED, Quality, interval, means, quality
from benchmarks.table import Table, installed
from procureguard import Guard
from procureguard.alternatives.alternative import Alternative, ranked
from procureguard.alternatives.judge import most_promising
from procureguard.alternatives.need import ENOUGH, Need, coverage_of, share_of
from procureguard.alternatives.similarity import similarities
from procureguard.capabilities import Capability, Taxonomy, shipped_taxonomy
from procureguard.compile.program import Program
from procureguard.facts.computation import Registers
from procureguard.facts.gather import Facts
from procureguard.finding import NOTHING_FOUND
from procureguard.stack.names import likeness, name_key
from procureguard.stack.vendors import Catalogue

TITLE = "How early alternatives come: {} ({} queries, {} products)"
COLUMNS = ("ranking", *NAMES)
QUERIES = 100
"""So many queries of each report, drawn from a seed; of declared alternatives every query counts."""

PEER = "scikit-learn"
OURS, TEXT, LIBRARY = "procureguard", "text alone", f"text alone ({PEER})"


class Product(NamedTuple):
    """A record as the rankings see it; a popularity that nobody states is None."""

    identity: str
    name: str
    description: str
    capabilities: frozenset[str]
    popularity: int | None = None


class Query(NamedTuple):
    """What is looked for, among which products, and which of them are right."""

    wanted: Product
    candidates: tuple[Product, ...]
    relevant: frozenset[str]


Ranking = Callable[[Query], list[str]]


@dataclass(frozen=True, slots=True)
class Task:
    """Queries of one data set, and what is relevant in them; `binding` where ours must beat text."""

    title: str
    relevance: str
    products: tuple[Product, ...]
    queries: tuple[Query, ...]
    binding: bool = False


def measure() -> Iterator[Table]:
    """A table for each task whose data set is there."""
    yield _table("runa_oss_alternatives", declared)
    for name in REPORTS:
        yield from (_table(name, task) for task in (half_hidden, held_out))


def _table(name: str, task: Callable[[str, Sequence[Record]], Task]) -> Table:
    reason = missing(name)
    return Table(name, COLUMNS, (), (reason,)) if reason else compare(task(name, records(name)))


def declared(name: str, found: Sequence[Record]) -> Task:
    """Two products are alternatives of each other if both are declared to replace a third one."""
    products = tuple(_product(record, (record["category"],)) for record in found)
    replaced = {record["id"]: frozenset(map(name_key, record["alternatives"])) for record in found}
    queries = []
    for product in products:
        candidates = tuple(other for other in products if other is not product)
        own = replaced[product.identity]
        relevant = frozenset(other.identity for other in candidates if own & replaced[other.identity])
        if relevant:
            queries.append(Query(product, candidates, relevant))
    relevance = "Relevant: both declare that they replace the same third product. Capability: the category."
    return Task(f"{name}, declared alternatives", relevance, products, tuple(queries), binding=True)


def half_hidden(name: str, found: Sequence[Record]) -> Task:
    """Every category of every product is hidden by the toss of a coin; any common category, hidden or not, counts."""
    products = tuple(_product(record, record[REPORTS[name]]) for record in found if _counts(record))
    random = _random()
    seen = tuple(
        _without(product, {each for each in sorted(product.capabilities) if random.random() < 0.5})
        for product in products
    )
    queries = []
    for place in _drawn(len(products)):
        own = products[place].capabilities
        candidates = tuple(other for number, other in enumerate(seen) if number != place)
        relevant = frozenset(
            other.identity for number, other in enumerate(products) if number != place and own & other.capabilities
        )
        if relevant:
            queries.append(Query(seen[place], candidates, relevant))
    relevance = "Relevant: a category in common. The rankings see half of all categories, chosen by the toss of a coin."
    return Task(f"{name}, half of the categories hidden", relevance, products, tuple(queries))


def held_out(name: str, found: Sequence[Record]) -> Task:
    """One category of a product that has several is taken from all products; those that had it are relevant."""
    products = tuple(_product(record, record[REPORTS[name]]) for record in found if _counts(record))
    pairs = [
        (product, category)
        for product in products
        if len(product.capabilities) > 1
        for category in sorted(product.capabilities)
    ]
    queries = []
    for place in _drawn(len(pairs)):
        product, category = pairs[place]
        candidates = tuple(_without(other, {category}) for other in products if other is not product)
        relevant = frozenset(
            other.identity for other in products if other is not product and category in other.capabilities
        )
        if relevant:
            queries.append(Query(_without(product, {category}), candidates, relevant))
    relevance = "Relevant: has the one category of the product that is hidden everywhere; the rankings see its others."
    return Task(f"{name}, one category hidden", relevance, products, tuple(queries))


REPORTS = {"openalternative": "categories", "awesome_selfhosted": "tags", "webappanalyzer": "categories"}
"""Data sets without declared alternatives, and where their records say what a product does."""

AGREEMENT = (
    "A report only: whether two products share a category is a matter of opinion; independent curators agree at F1 "
    "0.33 to 0.59."
)


def compare(task: Task) -> Table:
    """The quality of every ranking on the queries of a task, with how sure the difference to text is."""
    rankings = _rankings(task)
    found = {
        title: [quality(rank(query), query.relevant) for query in task.queries] for title, rank in rankings.items()
    }
    rows = tuple((title, *means(qualities)) for title, qualities in found.items())
    unmet = tuple(_unmet(found)) if task.binding else ()
    notes = (task.relevance, *([] if task.binding else [AGREEMENT]), *_differences(found), *_skipped())
    title = TITLE.format(task.title, len(task.queries), len(task.products))
    return Table(title, COLUMNS, rows, notes, installed(PEER), unmet)


def _rankings(task: Task) -> Mapping[str, Ranking]:
    taxonomy = taxonomy_of(task.products)
    rankings: dict[str, Ranking] = {
        OURS: lambda query: by_the_product(query, taxonomy),
        f"{OURS}, as `check` shows them": lambda query: as_shown(query, taxonomy),
        "capabilities alone": lambda query: by_capabilities(query, taxonomy),
        TEXT: by_text,
        "text and the categories' names": by_text_and_categories,
        "names alone": by_name,
    }
    if not _skipped():
        rankings[LIBRARY] = by_library
    if any(product.popularity is not None for product in task.products):
        rankings["popularity"] = by_popularity
    return rankings


def taxonomy_of(products: Iterable[Product]) -> Taxonomy:
    """The shipped way of counting, with the categories of the data as capabilities."""
    names = sorted({name for product in products for name in product.capabilities})
    return replace(shipped_taxonomy(), capabilities={name: Capability(name, name, (), (), False) for name in names})  # noqa: FBT003 - a field


def by_the_product(query: Query, taxonomy: Taxonomy) -> list[str]:
    """As `check` ranks alternatives of which policies say the same."""
    need = _need(query.wanted)
    return [found.identity for found in ranked((_alternative(each, need, taxonomy) for each in query.candidates), need)]


def as_shown(query: Query, taxonomy: Taxonomy) -> list[str]:
    """The same among those that `check` looks at: enough of the need covered, and no more than it judges."""
    need = _need(query.wanted)
    found = (_alternative(each, need, taxonomy) for each in query.candidates)
    covering = ((each.coverage.need or 0, each.identity, each) for each in found)
    enough = (entry for entry in covering if entry[0] >= ENOUGH)
    return [each.identity for each in ranked(most_promising(enough).found, need)]


def by_capabilities(query: Query, taxonomy: Taxonomy) -> list[str]:
    """By the share of the need that is covered, equal ones by id."""
    need = _need(query.wanted)
    return _by(query, [share_of(need, _offered(each), taxonomy) for each in query.candidates])


def by_text(query: Query) -> list[str]:
    """By the likeness of texts that our ranking breaks ties with."""
    return _by(query, similarities(query.wanted.description, [_text(each) for each in query.candidates]))


def by_text_and_categories(query: Query) -> list[str]:
    """By the same likeness, with the names of the visible categories among the words."""
    texts = [_text(each) + _words(each) for each in query.candidates]
    return _by(query, similarities(query.wanted.description + _words(query.wanted), texts))


def by_library(query: Query) -> list[str]:
    """By the cosine of TF-IDF of words as scikit-learn counts them."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - need not be installed

    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(
        [query.wanted.description, *(_text(each) for each in query.candidates)]
    )
    return _by(query, (matrix[1:] @ matrix[0].T).toarray().ravel().round(6).tolist())


def by_name(query: Query) -> list[str]:
    """By the likeness of names."""
    return _by(query, [likeness(query.wanted.name, each.name) for each in query.candidates])


def by_popularity(query: Query) -> list[str]:
    """The best known first, whatever is looked for."""
    return _by(query, [each.popularity or 0 for each in query.candidates])


def _by(query: Query, scores: Sequence[float]) -> list[str]:
    pairs = zip(scores, (each.identity for each in query.candidates), strict=True)
    return [identity for _, identity in sorted(pairs, key=lambda pair: (-pair[0], pair[1]))]


def _need(wanted: Product) -> Need:
    return Need(tuple(sorted(wanted.capabilities)), frozenset(), None, None, None, None, wanted.description)


def _alternative(product: Product, need: Need, taxonomy: Taxonomy) -> Alternative:
    """An alternative of which nothing is known but what it does and what is written of it."""
    registers = Registers(None, Catalogue.of(), taxonomy, frozenset())
    return Alternative(
        kind="catalogue",
        identity=product.identity,
        name=product.name,
        coverage=coverage_of(need, _offered(product), taxonomy),
        facts=Facts({}, {}, {}, registers, None),
        decision=NOTHING_FOUND,
        program=_program(),
        text=_text(product),
    )


@cache
def _program() -> Program:
    return Guard.load().program


def _offered(product: Product) -> Mapping[str, str]:
    return dict.fromkeys(product.capabilities, "full")


def _text(product: Product) -> str:
    return f"{product.name} {product.description}"


def _words(product: Product) -> str:
    return "".join(f" {name}" for name in sorted(product.capabilities))


def _product(record: Record, categories: Iterable[str]) -> Product:
    description, stars = record.get("description") or "", record.get("stars")
    return Product(str(record["id"]), str(record["name"]), description, frozenset(categories), stars)


def _without(product: Product, hidden: set[str]) -> Product:
    return product._replace(capabilities=product.capabilities - hidden)


def _counts(record: Record) -> bool:
    """Of web technologies only what is sold as a service."""
    return bool(record.get("saas", True))


def _drawn(count: int) -> list[int]:
    return sorted(_random().sample(range(count), min(QUERIES, count)))


def _random() -> Random:
    return Random(SEED)


def _differences(found: Mapping[str, Sequence[Quality]]) -> Iterator[str]:
    for title in (TEXT, LIBRARY):
        if title in found:
            shown = ", ".join(_difference(place, found[OURS], found[title]) for place in range(len(NAMES)))
            yield f"{OURS} less {title}, with the 95 % interval of {DRAWS:,} draws: {shown}"


def _difference(place: int, ours: Sequence[Quality], others: Sequence[Quality]) -> str:
    differences = [own[place] - other[place] for own, other in zip(ours, others, strict=True)]
    least, most = interval(differences)
    return f"{NAMES[place]} {sum(differences) / len(differences):+.3f} ({least:+.3f} to {most:+.3f})"


def _unmet(found: Mapping[str, Sequence[Quality]]) -> Iterator[str]:
    for name, own, text in zip(NAMES, means(found[OURS]), means(found[TEXT]), strict=True):
        if own <= text:
            yield f"{OURS} must beat {TEXT}: {name} {own:.3f} against {text:.3f}"


def _skipped() -> list[str]:
    return [] if installed(PEER) else [f"{LIBRARY}: SKIPPED, not installed"]
