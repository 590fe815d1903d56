"""The published result of a check, and how it is built from an evaluation."""
