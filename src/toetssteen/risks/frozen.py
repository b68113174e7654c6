"""The risks of a year as a report freezes them: in their order, with ratings, sources, reasons and views."""

from __future__ import annotations

from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.risks.board import Board, Placed, whole_board
from toetssteen.risks.choices import EARLIER, EVERYWHERE, PROFILE, profile_of
from toetssteen.risks.models import Rejection, Risk, RiskSource

RATED = ("scale", "scope", "irremediable", "likelihood")


def frozen_risks(organisation_id: int, year_number: int, pack: Pack) -> dict[str, Any]:
    """What a company handed in of its risks; names of people and the content of files stay out."""
    board = whole_board(organisation_id, year_number, pack)
    letters = {row.risk.pk: row.letter for row in board.rows}
    return {
        "order_is_chosen": board.is_chosen,
        "rows": [_risk(row) for row in board.rows],
        "moves": [
            {
                "risk": letters[move.risk_id],
                "passed": letters[move.passed_id],
                "up": move.up,
                "reason": move.reason,
                "moved_on": move.moved_at.date(),
            }
            for move in board.moves
            if board.stands(move)
        ],
        "views": [
            {"who": view.who, "said_on": view.said_on, "said": view.said, "changed": view.changed}
            for view in board.views
        ],
        "ended": _ended(organisation_id, year_number, board),
        "put_aside": _put_aside(organisation_id, year_number, pack),
    }


def _risk(row: Placed) -> dict[str, Any]:
    risk = row.risk
    return {
        "letter": row.letter,
        "theme": risk.theme,
        "description": risk.description,
        "is_actual": risk.is_actual,
        "chains": [{"material": chain.material, "trade_name": chain.trade_name} for chain in row.chains],
        "country": risk.country,
        "quarry_area": risk.quarry_area.name if risk.quarry_area else "",
        "site": risk.site_text,
        "harmed": risk.harmed,
        "involvement": risk.involvement,
        **{name: getattr(risk, name) for name in RATED},
        "severity": None if row.severity is None else str(row.severity),
        "severity_reason": risk.severity_reason,
        "comes_first": row.is_top,
        "against": row.is_against,
        "carried_as": risk.carried_as,
        "carried_note": risk.carried_note,
        "sources": [_source(source) for source in row.sources],
    }


def _source(source: RiskSource) -> dict[str, Any]:
    file = source.evidence
    return {
        "kind": source.kind,
        "said_on": source.said_on,
        "text": source.text,
        "profile": source.profile,
        "evidence": {"id": file.pk, "title": file.title, "file_name": file.file_name, "sha256": file.sha256}
        if file
        else None,
    }


def _ended(organisation_id: int, year_number: int, board: Board) -> list[dict[str, Any]]:
    """Risks of last year that do not play any more, with the reason."""
    rows = Rejection.objects.filter(organisation_id=organisation_id, year_number=year_number)
    reasons = {int(row.key.removeprefix(EARLIER)): row.reason for row in rows.filter(key__startswith=EARLIER)}
    gone = set(reasons) - {row.risk.carried_from_id for row in board.rows}
    risks = Risk.objects.filter(pk__in=gone).order_by("pk") if gone else []
    return [
        {"theme": risk.theme, "description": risk.description, "country": risk.country, "reason": reasons[risk.pk]}
        for risk in risks
    ]


def _put_aside(organisation_id: int, year_number: int, pack: Pack) -> list[dict[str, Any]]:
    """What public sources report for the company's chains and the company said does not play there, with why."""
    profiles = {profile.id: profile for profile in pack.risk_profiles}
    rows = Rejection.objects.filter(organisation_id=organisation_id, year_number__lte=year_number)
    rows = rows.filter(key__startswith=PROFILE).prefetch_related("chains").order_by("pk")
    return [
        {
            "theme": profile.theme,
            "country": "" if profile.country == EVERYWHERE else profile.country,
            "profile": profile.id,
            "chains": [{"material": chain.material, "trade_name": chain.trade_name} for chain in row.chains.all()],
            "reason": row.reason,
            "decided_on": row.rejected_at.date(),
        }
        for row in rows
        if (profile := profiles.get(profile_of(row.key))) is not None
    ]
