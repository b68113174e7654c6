"""Last year beside this year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import number
from toetssteen.risks.board import Board, Placed
from toetssteen.risks.earlier import Since
from toetssteen.risks.models import Risk
from toetssteen.risks.presentation.words import place_of, theme_name
from toetssteen.risks.ratings import severity_of


def since(found: Iterable[Since], pack: Pack) -> list[dict[str, Any]]:
    """Last year's risks: the letter then, the letter now, and why."""
    return [
        {
            "letter": row.then.letter,
            "theme": theme_name(pack, row.then.risk.theme),
            "place": place_of(row.then.risk, row.then.chains, pack),
            "is_top": row.then.is_top,
            "risk": row.then.risk,
            "now": row.now,
            "ended": row.ended is not None,
            "why": why(row, pack),
        }
        for row in found
    ]


def why(row: Since, pack: Pack) -> list[str]:
    """Why a risk stands where it stands now, beside last year."""
    if row.ended is not None:
        return [_("Ended: %(reason)s") % {"reason": row.ended.reason}]
    if row.now is None:
        return [_("Nobody decided on it yet.")]
    reasons = []
    if row.is_rated_anew:
        was, now = _rated(row.then), _rated(row.now)
        reasons.append(_("Rated anew: was %(was)s, now %(now)s.") % {"was": was, "now": now})
        if row.now.risk.severity_reason and row.now.risk.severity_reason != row.then.risk.severity_reason:
            reasons.append(row.now.risk.severity_reason)
    if row.now.risk.carried_note:
        reasons.append(_("Changed: %(note)s") % {"note": row.now.risk.carried_note})
    reasons += [_("Moved: %(reason)s") % {"reason": move.reason} for move in row.moves]
    if not reasons:
        reasons.append(_("Rated as last year; others came, left or moved.") if row.has_moved else _("As last year."))
    return reasons


def _rated(row: Placed) -> str:
    if row.severity is None or row.likelihood is None:
        return _("unrated")
    return _("severity %(severity)s, likelihood %(likelihood)s") % {
        "severity": number(row.severity),
        "likelihood": row.likelihood,
    }


def newcomers(board: Board, pack: Pack) -> list[str]:
    """The risks that nobody noted last year, with their letters."""
    new = [row for row in board.rows if row.risk.carried_from_id is None]
    return [f"{row.letter} {theme_name(pack, row.risk.theme)}" for row in new]


def carry_lines(waiting: Iterable[Risk], form: Any, pack: Pack) -> list[dict[str, Any]]:
    """Each risk of last year with the two fields that say what becomes of it."""
    return [
        {
            "risk": risk,
            "theme": theme_name(pack, risk.theme),
            "place": place_of(risk, [risk.chain] if risk.chain else [], pack),
            "severity": severity_of(risk, pack),
            "what": form[f"what_{risk.pk}"],
            "note": form[f"note_{risk.pk}"],
        }
        for risk in waiting
    ]
