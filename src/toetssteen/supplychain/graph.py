"""The drawing of chains: who delivers through which factory from which area and quarry, with the gaps as gaps.

Pure layout: rows of chains in, boxes and lines out. The page shows the same rows as a table.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from toetssteen.supplychain.choices import LinkState

WIDE, HIGH, BETWEEN, APART, TOP = 186, 46, 12, 46, 34
FIRST = 118  # the box of the company itself
MOST_BOXES = 12
MOST_GAPS = 5
LETTERS, SMALL_LETTERS = 25, 31


@dataclass(frozen=True)
class Stop:
    """What a chain says at one level: a name with its place, or in which way it is not known."""

    state: str
    key: str  # the same for the same thing, however often it is named
    name: str = ""
    where: str = ""
    day: str = ""  # when it was asked, in words


@dataclass(frozen=True)
class Route:
    """One chain as it is drawn and listed: its stops per level."""

    id: int
    title: str
    trade_name: str
    group: str
    own: bool
    stops: tuple[tuple[Stop, ...], ...]

    @property
    def has_gap(self) -> bool:
        return self.own and any(all(stop.state != LinkState.KNOWN for stop in stops) for stops in self.stops)


@dataclass
class Box:
    """One thing in the drawing, with the chains that run through it."""

    key: str
    column: int
    state: str  # a state of a link, "own" for the company, "fold" for several small ones together
    name: str
    where: str = ""
    chains: set[int] = field(default_factory=set)
    folded: int = 0
    y: int = 0

    @property
    def x(self) -> int:
        return 0 if self.column == 0 else FIRST + APART + (self.column - 1) * (WIDE + APART)

    @property
    def width(self) -> int:
        return FIRST if self.column == 0 else WIDE

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def count_x(self) -> int:
        return self.x + self.width - 10

    @property
    def line_1(self) -> str:
        return shortened(self.name, LETTERS if self.column else 14)

    @property
    def line_2(self) -> str:
        return shortened(self.where, SMALL_LETTERS if self.column else 14)

    @property
    def y_1(self) -> int:
        return self.y + (20 if self.where else 28)

    @property
    def y_2(self) -> int:
        return self.y + 36

    @property
    def is_gap(self) -> bool:
        return self.state in (LinkState.UNKNOWN, LinkState.ASKED, LinkState.REFUSED)

    @property
    def many(self) -> int:
        return len(self.chains)


@dataclass(frozen=True)
class Line:
    """A line between two boxes that stand in one chain."""

    path: str
    width: str
    is_gap: bool


@dataclass(frozen=True)
class Graph:
    """A whole drawing."""

    boxes: Sequence[Box]
    lines: Sequence[Line]
    heads: Sequence[tuple[int, str]]
    width: int
    height: int
    folded: int  # things that stand together in one box

    @property
    def gaps(self) -> int:
        return sum(box.is_gap for box in self.boxes)


def shortened(text: str, letters: int) -> str:
    """The text, or its beginning when it does not fit; broad letters take the room of two."""
    room = letters * 10
    for place, letter in enumerate(text):
        room -= 20 if unicodedata.east_asian_width(letter) in "WF" else 13 if letter.isupper() else 10
        if room < 0:
            return f"{text[: max(place - 1, 1)].rstrip()}…"
    return text


def halved(text: str, letters: int) -> tuple[str, str]:
    """A name over two lines, broken at a space."""
    if len(text) <= letters:
        return text, ""
    at = text.rfind(" ", 0, letters + 1)
    return (text[:at], text[at + 1 :]) if at > 0 else (text, "")


def drawn(
    routes: Sequence[Route], company: str, levels: Sequence[str], words: dict[str, str], *, fold: bool = True
) -> Graph:
    """The drawing of some chains; `levels` are the names of the levels, `words` says states and "fold" in words."""
    columns, pairs = _collected(routes, company, len(levels), words)
    folded = 0
    if fold:
        for column in range(1, len(columns)):
            folded += _fold(columns, pairs, column, words)
    _place(columns, pairs)
    at = {box.key: box for boxes in columns for box in boxes.values()}
    height = max(max((box.y + HIGH for box in boxes.values()), default=0) for boxes in columns)
    heads = [
        (next(iter(boxes.values())).text_x, level) for boxes, level in zip(columns[1:], levels, strict=True) if boxes
    ]
    return Graph(
        boxes=[box for boxes in columns for box in boxes.values()],
        lines=[_line(at[a], at[b], len(chains)) for (a, b), chains in pairs.items()],
        heads=heads,
        width=FIRST + len(levels) * (WIDE + APART) + 2,
        height=height + 6,
        folded=folded,
    )


Columns = list[dict[str, Box]]
Pairs = dict[tuple[str, str], set[int]]


def _collected(routes: Sequence[Route], company: str, levels: int, words: dict[str, str]) -> tuple[Columns, Pairs]:
    """Every thing once, and which stand next to each other in a chain."""
    columns: Columns = [{"0": Box("0", 0, "own", *halved(company, 14))}, *({} for _ in range(levels))]
    pairs: Pairs = {}
    for route in routes:
        columns[0]["0"].chains.add(route.id)
        before = ["0"]
        for column, stops in enumerate(route.stops, 1):
            here = []
            for stop in stops:
                if stop.state == LinkState.KNOWN:
                    key, name, where = f"{column}:{stop.key}", stop.name, stop.where
                else:  # a gap belongs to what stands before it, so that one sees whom to ask
                    key, name, where = f"{column}:{stop.state}<{'|'.join(before)}", words[stop.state], stop.day
                box = columns[column].setdefault(key, Box(key, column, stop.state, name, where))
                box.chains.add(route.id)
                if box.is_gap and box.where != where:
                    box.where = ""
                here.append(key)
            for a in before:
                for b in here:
                    pairs.setdefault((a, b), set()).add(route.id)
            before = here
    return columns, pairs


def _fold(columns: Columns, pairs: Pairs, column: int, words: dict[str, str]) -> int:
    """Put the smallest boxes of a full column together, and gaps of one kind when there are many."""
    boxes = list(columns[column].values())
    sure = sorted((box for box in boxes if not box.is_gap), key=lambda box: (-box.many, box.name.casefold()))
    gaps = [box for box in boxes if box.is_gap]
    together: dict[str, list[Box]] = {}
    if len(sure) > MOST_BOXES:
        together["fold"] = sure[MOST_BOXES - 1 :]
    if len(gaps) > MOST_GAPS:
        for box in gaps:
            together.setdefault(box.state, []).append(box)
    for state, small in together.items():
        _merge(columns, pairs, column, state, small, words)
    return len(together.get("fold", ()))


def _merge(columns: Columns, pairs: Pairs, column: int, state: str, small: list[Box], words: dict[str, str]) -> None:
    if len(small) < 2:
        return
    key, gone = f"{column}:together:{state}", {box.key for box in small}
    name = words["fold"] % {"n": len(small)} if state == "fold" else words[state]
    chains = set().union(*(box.chains for box in small))
    for box in small:
        del columns[column][box.key]
    columns[column][key] = Box(key, column, state, name, "", chains, len(small))
    for (a, b), through in list(pairs.items()):
        if a in gone or b in gone:
            del pairs[(a, b)]
            pairs.setdefault((key if a in gone else a, key if b in gone else b), set()).update(through)


def _place(columns: Columns, pairs: Pairs) -> None:
    """Order every column by what stands before it, so that few lines cross; each column in the middle."""
    before: dict[str, list[str]] = {}
    for a, b in pairs:
        before.setdefault(b, []).append(a)
    at: dict[str, float] = {}
    tallest = max(len(boxes) for boxes in columns)
    for number, boxes in enumerate(columns):

        def rank(box: Box) -> tuple[float, int, str]:
            befores = [at[a] for a in before.get(box.key, ()) if a in at]
            return (sum(befores) / len(befores) if befores else 0.0, -box.many, box.name.casefold())

        ordered = sorted(boxes.values(), key=rank)
        start = TOP + (tallest - len(ordered)) * (HIGH + BETWEEN) // 2 if number == 0 else TOP
        for place, box in enumerate(ordered):
            box.y = start + place * (HIGH + BETWEEN)
            at[box.key] = box.y
        columns[number] = {box.key: box for box in ordered}


def _line(a: Box, b: Box, chains: int) -> Line:
    x1, y1, x2, y2 = a.x + a.width, a.y + HIGH // 2, b.x, b.y + HIGH // 2
    middle = (x1 + x2) // 2
    return Line(
        path=f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}",
        width=f"{min(12 + 4 * chains, 60) / 10:g}",
        is_gap=a.is_gap or b.is_gap,
    )
