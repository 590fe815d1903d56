"""`procureguard inventory`."""

import click

from procureguard.cli.inventory_import import import_inventory


@click.group()
def inventory() -> None:
    """The tools the company owns."""


inventory.add_command(import_inventory)
