"""Asking on a terminal: questions go to standard error, and nobody is asked where nobody can answer."""

import os
import sys

import click

from procureguard.render.style import Style, wrapped


def can_ask() -> bool:
    """Whether somebody sits at a terminal: what is read from a pipe or in a pipeline is never waited for."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def say(text: str, first: str = "", other: str | None = None) -> None:
    """Tells the user something, each line behind an indent."""
    for line in wrapped(text, first, first if other is None else other):
        click.echo(line, err=True)


def say_heading(text: str) -> None:
    """Tells the user what follows, after an empty line."""
    style = Style(sys.stderr.isatty() and not os.environ.get("NO_COLOR"))
    click.echo("", err=True)
    for line in wrapped(text):
        click.echo(style.strong(line), err=True)


def ask_line(prompt: str) -> str:
    """One line that the user types.

    Raises:
        EOFError: the user has ended the input.
    """
    click.echo(prompt, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def ask_yes(question: str) -> bool:
    """A question that is answered by yes or no; an empty answer is no.

    Raises:
        EOFError: the user has ended the input.
    """
    while True:
        answer = ask_line(f"{question} [y/N] ").lower()
        if answer in {"", "n", "no"}:
            return False
        if answer in {"y", "yes"}:
            return True
        click.echo("  answer y or n", err=True)
