"""Free words to capabilities: what somebody may mean who says in their own words what a tool should do.

A capability that is called so comes first. Otherwise every word counts by how rare it is among all capabilities, and
stands as well for those that mean much the same or look like it, so that a slip of the hand does no harm.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from procureguard.capabilities import Capability, Taxonomy
from procureguard.capability_words import EVERYDAY, FILLERS, MEANING_THE_SAME, SILENT
from procureguard.likeness import folded, runs, share_of
from procureguard.source.diagnostic import Guess, guess
from procureguard.source.mending import Advice, Mending

FOUND = 5
"""So many capabilities are as many as somebody compares."""

SUGGESTED = 3
"""So many capabilities fit into a hint."""

SURE = 0.6
"""Words for a need that score less are asked back about; of what scores as much, 97 of 100 phrases are meant so."""

RESEMBLING = 0.2
"""What scores less resembles the words too little to be worth a look."""

_AS_GOOD = 0.9
"""What share of the best score makes another capability worth offering beside it."""

_HIGHEST = 0.95
"""The best score of a capability that is not called exactly so."""

_BY_DESCRIPTION = 0.8
"""What a word of a description counts, next to one of a title or a synonym."""

_BY_COVERAGE = 0.7
"""How far the share of the words covered decides; the rest is how wholly a title or a synonym was said."""

_ALIKE = 0.5
"""Words less alike than this are different words."""

_SWAPPED = 0.8
"""How alike two words are that differ by the order of their letters only."""

_SAME_MEANING = 0.6
"""How far a word stands for one that means much the same."""

_BESIDE_ITSELF = 0.6
"""How far a word that is known stands for those that look like it."""

_FILLER = 0.4
_EVERYDAY = 0.5
_LONGEST = 500
"""So many characters are read; a need is said in fewer."""

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['\u2019]s\b")

Way: TypeAlias = Literal["title", "synonym", "description"]
Likes: TypeAlias = Mapping[str, float]


class Match(NamedTuple):
    """A capability that somebody may mean: how sure that is, from 0 to 1, and the words it was found by."""

    identity: str
    title: str
    score: float
    by: Way
    words: str


class _Phrase(NamedTuple):
    """One way a capability is called or told of."""

    by: Way
    text: str
    words: frozenset[str]


class _Said(NamedTuple):
    """A word that was said: what it counts, and the known words it may stand for, each with how far, up to 1."""

    weight: float
    stands_for: Likes

    def within(self, phrase: _Phrase) -> float:
        """How far a phrase says the same."""
        likest = max((self.stands_for.get(word, 0.0) for word in phrase.words), default=0.0)
        return likest * _BY_DESCRIPTION if phrase.by == "description" else likest


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """A taxonomy made ready to be searched: phrases by capability and back, capabilities and weights by word."""

    phrases: Mapping[str, tuple[_Phrase, ...]]
    users: Mapping[str, frozenset[str]]
    named: Mapping[str, tuple[str, _Phrase]]
    weights: Mapping[str, float]

    def complete(self, said: tuple[_Said, ...], phrase: _Phrase) -> float:
        """How much of a phrase was said, from 0 to 1."""
        found = (self.weights[word] * max(it.stands_for.get(word, 0.0) for it in said) for word in phrase.words)
        return sum(found) / sum(self.weights[word] for word in phrase.words)


def search(taxonomy: Taxonomy, words: str, limit: int = FOUND) -> tuple[Match, ...]:
    """The capabilities that free words may mean, best first, none where nothing resembles the words."""
    index = _index(taxonomy)
    said = tuple(_said(words, index))
    candidates = frozenset().union(*(index.users[word] for it in said for word in it.stands_for))
    scored = {name: _score(index.phrases[name], said, index) for name in candidates}
    called = _called(words, index)
    if called is not None:
        scored[called[0]] = (1.0, called[1])
    best = sorted((-score, name) for name, (score, _) in scored.items() if score >= RESEMBLING)[:limit]
    return tuple(
        Match(name, taxonomy.title(name), -score, scored[name][1].by, scored[name][1].text) for score, name in best
    )


def meant_by(taxonomy: Taxonomy, word: str) -> Advice:
    """The hint that offers up to three capabilities for a word that is none, or no advice where nothing resembles it.

    It is plain which one is meant where one alone is called so, or where the word is one of its id mistyped.
    """
    found = search(taxonomy, word, SUGGESTED)
    near = [match for match in found if match.score >= found[0].score * _AS_GOOD]
    mistyped = guess(word, taxonomy.capabilities)
    if not near:
        return Advice.of(mistyped)
    names = [f"`{match.identity}`" for match in near]
    hint = f"did you mean {' or '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}?"
    best = near[0]
    called_so = best.score == 1.0 or (mistyped is not None and mistyped == Guess(best.identity, is_plain=True))
    return Advice(hint, Mending(best.identity) if called_so and len(near) == 1 else None)


def _score(phrases: tuple[_Phrase, ...], said: tuple[_Said, ...], index: _Index) -> tuple[float, _Phrase]:
    """How far a capability is what was said, and the phrase that says it best."""
    covered = sum(it.weight * max(it.within(phrase) for phrase in phrases) for it in said)
    share = covered / sum(it.weight for it in said)
    names = [phrase for phrase in phrases if phrase.by != "description"]
    complete = {phrase: index.complete(said, phrase) for phrase in phrases}
    whole = max((complete[phrase] for phrase in names), default=0.0)
    best = max(phrases, key=lambda phrase: (sum(it.weight * it.within(phrase) for it in said), complete[phrase]))
    return round(_HIGHEST * share * (_BY_COVERAGE + (1 - _BY_COVERAGE) * whole), 3), best


def _called(words: str, index: _Index) -> tuple[str, _Phrase] | None:
    """The capability that is called exactly so, with or without the words that say little."""
    spoken = _words(words)
    telling = [word for word in spoken if word not in FILLERS | SILENT]
    return next((index.named[key] for key in (" ".join(spoken), " ".join(telling)) if key in index.named), None)


def _said(words: str, index: _Index) -> Iterator[_Said]:
    """The words that say something, each once; none where all of them fit every tool."""
    spoken = [word for word in _joined(_words(words), index.weights) if word not in SILENT]
    if all(word in FILLERS for word in spoken):
        return
    for word in dict.fromkeys(spoken):
        stands_for = _stands_for(word, index.weights)
        weights = (index.weights[known] * like for known, like in stands_for.items())
        yield _Said(index.weights.get(word) or max(weights, default=_rarity(1, len(index.phrases), word)), stands_for)


def _joined(words: list[str], known: Mapping[str, float]) -> list[str]:
    """The words, two that are written as one elsewhere as one."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] + word in known:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _stands_for(word: str, known: Mapping[str, float]) -> Likes:
    """The known words that may be meant by one that was said, each with how far, up to 1."""
    found = {other: _SAME_MEANING for other in MEANING_THE_SAME.get(word, ()) if other in known}
    if word not in EVERYDAY:
        alike = ((other, _look_alike(word, other)) for other in known if other[0] == word[0])
        share = _BESIDE_ITSELF if word in known else 1.0
        for other, like in alike:
            if like >= _ALIKE:
                found[other] = max(like * share, found.get(other, 0.0))
    return found | {word: 1.0} if word in known else found


def _look_alike(word: str, other: str) -> float:
    return _SWAPPED if sorted(word) == sorted(other) else share_of(_runs(word), _runs(other))


_runs = lru_cache(4_000)(runs)


@lru_cache(8)
def _index(taxonomy: Taxonomy) -> _Index:
    phrases = {name: tuple(_phrases(capability)) for name, capability in taxonomy.capabilities.items()}
    users: dict[str, set[str]] = {}
    for name, found in phrases.items():
        for word in frozenset().union(*(phrase.words for phrase in found)):
            users.setdefault(word, set()).add(name)
    named = {
        " ".join(_words(phrase.text)): (name, phrase)
        for name, found in phrases.items()
        for phrase in reversed(found)  # of two phrases with the same words, the title and not the id
        if phrase.by != "description"
    }
    weights = {word: _rarity(len(names), len(phrases), word) for word, names in users.items()}
    return _Index(phrases, {word: frozenset(names) for word, names in users.items()}, named, weights)


def _phrases(capability: Capability) -> Iterator[_Phrase]:
    texts: tuple[tuple[Way, str], ...] = (
        ("title", capability.title),
        ("title", capability.identity),
        *(("synonym", synonym) for synonym in capability.synonyms),
        ("description", capability.does),
    )
    for by, text in texts:
        words = frozenset(_words(text)) - SILENT
        if words:
            yield _Phrase(by, text, words)


def _rarity(used: int, count: int, word: str) -> float:
    """What a word counts that so many of all capabilities use."""
    if word in FILLERS:
        return _FILLER
    return math.log(1 + count / used) * (_EVERYDAY if word in EVERYDAY else 1)


def _words(text: str) -> list[str]:
    return [_singular(word) for word in _WORD.findall(_POSSESSIVE.sub("", folded(text[:_LONGEST])))]


def _singular(word: str) -> str:
    """The word without its ending for several, which need not be a word but is the same for one and several."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) or len(word) < 3 else word.removesuffix("s")  # noqa: PLR2004
