"""One step of a change as a sentence: what somebody does so that a fact becomes different."""

from procureguard.facts.schema import FactType, Value, Way, to_data, to_words

INSTEAD = " instead of {now}"
"""What a sentence leaves out where nobody knows how the fact stands now."""


def step(kind: FactType, value: Value, now: Value | None = None) -> str:
    """The step that changes a fact, in the imperative and without a full stop.

    Args:
        kind: a fact that has a way.
        value: what it becomes; where something is added to a list or removed from it, that one item.
        now: what it is, or None where nobody knows.

    Raises:
        ValueError: the fact has no way, or none in words.
    """
    if kind.way is None or not kind.way.says:
        raise ValueError(f"no words say how `{kind.path}` is changed")
    one = kind._replace(type=kind.element) if kind.way.direction in {"add", "remove"} else kind
    sentence = _sentence(kind.way, one, value)
    if now is None:
        return sentence.replace(INSTEAD, "").format(value=to_words(one, value))
    return sentence.format(value=to_words(one, value), now=to_words(kind, now))


def _sentence(way: Way, kind: FactType, value: Value) -> str:
    if kind.is_list:
        return way.says
    shown = value[0] if kind.element == "record" else to_data(kind, value)
    return way.value_says.get(str(shown), way.says)
