"""Benchmarks: decisions and missing facts beside other engines, time, and how good ranking and matching are."""
