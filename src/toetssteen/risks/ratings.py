"""How severe a risk is by what somebody rated, and whether it comes first; nothing is read here."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from toetssteen.core.frameworks import Pack, SeverityScale
from toetssteen.core.frameworks.rules import ScaleDimension
from toetssteen.core.prioritisation import Rating, comes_first, severity
from toetssteen.risks.models import Risk


def rating_of(risk: Risk, scale: SeverityScale) -> Rating:
    """What was rated of a risk, for the rules of the core.

    A score that this scale does not have, taken along from a year with another one, waits to be given again.
    """
    scores = {d.id: score for d in scale.dimensions if (score := _within(d, getattr(risk, d.id, None))) is not None}
    return Rating(scores, _within(scale.likelihood, risk.likelihood))


def _within(row: ScaleDimension, score: int | None) -> int | None:
    return score if score is not None and row.min <= score <= row.max else None


def likelihood_of(risk: Risk, pack: Pack) -> int | None:
    """How likely a risk is on the scale of the pack; None while nobody rated that."""
    return rating_of(risk, pack.severity).likelihood if pack.severity else risk.likelihood


def severity_of(risk: Risk, pack: Pack) -> Fraction | None:
    """How severe a risk is by the pack's method; None while one of the dimensions has no score."""
    return severity(pack.severity, rating_of(risk, pack.severity)) if pack.severity else None


def is_scored(risk: Risk, pack: Pack) -> bool:
    """A risk has a score for severity and for likelihood."""
    return likelihood_of(risk, pack) is not None and severity_of(risk, pack) is not None


def is_top_priority(risk: Risk, pack: Pack) -> bool:
    """A scored risk that is both severe and likely enough to come first, by the pack's bounds."""
    return pack.severity is not None and comes_first(pack.severity, rating_of(risk, pack.severity))


def top_priority_ids(rows: Iterable[Risk], pack: Pack) -> frozenset[int]:
    """The risks among these that come first."""
    return frozenset(risk.pk for risk in rows if is_top_priority(risk, pack))
