"""Connected groups of tools as rings with their connections; the smallest, the largest and islands as boxes."""

from collections.abc import Iterable, Sequence
from math import cos, degrees, pi, sin
from typing import NamedTuple

from procureguard.render.pictures.fitting import clipped, columns, in_pieces
from procureguard.stack.integrations import Group, Member
from procureguard.stack.inventory import Tool

WIDTH = 720
SMALLEST_RING = 5
LARGEST_RING = 48
NAME_COLUMNS = 22
COLUMN_ROOM = 6.5
BOX_COLUMNS = 24
BOXES_ACROSS = 4
BOX_WIDTH = WIDTH // BOXES_ACROSS
BOX_HEIGHT = 40
ROWS_EACH = 8


class Node(NamedTuple):
    """A system on the ring: its centre and radius, and its name with place, turn in degrees and side."""

    x: float
    y: float
    radius: float
    name: str
    label_x: float
    label_y: float
    turn: float
    anchor: str
    known: bool


class Ring(NamedTuple):
    """A group drawn as a ring; connections are curves that bend towards its centre."""

    identity: str
    size: int
    centre: int
    nodes: tuple[Node, ...]
    curves: tuple[tuple[float, float, float, float], ...]


class Box(NamedTuple):
    """A system by the upper left corner of its box, with a name and a line below it."""

    x: int
    y: int
    name: str
    detail: str
    known: bool


class Boxes(NamedTuple):
    """Systems in boxes, small enough for a page."""

    identity: str
    height: int
    boxes: tuple[Box, ...]


def ring(identity: str, group: Group) -> Ring | None:
    """The group as a ring, tools of one department side by side; None where boxes are easier to read."""
    count = len(group.members)
    if not SMALLEST_RING <= count <= LARGEST_RING:
        return None
    radius = 40 + 4 * count
    longest = max(columns(clipped(member.name, NAME_COLUMNS)) for member in group.members)
    centre = radius + 24 + round(longest * COLUMN_ROOM)
    ordered = sorted(group.members, key=_by_department)
    angles = {member.identity: 2 * pi * place / count - pi / 2 for place, member in enumerate(ordered)}
    places = {
        name: (_on(centre, radius, cos(angle)), _on(centre, radius, sin(angle))) for name, angle in angles.items()
    }
    nodes = (_node(member, angles[member.identity], radius, centre) for member in ordered)
    curves = ((*places[one], *places[other]) for one, other in group.connections)
    return Ring(identity, 2 * centre, centre, tuple(nodes), tuple(curves))


def member_boxes(identity: str, members: Sequence[Member]) -> tuple[Boxes, ...]:
    """The systems of a group in boxes, each with the number of its connections."""
    return _boxes(identity, [(member.name, _connections(member), member.tool is not None) for member in members])


def tool_boxes(identity: str, tools: Iterable[Tool]) -> tuple[Boxes, ...]:
    """Tools in boxes, each with its department."""
    return _boxes(identity, [(tool.name, tool.get("department") or "department not known", True) for tool in tools])


def _by_department(member: Member) -> tuple[bool, str, str]:
    department = (member.tool.get("department") if member.tool else None) or ""
    return not department, department, member.identity


def _node(member: Member, angle: float, radius: int, centre: int) -> Node:
    turn, left = degrees(angle), cos(angle) < 0
    size = 4 + min(6.0, member.connections / 2)
    away = radius + size + 6
    return Node(
        _on(centre, radius, cos(angle)),
        _on(centre, radius, sin(angle)),
        size,
        clipped(member.name, NAME_COLUMNS),
        _on(centre, away, cos(angle)),
        _on(centre, away, sin(angle)),
        round(turn + 180 if left else turn, 1),
        "end" if left else "start",
        member.tool is not None,
    )


def _on(centre: int, distance: float, share: float) -> float:
    return round(centre + distance * share, 1)


def _connections(member: Member) -> str:
    number = "1 connection" if member.connections == 1 else f"{member.connections} connections"
    return number if member.tool else f"{number}, not listed"


def _boxes(identity: str, cells: Sequence[tuple[str, str, bool]]) -> tuple[Boxes, ...]:
    pieces = enumerate(in_pieces(cells, ROWS_EACH * BOXES_ACROSS), start=1)
    return tuple(_sheet(f"{identity}-{place}", piece) for place, piece in pieces)


def _sheet(identity: str, cells: Sequence[tuple[str, str, bool]]) -> Boxes:
    drawn = (
        Box(
            place % BOXES_ACROSS * BOX_WIDTH,
            place // BOXES_ACROSS * BOX_HEIGHT,
            clipped(name, BOX_COLUMNS),
            clipped(detail, BOX_COLUMNS + 2),
            known,
        )
        for place, (name, detail, known) in enumerate(cells)
    )
    return Boxes(identity, -(-len(cells) // BOXES_ACROSS) * BOX_HEIGHT, tuple(drawn))
