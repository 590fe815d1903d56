"""The version, a constant: reading package metadata would cost more than a check."""

__version__ = "0.1.0"
