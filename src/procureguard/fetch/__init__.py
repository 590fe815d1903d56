"""Fetching from other machines; the only place that opens a connection."""
