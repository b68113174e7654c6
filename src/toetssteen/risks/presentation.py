"""Risks in the words of the reader; no queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.core.frameworks.rules import ScaleDimension
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.risks.choices import RESPONSES, Involvement, SourceKind
from toetssteen.risks.models import Risk
from toetssteen.risks.proposals import Proposal
from toetssteen.risks.queries import Board, Placed, severity_of

# How dark a cell of the matrix is, by severity (from high to low) and likelihood; the letters carry the meaning.
SHADES = ((3, 4, 4, 5, 5), (2, 3, 4, 4, 5), (2, 2, 3, 3, 4), (1, 2, 2, 3, 3), (1, 1, 2, 2, 2))


def theme_name(pack: Pack, theme: str) -> str:
    """A theme by its name; one that this version of the framework does not have keeps its own."""
    return next((in_language(row.name) for row in pack.themes if row.id == theme), theme)


def place_of(risk: Risk, chains: Sequence[Any]) -> str:
    """Where a risk plays, in a few words."""
    area = risk.quarry_area.name if risk.quarry_area else ""
    words = [
        str(chains[0]) if chains else "",
        risk.site_text or area,
        country_name(risk.country) if risk.country else "",
    ]
    more = f" (+{len(chains) - 1})" if len(chains) > 1 else ""
    return ", ".join(word for word in (words[0] + more, *words[1:]) if word)


def rows(board: Board, pack: Pack) -> list[dict[str, Any]]:
    """The ranked list."""
    return [
        {
            "placed": row,
            "risk": row.risk,
            "letter": row.letter,
            "theme": theme_name(pack, row.risk.theme),
            "place": place_of(row.risk, row.chains),
            "severity": row.severity,
            "first": number == 0,
            "last": number == len(board.rows) - 1,
        }
        for number, row in enumerate(board.rows)
    ]


def moves(board: Board, pack: Pack) -> list[dict[str, Any]]:
    """The moves against the order, with the reasons."""
    return [
        {
            "up": move.up,
            "risk_name": theme_name(pack, move.risk.theme),
            "passed_name": theme_name(pack, move.passed.theme),
            "reason": move.reason,
            "moved_by": move.moved_by,
            "moved_at": move.moved_at,
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
    placed: dict[tuple[int, int], list[Placed]] = {}
    for row in board.rows:
        if row.severity is not None and row.risk.likelihood is not None:
            placed.setdefault((_whole(row.severity), row.risk.likelihood), []).append(row)
    lines = []
    for line, level in enumerate(range(high, low - 1, -1)):
        cells = [
            {"shade": _shade(line, column, high - low, len(across)), "rows": placed.get((level, chance), [])}
            for column, chance in enumerate(across)
        ]
        lines.append({"level": level, "cells": cells})
    return {"lines": lines, "across": across, "low": low, "high": high, "likely": scale.likelihood.max}


def _whole(severity: Fraction) -> int:
    return int(severity + Fraction(1, 2))


def _shade(line: int, column: int, most: int, across: int) -> int:
    """The shade of a cell, also where a scale has more or fewer steps than five."""
    last = len(SHADES) - 1
    return SHADES[line * last // max(most, 1)][column * last // max(across - 1, 1)]


def ratings(risk: Risk, pack: Pack) -> list[dict[str, Any]]:
    """What was rated, one line per dimension with the pack's example; nothing where nobody rated."""
    if pack.severity is None:
        return []
    lines: list[tuple[ScaleDimension, int | None]] = [
        (row, getattr(risk, row.id, None)) for row in (*pack.severity.dimensions,)
    ]
    return [_rating(row, score) for row, score in lines] + [
        _rating(pack.severity.likelihood, risk.likelihood) | {"label": "", "is_likelihood": True}
    ]


def _rating(row: ScaleDimension, score: int | None) -> dict[str, Any]:
    anchor = row.anchors.get(score) if score is not None else None
    return {
        "label": in_language(row.text).split(":")[0],
        "score": score,
        "most": row.max,
        "example": in_language(anchor) if anchor else "",
    }


def about(risk: Risk, pack: Pack, chains: Sequence[Any]) -> dict[str, Any]:
    """One risk as its page shows it."""
    involvement = Involvement(risk.involvement) if risk.involvement in Involvement.values else None
    known = risk.source_kind in SourceKind.values
    return {
        "risk": risk,
        "theme": theme_name(pack, risk.theme),
        "place": place_of(risk, chains),
        "chains": chains,
        "ratings": ratings(risk, pack),
        "severity": severity_of(risk, pack),
        "source": SourceKind(risk.source_kind).label if known else risk.source_kind,
        "involvement": involvement.label if involvement else risk.involvement,
        "response": RESPONSES[involvement] if involvement else "",
        "measures": [theme for theme in pack.themes if theme.id == risk.theme],
    }


def proposal_rows(proposals: Iterable[Proposal], pack: Pack) -> list[dict[str, Any]]:
    """Proposals as the list shows them."""
    found = []
    for row in proposals:
        profile = row.profile
        found.append(
            {
                "proposal": row,
                "theme": theme_name(pack, row.theme),
                "country": country_name(row.country) if row.country else "",
                "statement": in_language(profile.statement) if profile else row.earlier and row.earlier.description,
                "region": profile.region if profile and profile.region != "all" else "",
                "source": profile.source if profile else "",
                "address": profile.source if profile and profile.source.startswith("https://") else "",
                "date": profile.source_date if profile else "",
            }
        )
    return found


def initial_of(risk: Risk) -> dict[str, Any]:
    """A stored risk as the form shows it; the chains in their order."""
    names = ("theme", "description", "country", "quarry_area_id", "site_text", "source_kind", "found_on",
             "source_text", "harmed", "involvement", "row_version")  # fmt: skip
    chains = [risk.chain_id, *(chain.pk for chain in risk.other_chains.all())]
    return {name: getattr(risk, name) for name in names} | {
        "is_actual": "yes" if risk.is_actual else "no",
        "chain_ids": [pk for pk in chains if pk],
        "evidence_ids": [row.pk for row in risk.evidence.all()],
    }
