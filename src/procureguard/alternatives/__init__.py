"""Alternatives: other ways to meet the need, each judged by evaluating the purchase with it instead."""
