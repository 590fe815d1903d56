"""Policies: rules as files, agreed, dated, with their examples."""
