"""Free words to capabilities: what somebody may mean who says in their own words what a tool should do.

A capability that is called so comes first. Otherwise every word counts by how rare it is among all capabilities, and a
word that no capability uses counts as those that look like it, so that a slip of the hand does no harm.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from procureguard.capabilities import Capability, Taxonomy
from procureguard.likeness import folded, shared_runs

FOUND = 5
"""So many capabilities are as many as somebody compares."""

RESEMBLING = 0.05
"""What scores less resembles the words too little to be worth a look."""

_ALIKE = 0.5
"""Words less alike than this are different words."""

_BY_DESCRIPTION = 0.8
"""What a word of a description counts, next to one of a title or a synonym."""

_BY_COVERAGE = 0.7
"""How far the share of the words counts; the rest is how wholly a title or a synonym was said."""

_FILLER = 0.4
"""What a word counts that fits every tool."""

_LONGEST = 40
"""So many words are read; a need is said in fewer."""

_WORD = re.compile(r"[^\W_]+")

_SILENT = frozenset(
    "a about across after all an and any are as at be before being by can could do does each every for from get gets "
    "had has have help helps her his how i if in into is it its let lets like make makes many may me more most much "
    "my need needs no not of off on one or other our out over own people she should so some somebody someone "
    "something that the their them then there these they this those to up us use used using want wants was we what "
    "when where which while who whom whose why will with without would you your fur das der die ein eine mit und".split()
)
"""Words that say nothing of what a tool does."""

_FILLERS = frozenset(
    "app application manage management marketing online platform product program programme service software solution "
    "suite system team technology tool web".split()
)
"""Words that fit nearly every tool here."""


_EVERYDAY = frozenset(
    "ahead all always available big bring build business buy change come company copy create customer daily day "
    "different do easy end enough everybody everything fast find first free give go good great happen hold house idea "
    "info information keep know large last leave list little live long look low match month move name new next nice "
    "night now number offer old once online open order part people person pick place plan point product put quick "
    "quickly read ready real right run same sell send set share shop show side single site small special start state "
    "stay stop take talk tell thing think three through time today together track try turn two under useful visit "
    "visitor want watch way website week work world write year".split()
)
"""Words of every conversation: they say less than their rarity among capabilities makes believe."""


class Match(NamedTuple):
    """A capability that somebody may mean: how sure that is, from 0 to 1, and the words it was found by."""

    identity: str
    title: str
    score: float
    by: Literal["title", "synonym", "description"]
    word: str


class _Phrase(NamedTuple):
    """One way a capability is called or told of."""

    by: Literal["title", "synonym", "description"]
    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """A taxonomy made ready to be searched: names with their capability, phrases by capability, weights of words."""

    named: Mapping[str, tuple[str, _Phrase]]
    phrases: Mapping[str, tuple[_Phrase, ...]]
    weights: Mapping[str, float]
    unknown: float

    def weight(self, word: str) -> float:
        """What a word counts: rare ones much, fillers little."""
        return self.weights.get(word, self.unknown)


def search(taxonomy: Taxonomy, words: str, limit: int = FOUND) -> tuple[Match, ...]:
    """The capabilities that free words may mean, best first, none where nothing resembles them."""
    index = _index(taxonomy)
    named = _named(index, words)
    said = _said(words, index.weights)
    alike = {word: _alike(index, word) for word in said}
    found = {name: _match(name, phrases, alike, index) for name, phrases in index.phrases.items()} if said else {}
    if named is not None:
        found[named[0]] = (1.0, named[1])
    best = sorted((-round(score, 3), name) for name, (score, _) in found.items() if score >= RESEMBLING)[:limit]
    return tuple(
        Match(name, taxonomy.title(name), -score, found[name][1].by, found[name][1].text) for score, name in best
    )


def _named(index: _Index, words: str) -> tuple[str, _Phrase] | None:
    """The capability that is called so, with or without the fillers."""
    plain = _words(words)
    keys = (" ".join(plain), " ".join(word for word in plain if word not in _FILLERS | _SILENT))
    return next((index.named[key] for key in keys if key in index.named), None)


def _match(
    name: str, phrases: tuple[_Phrase, ...], alike: Mapping[str, Mapping[str, float]], index: _Index
) -> tuple[float, _Phrase]:
    """How far the words said and those of a capability cover each other, and the phrase that does so best."""
    scored = [(_shared(phrase, alike, index), phrase) for phrase in phrases]
    whole = max((complete(phrase, alike, index) for phrase in phrases if phrase.by != "description"), default=0.0)
    covered = sum(
        index.weight(word) * max(_likest(phrase, like) * (_BY_DESCRIPTION if phrase.by == "description" else 1) for phrase in phrases)
        for word, like in alike.items()
    ) / sum(map(index.weight, alike))
    best = max(scored, key=lambda it: it[0])[1]
    return _HIGHEST * covered * (_BY_COVERAGE + (1 - _BY_COVERAGE) * whole), best


def complete(phrase: _Phrase, alike: Mapping[str, Mapping[str, float]], index: _Index) -> float:
    return sum(
        index.weight(word) * max(like.get(word, 0.0) for like in alike.values()) for word in phrase.words
    ) / sum(map(index.weight, phrase.words))


def _shared(phrase: _Phrase, alike: Mapping[str, Mapping[str, float]], index: _Index) -> float:
    covered = sum(index.weight(word) * _likest(phrase, like) for word, like in alike.items()) 
    return covered * (0.5+ 0.5*complete(phrase, alike, index)) * (_BY_DESCRIPTION if phrase.by == "description" else 1)

def _likest(phrase: _Phrase, like: Mapping[str, float]) -> float:
    return max((like.get(word, 0.0) for word in phrase.words), default=0.0)


def _said(words: str, known: Mapping[str, float]) -> tuple[str, ...]:
    """The words that say something, two that are one word elsewhere as one."""
    plain = _words(words)[:_LONGEST]
    said: list[str] = []
    for word in plain:
        if said and said[-1] + word in known:
            said[-1] += word
        else:
            said.append(word)
    kept = [word for word in said if word not in _SILENT]
    return tuple(dict.fromkeys(kept))


def _words(text: str) -> list[str]:
    return [_singular(word) for word in _WORD.findall(folded(text).replace("\u2019", "'").replace("'s", ""))]


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


def _alike(index: _Index, word: str) -> dict[str, float]:
    found = {known: shared_runs(word, known) for known in index.weights if known[:1] == word[:1] or known[1:2]==word[1:2]}
    out = {known: _share(like) for known, like in found.items() if like >= _ALIKE}
    if word in index.weights:
        out = {known: like*_KNOWN for known, like in out.items()}
        out[word] = 1.0
    return out

def _share(like): return like
_KNOWN=0.6
_HIGHEST = 0.95

@lru_cache(8)
def _index(taxonomy: Taxonomy) -> _Index:
    phrases = {name: tuple(_phrases(capability)) for name, capability in taxonomy.capabilities.items()}
    named = {" ".join(_words(phrase.text)): (name, phrase) for name, found in phrases.items() for phrase in found if phrase.by != "description"}
    named |= {" ".join(_words(name)): (name, found[0]) for name, found in phrases.items()}
    uses: dict[str, int] = {}
    for found in phrases.values():
        for word in frozenset().union(*(p.words for p in found)):
            uses[word] = uses.get(word, 0) + 1
    count = len(phrases)
    weights = {word: (_FILLER if word in _FILLERS else math.log(1 + count / used) * (_EVER if word in _EVERYDAY else 1)) for word, used in uses.items()}
    return _Index(named, phrases, weights, _UNKNOWN*math.log(1 + count))

_UNKNOWN=.5
_EVER=.5
def _phrases(capability: Capability) -> Iterator[_Phrase]:
    texts = (("title", capability.title), ("title", capability.identity), *(("synonym", s) for s in capability.synonyms), ("description", capability.does))
    for by, text in texts:
        words = frozenset(_words(text)) - _SILENT
        if words:
            yield _Phrase(by, text, words)
