"""Exports of other systems, read as tools of an inventory: table, profile, columns, values, tools, writing."""
