"""Sentences with facts in them: `{product.plan}` in a message, a remedy or a question."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from procureguard.policy.model import PARAMETER_PREFIX, Policy

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(text: str) -> Iterator[str]:
    """The fact paths a sentence names."""
    return (found[1] for found in _PLACEHOLDER.finditer(text))


def fill(text: str, words: Callable[[str], str]) -> str:
    """The sentence with every named fact in words."""
    return _PLACEHOLDER.sub(lambda found: words(found[1]), text)


def fill_for(policy: Policy, text: str, words: Callable[[str], str]) -> str:
    """A sentence of a policy with its parameters as they are written, and every fact in words."""

    def own(path: str) -> str:
        name = path.removeprefix(PARAMETER_PREFIX)
        return words(path) if name == path else as_written(policy.params[name])

    return fill(text, own)


def as_written(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """A value as its author would write it: text as it stands, `true`, `[1, 2]`."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
