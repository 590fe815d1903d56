"""Verdicts and rungs as a sentence says them."""

CASES = {
    "approve": "yes",
    "approve_with_conditions": "yes, with conditions",
    "needs_review": "people have to agree first",
    "deny": "not as asked",
    "needs_info": "answers are missing",
}
"""How an answer is told in the middle of a sentence."""
