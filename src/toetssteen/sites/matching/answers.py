"""Answers about the pairs that the database left, several processes at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toetssteen.core.sites import Answer, Question, Verdict
from toetssteen.core.sites.cleaning import Cleaned
from toetssteen.core.sites.context import Context
from toetssteen.core.sites.matching import compare_cleaned
from toetssteen.core.sites.numbers import Numbers
from toetssteen.core.sites.weights import Weights

from .parts import Parts, Reader, run

STEP = 50_000


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions that are the same, by their numbers in the list, with the numbers that stand in them."""

    first: int
    second: int
    answer: Answer
    numbers: tuple[Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Flagged(Context):
    """A context that knows firms with several units by a flag per mention, kept for the pair at hand."""

    flagged: frozenset[str] = frozenset()

    def has_several(self, mention: Cleaned) -> bool:
        """Whether this mention was flagged."""
        return mention.id in self.flagged


_work: tuple[Parts, Path, frozenset[str], Weights] | None = None


def answers_of(
    parts: Parts, path: Path, pairs: int, towns: frozenset[str], weights: Weights, workers: int, ids: list[str]
) -> tuple[list[Link], list[Question]]:
    """Links and questions among the pairs in a file."""
    global _work
    _work = (parts, path, towns, weights)
    links: list[Link] = []
    questions: list[Question] = []
    try:
        steps: Iterator[int] = iter(range(0, pairs, STEP))
        for found in run(_answer, steps, workers if pairs > STEP else 1):
            for first, second, answer, numbers in found:
                if answer.verdict == Verdict.SAME:
                    links.append(Link(first, second, answer, numbers))
                else:
                    questions.append(Question(ids[first], ids[second], answer))
    finally:
        _work = None
    return links, questions


def _answer(start: int) -> list[tuple[int, int, Answer, tuple[Numbers, Numbers]]]:
    assert _work is not None  # noqa: S101 - set before the processes were made
    parts, path, towns, weights = _work
    reader = Reader(parts)
    with path.open("rb") as file:
        file.seek(start * 16)
        numbers = array("Q", file.read(STEP * 16))
    found = []
    for position in range(0, len(numbers), 2):
        first, second = numbers[position], numbers[position + 1]
        one, other = reader[first], reader[second]
        flags = frozenset(mention.id for number, mention in ((first, one), (second, other)) if parts.several[number])
        answer = compare_cleaned(one, other, Flagged(towns, {}, parts.common, weights, flags), False)
        if answer.verdict != Verdict.DIFFERENT:
            found.append((first, second, answer, (one.numbers, other.numbers)))
    return found
