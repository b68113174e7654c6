"""The ranked list, the matrix and the reasons for another order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.risks.board import Board, Placed
from toetssteen.risks.models import Risk
from toetssteen.risks.presentation.words import place_of, theme_name
from toetssteen.risks.sources import age_of

# How dark a cell of the matrix is, by severity (from high to low) and likelihood; the letters carry the meaning.
SHADES = ((3, 4, 4, 5, 5), (2, 3, 4, 4, 5), (2, 2, 3, 3, 4), (1, 2, 2, 3, 3), (1, 1, 2, 2, 2))


# Words at the rim of the matrix, for a scale of five steps.
SEVERE = (
    gettext_lazy("minor"), gettext_lazy("limited"), gettext_lazy("moderate"), gettext_lazy("severe"),
    gettext_lazy("very severe"),
)  # fmt: skip


LIKELY = (
    gettext_lazy("unlikely"), gettext_lazy("small chance"), gettext_lazy("possible"), gettext_lazy("likely"),
    gettext_lazy("very likely"),
)  # fmt: skip


def rows(
    board: Board, pack: Pack, goals: Mapping[int, Sequence[tuple[str, str]]], today: dt.date
) -> list[dict[str, Any]]:
    """The ranked list."""
    return [
        {
            "placed": row,
            "risk": row.risk,
            "letter": row.letter,
            "theme": theme_name(pack, row.risk.theme),
            "place": place_of(row.risk, row.chains, pack),
            "severity": row.severity,
            "goals": goals.get(row.risk.pk, ()),
            "is_old": bool(row.sources) and all(age_of(source, pack, today) for source in row.sources),
            "first": number == 0,
            "last": number == len(board.rows) - 1,
        }
        for number, row in enumerate(board.rows)
    ]


def moves(board: Board, pack: Pack) -> list[dict[str, Any]]:
    """The moves against the order, with the reasons; undone ones and those that the order no longer shows say so."""
    letters = {row.risk.pk: row.letter for row in board.rows}

    def named(risk: Risk) -> str:
        return " ".join(word for word in (letters.get(risk.pk, ""), theme_name(pack, risk.theme)) if word)

    return [
        {
            "pk": move.pk,
            "risk": move.risk_id,
            "up": move.up,
            "risk_name": named(move.risk),
            "passed_name": named(move.passed),
            "reason": move.reason,
            "moved_by": move.moved_by,
            "moved_at": move.moved_at,
            "undone_by": move.undone_by,
            "undone_at": move.undone_at,
            "stands": board.stands(move),
        }
        for move in board.moves
    ]


def matrix(board: Board, pack: Pack) -> dict[str, Any] | None:
    """Severity against likelihood as a table; None without a scale."""
    scale = pack.severity
    if scale is None:
        return None
    low, high = min(d.min for d in scale.dimensions), max(d.max for d in scale.dimensions)
    across = list(range(scale.likelihood.min, scale.likelihood.max + 1))
    placed: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in board.rows:
        if row.severity is not None and row.likelihood is not None:
            placed.setdefault((_whole(row.severity), row.likelihood), []).append(_dot(row, pack))
    lines = []
    for line, level in enumerate(range(high, low - 1, -1)):
        cells = [
            {"shade": _shade(line, column, high - low, len(across)), "rows": placed.get((level, chance), [])}
            for column, chance in enumerate(across)
        ]
        lines.append({"level": level, "word": _word(SEVERE, level, low, high), "cells": cells})
    heads = [{"chance": n, "word": _word(LIKELY, n, across[0], across[-1])} for n in across]
    return {
        "lines": lines,
        "across": heads,
        "low": low,
        "high": high,
        "likely": scale.likelihood.max,
        "unrated": [_dot(row, pack) for row in board.rows if not row.is_rated],
    }


def _dot(row: Placed, pack: Pack) -> dict[str, Any]:
    return {"pk": row.risk.pk, "letter": row.letter, "is_top": row.is_top, "theme": theme_name(pack, row.risk.theme)}


def _word(words: Sequence[Any], level: int, low: int, high: int) -> Any:
    return words[level - low] if high - low + 1 == len(words) else ""


def key_question(pack: Pack) -> int | None:
    """From which year of a company ordering by severity and likelihood is a key question; None if it never is."""
    years = [
        question.key_from_year
        for question in pack.framework.questions.values()
        if question.derived_from == "risks.prioritised_share" and question.key_from_year is not None
    ]
    return min(years) if years else None


def _whole(severity: Fraction) -> int:
    return int(severity + Fraction(1, 2))


def _shade(line: int, column: int, most: int, across: int) -> int:
    """The shade of a cell, also where a scale has more or fewer steps than five."""
    last = len(SHADES) - 1
    return SHADES[line * last // max(most, 1)][column * last // max(across - 1, 1)]
