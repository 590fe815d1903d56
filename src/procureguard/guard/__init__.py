"""The library's front door: load policies and the stack, check purchases."""

from procureguard.guard.guard import SHIPPED, Answer, Guard

__all__ = ["SHIPPED", "Answer", "Guard"]
