"""Last year's priorities beside this year's: which place each risk had, which it has now, and why."""

from __future__ import annotations

from dataclasses import dataclass

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.risks.board import Board, Placed, whole_board
from toetssteen.risks.choices import EARLIER
from toetssteen.risks.models import Move, Rejection
from toetssteen.risks.permissions import visible_endings


@dataclass(frozen=True)
class Since:
    """One risk of last year: where it stood, where it stands now, and what explains the difference."""

    then: Placed
    now: Placed | None
    ended: Rejection | None
    moves: tuple[Move, ...]  # moves of this risk that this year's order still shows

    @property
    def is_open(self) -> bool:
        """Nobody said yet what becomes of it."""
        return self.now is None and self.ended is None

    @property
    def is_rated_anew(self) -> bool:
        """Severity or likelihood is another one than last year."""
        if self.now is None:
            return False
        before, after = self.then, self.now
        return (before.severity, before.likelihood) != (after.severity, after.likelihood)

    @property
    def has_moved(self) -> bool:
        """It stands on another place than last year."""
        return self.now is not None and self.now.place != self.then.place


def since_last_year(
    actor: Actor, organisation_id: int, year_number: int, pack: Pack | None, now: Board
) -> tuple[Since, ...]:
    """Last year's risks in last year's order, by the pack of that year; empty when there were none to be seen."""
    if pack is None or (not actor.is_secretariat and actor.company_id != organisation_id):
        return ()
    then = whole_board(organisation_id, year_number - 1, pack)
    if not then.rows:
        return ()
    ended = {row.key: row for row in visible_endings(actor).filter(organisation_id=organisation_id)}
    return compared(then, now, ended)


def compared(then: Board, now: Board, ended: dict[str, Rejection]) -> tuple[Since, ...]:
    """Each risk of last year with what became of it."""
    goes_on = {row.risk.carried_from_id: row for row in now.rows if row.risk.carried_from_id}
    found = []
    for row in then.rows:
        new = goes_on.get(row.risk.pk)
        moves = tuple(m for m in now.moves if new is not None and m.risk_id == new.risk.pk and now.stands(m))
        found.append(Since(row, new, None if new else ended.get(f"{EARLIER}{row.risk.pk}"), moves))
    return tuple(found)
