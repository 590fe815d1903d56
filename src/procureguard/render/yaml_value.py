"""Plain data as YAML on one line, as a person would write it."""

import json
import re
from typing import Any

from procureguard.source.scalar import is_plain

_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\"\\]")


def yaml_value(data: Any) -> str:  # noqa: ANN401 - anything JSON can hold
    """The value as YAML on one line, texts in quotes where they would otherwise mean something else."""
    match data:
        case str():
            return data if is_plain(data) else _quoted(data)
        case list():
            return f"[{', '.join(yaml_value(item) for item in data)}]"
        case dict():
            return f"{{{', '.join(f'{yaml_value(name)}: {yaml_value(value)}' for name, value in data.items())}}}"
        case _:
            return json.dumps(data)


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
