"""The solver: what policies say of all combinations of finitely many choices, and the cheapest that is good enough.

Policies are lifted once from single values to all values that the choices allow, exactly as the interpreter computes
them; what cannot be lifted within the limits is named and left to evaluation. z3 is imported where it first searches,
and it searches over nothing but these choices: no arithmetic, no texts, no quantifiers.
"""
