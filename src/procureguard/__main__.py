"""`python -m procureguard`."""

from procureguard.cli import main

main()
