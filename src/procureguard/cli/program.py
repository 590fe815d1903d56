"""What the program is called, by people and by shells."""

PROGRAM = "procureguard"
VARIABLE = "_PROCUREGUARD_COMPLETE"
"""The environment variable by which a shell asks what may follow."""
