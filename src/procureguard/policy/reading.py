"""How hard a sentence is to read: its words, their syllables, and the school grade they add up to."""

import re
from collections.abc import Iterator

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s|$)|$)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['\u2019.,:/&-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:(?<![aeiouyl])e|(?<=[aeiouy])le|(?<=[^aeiouytd])ed|(?<=[^aeiouysxzcg])es)$")
_TWO_SOUNDS = re.compile(r"i[ao]|(?<!q)ua|(?<!p)eo|(?<=[aeiou])ing|iu")
_ONE_SOUND = re.compile(r"[cstg]i(?:on|al|ous)|geo")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends."""
    return ((found.start(), found.end()) for found in _SENTENCE.finditer(text))


def words(text: str) -> list[str]:
    """The words of a text; a fact in braces counts as one short word, for its value is not known here."""
    return _WORD.findall(_PLACEHOLDER.sub("thing", text))


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    folded = word.lower()
    if folded.endswith(("'s", "\u2019s")):
        folded = folded[:-2]
    sounds = len(_VOWELS.findall(folded)) + len(_TWO_SOUNDS.findall(_ONE_SOUND.sub("", folded)))
    return max(1, sounds - (_SILENT_END.search(folded) is not None))


def grade(text: str) -> float:
    """The school year in which a text can be read, by the formula of Flesch and Kincaid; 0.0 for no words."""
    found = words(text)
    if not found:
        return 0.0
    count = max(1, sum(1 for _ in sentences(text)))
    return 0.39 * len(found) / count + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
