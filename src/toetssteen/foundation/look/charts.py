"""Small charts as SVG with attributes only; the page always shows the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from toetssteen.foundation.look import figures


@dataclass(frozen=True)
class Bar:
    """One bar: where it lies and what stands beside it; a value of None is suppressed or unknown."""

    label: str
    said: str
    said_before: str
    y: int
    width: str
    width_before: str
    known: bool


def geometry(value: Any, need: Any, of: Any, longest: Any) -> dict[str, str]:
    """The rectangles of a meter on a scale of 0-100."""
    scale = Fraction(_exact(longest) or _exact(of) or 1)
    part = min(Fraction(_exact(value) or 0), Fraction(_exact(of) or 0))
    per = Fraction(100) / scale
    shape = {"width": _dot(Fraction(_exact(of) or 0) * per), "value": _dot(part * per), "need": "", "gap": ""}
    if need is not None and need != "":
        wanted = Fraction(_exact(need) or 0)
        shape["need"] = _dot(wanted * per - Fraction(35, 100))
        if wanted > part:
            shape["gap"], shape["gap_width"] = _dot(part * per), _dot((wanted - part) * per)
    return shape


def _exact(value: Any) -> Fraction | None:
    if hasattr(value, "placeholder"):
        value = value.value
    if hasattr(value, "percent"):
        value = value.percent
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = value.replace(",", ".")
    return Fraction(value)


def _dot(value: Fraction) -> str:
    return f"{float(max(value, Fraction(0))):.2f}".rstrip("0").rstrip(".")


def _said(value: Any, unit: str) -> str:
    return figures.percent(value) if unit == "%" else figures.number(value)


def bars(rows: Sequence[Any], unit: str) -> tuple[list[Bar], int]:
    """Horizontal bars from rows of (label, value, earlier value or nothing); the axis starts at 0."""
    values = [_exact(v) for row in rows for v in list(row)[1:3]]
    longest = max([v for v in values if v is not None] or [Fraction(1)]) or Fraction(1)
    both = any(len(row) > 2 for row in rows)
    step, drawn = (42 if both else 32), []
    for position, row in enumerate(rows):
        label, value, *rest = row
        before = rest[0] if rest else None
        drawn.append(
            Bar(
                label=str(label),
                said=_said(value, unit) if value is not None else "",
                said_before=_said(before, unit) if before is not None else "",
                y=8 + position * step,
                width=_dot((_exact(value) or Fraction(0)) / longest * 300),
                width_before=_dot((_exact(before) or Fraction(0)) / longest * 300),
                known=value is not None,
            )
        )
    return drawn, 12 + step * len(rows)


@dataclass(frozen=True)
class Column:
    """One column of a histogram or a row of years."""

    label: str
    said: str
    x: int
    y: str
    height: str
    known: bool


def columns(rows: Sequence[Any], unit: str) -> tuple[list[Column], list[tuple[str, str]], int]:
    """Upright columns from rows of (label, value), with the lines of the axis."""
    values = [_exact(row[1]) or Fraction(0) for row in rows]
    top = Fraction(_round_up(max(values, default=Fraction(0))))
    width, step = 520, 470 // max(len(rows), 1)
    drawn = []
    for position, row in enumerate(rows):
        height = (_exact(row[1]) or Fraction(0)) / top * 180
        drawn.append(
            Column(
                label=str(row[0]),
                said=_said(row[1], unit) if row[1] is not None else "",
                x=44 + position * step + (step - 36) // 2,
                y=_dot(200 - height),
                height=_dot(height),
                known=row[1] is not None,
            )
        )
    lines = [(figures.number(top * i / 4, 1), _dot(Fraction(200 - 45 * i))) for i in range(5)]
    return drawn, lines, width


def _round_up(value: Fraction) -> int:
    for step in (4, 8, 12, 20, 40, 60, 80, 100, 200, 400, 600, 800, 1000, 2000, 4000, 10_000, 100_000):
        if value <= step:
            return step
    return int(value) + 1
