"""Exit codes, the same for every command."""

FINE = 0
FOUND = 1
UNUSABLE = 2
OUR_FAULT = 3
NO_FILE = 5
STOPPED = 130
