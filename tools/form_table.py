"""The questions of the form as a table, with the facts each states and when they are asked."""

from collections.abc import Iterator

from procureguard import Guard
from procureguard.cel.english import bullets
from procureguard.policy.form import FormQuestion
from procureguard.render.markdown import escaped, table


def form_table() -> str:
    """All questions of the shipped form."""
    form = Guard.load().library().written.form
    assert form is not None
    rows = (
        (str(question.number), f"**{escaped(question.ask)}**", "<br>".join(_facts(question)))
        for question in form.questions
    )
    return f"After question {form.quick} a small purchase has its answer.\n\n" + table(
        ("no.", "question", "facts it states"), rows
    )


def _facts(question: FormQuestion) -> Iterator[str]:
    for path in question.facts:
        condition = question.asked_if.get(path)
        asked = "" if condition is None else f", if {escaped(' and '.join(bullets(condition.checked)))}"
        yield f"`{path}`{asked}"
