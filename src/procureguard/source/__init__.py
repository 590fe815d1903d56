"""Texts with positions, the diagnostics about them, and the readers of YAML and JSON; knows nothing of procurement."""
