"""What an attacker can work out: whether a hidden count follows from the totals, the shown cells and the threshold.

The attacker of this module is stronger than a real one: he also knows which hidden cells are small and which were only
hidden to protect another. If even he sees two possible values for a cell, nobody can know it.

A hidden cell has a second possible value when it can go up or down by one while other hidden cells go along, so that
every sum still holds: a closed path through sums and hidden cells. In a table with row and column totals such a path
exists exactly when a second value exists, and the cheapest one says what else must be hidden.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

Key = Hashable
State = tuple[int, int]
TOTAL_COST = 1_000_000


@dataclass(frozen=True)
class Sum:
    """A total and the cells it is the sum of; anyone can do this addition."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Change:
    """Another table with the same shown cells: which cells differ, by one, and which shown cells it would take."""

    cost: int
    steps: Mapping[Key, int]


class Grid:
    """A table of counts with its sums; each cell lies in at most two of them, as in rows and columns."""

    def __init__(
        self, counts: Mapping[Key, int], sums: Sequence[Sum], threshold: int, forced: Collection[Key] = ()
    ) -> None:
        self.counts = counts
        self.forced = forced
        self.threshold = threshold
        self.zero_is_small = threshold <= 2
        self.totals = {one.total for one in sums}
        self.cells: list[list[tuple[Key, int]]] = []
        self.sums_of: dict[Key, list[tuple[int, int]]] = {key: [] for key in counts}
        for index, one in enumerate(sums):
            terms = [*((part, 1) for part in one.parts), (one.total, -1)]
            self.cells.append(terms)
            for key, sign in terms:
                self.sums_of[key].append((index, sign))
        if any(len(found) > 2 for found in self.sums_of.values()):
            raise ValueError("A cell may lie in two sums at most.")

    def small(self, key: Key) -> bool:
        """The count is below the threshold; a zero is about nobody, unless hiding only a one would tell."""
        return self.counts[key] < self.threshold and (self.counts[key] > 0 or self.zero_is_small)

    def may_change(self, key: Key, step: int) -> bool:
        """The attacker cannot rule out that this cell, if hidden, is one higher or lower."""
        value = self.counts[key] + step
        if key in self.forced and not self.counts[key]:
            return value >= 0
        if self.small(key):
            return (0 if self.zero_is_small else 1) <= value < self.threshold
        return self.counts[key] > 0 and value >= self.threshold

    def cost(self, key: Key, hidden: Collection[Key]) -> int:
        """What is lost by hiding this cell: nothing if it is hidden already, much if it is a total."""
        if key in hidden:
            return 0
        return self.counts[key] + (TOTAL_COST if key in self.totals else 1)

    def cheapest_change(self, key: Key, hidden: Collection[Key]) -> Change | None:
        """The second possible table that costs least; cost 0 means that the cell is protected already."""
        found = [
            change
            for step in (1, -1)
            if self.may_change(key, step) and (change := self._path(key, step, hidden)) is not None
        ]
        return min(found, key=lambda change: change.cost, default=None)

    def _path(self, key: Key, step: int, hidden: Collection[Key]) -> Change | None:
        """The cheapest closed path through this cell, found nearest first."""
        ends = self.sums_of[key]
        if not ends:
            return Change(0, {key: step})
        first, sign = ends[0]
        goal = (ends[1][0], -ends[1][1] * step) if len(ends) == 2 else None
        ticket = count()
        queue: list[tuple[int, int, State, dict[Key, int]]] = [(0, next(ticket), (first, sign * step), {key: step})]
        done: set[State | None] = set()
        while queue:
            cost, _, state, steps = heapq.heappop(queue)
            if state == (-1, 0):
                return Change(cost, steps)
            if state in done:
                continue
            done.add(state)
            for other, move, arrived in self._moves(state, steps):
                target = (-1, 0) if arrived == goal else arrived
                if target is not None:
                    price = cost + self.cost(other, hidden)
                    heapq.heappush(queue, (price, next(ticket), target, {**steps, other: move}))
        return None

    def _moves(self, state: State, steps: Mapping[Key, int]) -> list[tuple[Key, int, State | None]]:
        """The cells that can put a sum right again, and the sum that is then out of balance (None: none)."""
        index, excess = state
        moves: list[tuple[Key, int, State | None]] = []
        for other, sign in self.cells[index]:
            move = -excess * sign
            if other in steps or not self.may_change(other, move):
                continue
            rest = [(at, way) for at, way in self.sums_of[other] if at != index]
            moves.append((other, move, (rest[0][0], rest[0][1] * move) if rest else None))
        return moves


def derivable(counts: Mapping[Key, int], sums: Sequence[Sum], hidden: Collection[Key], threshold: int) -> list[Key]:
    """The hidden cells that have no second possible value, in the order of the table."""
    grid = Grid(counts, sums, threshold)
    found = []
    for key in counts:
        if key in hidden:
            change = grid.cheapest_change(key, hidden)
            if change is None or change.cost > 0:
                found.append(key)
    return found
