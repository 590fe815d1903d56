"""Reports whose words are bent: what a file may say, said everywhere at once."""

from dataclasses import fields, is_dataclass, replace

from written import Json


def bent(value: Json, change: Json) -> Json:
    """The same with every free text of a report changed; words that code looks up stay."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {
            "verdict",
            "best",
            "worst",
            "effect",
            "outcome",
            "role",
            "domain",
            "state",
            "due",
            "answered_by",
            "mode",
            "at_worst",
            "as_of",
        }
        kept |= {"tier", "source", "kind", "policy", "reasons", "after", "before", "on", "registers", "version"}
        changed = {
            field.name: bent(getattr(value, field.name), change) for field in fields(value) if field.name not in kept
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(bent(item, change) for item in value)
    return change(value) if isinstance(value, str) else value
