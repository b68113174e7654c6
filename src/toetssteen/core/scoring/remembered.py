"""Remembering what pure functions said: pages ask the same question about the same pack again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, Generic, TypeVar

from toetssteen.core.frameworks import Pack

from .proposal import Case, Proposal, propose

Answer = TypeVar("Answer")
MOST = 1024


class Remembered(Generic[Answer]):
    """The last answers of one pure function, bounded; kept apart per pack object, which stays alive as long."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Any, Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, pack: Any, key: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to this question; worked out if it was not asked lately. Whoever gets it must not change it."""
        whole = (id(pack), key)
        with self._lock:
            found = self._kept.get(whole)
            if found is not None:
                self._kept.move_to_end(whole)
                return found[1]
        answer = work_out()
        with self._lock:
            self._kept[whole] = (pack, answer)  # the pack is held, so that no other pack can get its id
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        """Empty it."""
        with self._lock:
            self._kept.clear()


def key_of(values: Mapping[str, Any]) -> frozenset[tuple[str, type, Any]]:
    """Names and values as a key in which the order does not count, and 1 is not the same as true."""
    return frozenset((name, type(value), value) for name, value in values.items())


_proposals: Remembered[Proposal] = Remembered(MOST)


def proposal_of(pack: Pack, case: Case) -> Proposal:
    """What `propose` says, from memory if it said it lately: it depends on the pack and the case alone."""
    key = (
        case.profile,
        case.report_year,
        case.year_end,
        key_of(case.levels),
        key_of(case.facts),
        key_of(case.coverage),
        case.report_delivered,
        case.plan_delivered,
        case.public_communication,
        case.improvement_date,
        case.exemption,
        case.variant,
    )
    return _proposals.get(pack, key, lambda: propose(pack, case))
