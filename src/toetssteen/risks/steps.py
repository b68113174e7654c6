"""What a company best does next with its risks, the most urgent first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from toetssteen.core.frameworks import Pack
from toetssteen.risks.board import Board, Placed
from toetssteen.risks.sources import age_of

ORDER = ("carry", "rate", "look_again", "explain", "reason", "decide", "begin", "source", "fresh", "hear", "plan")


@dataclass(frozen=True)
class Step:
    """One thing to do: what, with how many, and with which risks."""

    what: str
    count: int
    rows: tuple[Placed, ...] = ()


def next_steps(
    board: Board, pack: Pack, today: dt.date, *, waiting: int, proposed: int, aimed_at: Collection[int]
) -> list[Step]:
    """Last year first, then what is on the list, then proposals, then sources and views, then the plan."""
    rows = board.rows
    about = {
        "rate": [row for row in rows if not row.is_rated],
        "look_again": [row for row in rows if row.risk.look_again],
        "reason": [row for row in rows if row.is_rated and not row.risk.severity_reason],
        "source": [row for row in rows if not row.sources],
        "fresh": [row for row in rows if row.sources and all(age_of(s, pack, today) for s in row.sources)],
        "explain": list(board.unexplained),
        "plan": [row for row in rows if row.is_top and row.risk.pk not in aimed_at],
    }
    found = {what: Step(what, len(those), tuple(those)) for what, those in about.items()}
    found["carry"], found["decide"] = Step("carry", waiting), Step("decide", proposed)
    found["begin"] = Step("begin", int(not rows and not waiting))
    found["hear"] = Step("hear", int(bool(rows) and not board.views))
    return [found[what] for what in ORDER if found[what].count]
