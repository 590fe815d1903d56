"""Benchmarks: decisions, start-up and missing facts, beside the same rules in other engines."""
