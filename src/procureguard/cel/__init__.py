"""The expression language: a profile of CEL, parsed and type-checked here, with unknowns.

`parse` text to a tree, `check` it against what the paths mean; then `Emitter` generates Python from it, `interpret`
evaluates it (`trace` with all it saw), `describe` says it in English and `unparse` writes it out.
"""
