"""The risks of one company and year in their order, and what that order asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from string import ascii_uppercase

from django.db.models import Prefetch

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.core.prioritisation import Rating, follows_volume
from toetssteen.risks import policies
from toetssteen.risks.models import Move, Risk, RiskSource, StakeholderView
from toetssteen.risks.ratings import is_top_priority, likelihood_of, rating_of, severity_of
from toetssteen.supplychain.models import Chain


@dataclass(frozen=True)
class Placed:
    """A risk in its place: letter, severity, whether it comes first, and whether it stands against the order."""

    letter: str
    place: int
    risk: Risk
    severity: Fraction | None
    likelihood: int | None
    is_top: bool
    is_against: bool
    volume: Decimal | None
    chains: tuple[Chain, ...]
    sources: tuple[RiskSource, ...]

    @property
    def is_rated(self) -> bool:
        """Severity and likelihood were both rated."""
        return self.severity is not None and self.likelihood is not None


@dataclass(frozen=True)
class Board:
    """The risks of one company and year in their order, and what that order asks for."""

    rows: tuple[Placed, ...] = ()
    is_chosen: bool = False
    like_volume: bool = False
    unexplained: tuple[Placed, ...] = ()
    moves: tuple[Move, ...] = ()  # those with a reason
    views: tuple[StakeholderView, ...] = ()

    def stands(self, move: Move) -> bool:
        """A move that was not undone and that the order still shows."""
        places = {row.risk.pk: row.place for row in self.rows}
        if move.undone_at is not None or not {move.risk_id, move.passed_id} <= places.keys():
            return False
        return (places[move.risk_id] < places[move.passed_id]) == move.up


def board_of(actor: Actor, organisation_id: int, year_number: int, pack: Pack) -> Board:
    """Everything the page of the priorities shows, in a constant number of queries; empty for whom may not see it."""
    if not actor.is_secretariat and actor.company_id != organisation_id:
        return Board()
    return whole_board(organisation_id, year_number, pack)


def whole_board(organisation_id: int, year_number: int, pack: Pack) -> Board:
    """The board of a company itself, for what is frozen; pages ask `board_of`."""
    about = {"organisation_id": organisation_id, "year_number": year_number}
    rows = Risk.objects.filter(**about).select_related("chain", "quarry_area").order_by("pk")
    sources = RiskSource.objects.select_related("evidence").order_by("pk")
    found = list(rows.prefetch_related("other_chains", Prefetch("sources", queryset=sources)))
    views = StakeholderView.objects.filter(**about, removed_at=None).select_related("recorded_by", "corrects")
    moves = Move.objects.filter(**about).select_related("risk", "passed", "moved_by", "undone_by").order_by("pk")
    return _built(found, tuple(moves), tuple(views), pack)


def _built(found: Sequence[Risk], moves: tuple[Move, ...], views: tuple[StakeholderView, ...], pack: Pack) -> Board:
    scale = pack.severity
    ratings = {risk.pk: rating_of(risk, scale) if scale else Rating() for risk in found}
    shifts = [policies.shift_of(move) for move in moves if move.undone_at is None]
    order = policies.order_of(ratings, shifts, scale)
    against = policies.against(ratings, order, scale)
    bare = policies.without_reason(ratings, order, shifts, scale)
    by_pk = {risk.pk: risk for risk in found}
    rows = tuple(_placed(n, by_pk[pk], pack, pk in against) for n, pk in enumerate(order))
    return Board(
        rows=rows,
        is_chosen=order != policies.order_of(ratings, [], scale),
        like_volume=follows_volume([row.risk.pk for row in rows], {row.risk.pk: row.volume for row in rows}),
        unexplained=tuple(row for row in rows if row.risk.pk in bare),
        moves=tuple(move for move in moves if move.reason),
        views=views,
    )


def _placed(number: int, risk: Risk, pack: Pack, is_against: bool) -> Placed:
    chains = tuple(c for c in (risk.chain, *risk.other_chains.all()) if c is not None)
    shares = [c.share_of_volume for c in chains if c.share_of_volume is not None]
    return Placed(
        letter=letter_of(number),
        place=number + 1,
        risk=risk,
        severity=severity_of(risk, pack),
        likelihood=likelihood_of(risk, pack),
        is_top=is_top_priority(risk, pack),
        is_against=is_against,
        volume=sum(shares, Decimal(0)) if shares else None,
        chains=chains,
        sources=tuple(risk.sources.all()),
    )


def letter_of(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    word = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        word = ascii_uppercase[rest] + word
    return word
