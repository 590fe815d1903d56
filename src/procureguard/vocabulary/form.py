"""The form: what a buyer is asked, in which order, and when."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from procureguard.vocabulary.kinds import Closed, Items, Kind, Many, Named, Text, Version, may_be_absent, whole
from procureguard.vocabulary.policies import Path, Test

Place = Annotated[int, Field(ge=0, le=100), BeforeValidator(whole), Kind("Place", "int")]


class FormQuestion(Closed):
    """One question of the form, and the facts its answer states."""

    ask: Text = Field(
        title="Question",
        description="In plain words, for somebody who has never seen the form.",
        examples=["Which tool is it, and which plan?", "Who will use it?"],
    )
    facts: Annotated[Many[Path], Field(min_length=1)] = Field(
        title="Facts that the answer states",
        description="By their paths.",
        examples=[["product.vendor", "product.plan"], ["request.users", "request.external_users"]],
    )
    asked_if: Named[Path, Test] = may_be_absent(
        title="When a fact is asked",
        description="By fact, an expression or a tree of all, any and none; always when left out.",
        examples=[{"request.trial_days": 'request.type == "trial"'}, {"web.cookies": "web.loads_on_site"}],
    )


class FormFile(Closed):
    """The questions that state a purchase; an answer of none of these states the empty list."""

    kind: Literal["form"] = Field(title="Kind of document", description="Always `form`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    quick: Place = Field(
        title="Questions that decide a small purchase",
        description="After so many questions a purchase of the lowest risk tier has its answer.",
        examples=[8, 6],
    )
    questions: Annotated[Items[FormQuestion], Field(min_length=1)] = Field(
        title="Questions, in their order", description="Those a purchase is decided by the soonest come first."
    )
