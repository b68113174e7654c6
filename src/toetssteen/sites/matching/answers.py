"""Answers about the pairs that the database left, several processes at once."""

from __future__ import annotations

import gc
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toetssteen.core.sites import Answer, Question, Verdict
from toetssteen.core.sites.cleaning import Cleaned
from toetssteen.core.sites.comparison import names_of
from toetssteen.core.sites.context import Context
from toetssteen.core.sites.matching import judged
from toetssteen.core.sites.numbers import Numbers
from toetssteen.core.sites.rules import surely_different
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


_known: dict[str, Any] = {}


def answers_of(
    parts: Parts, path: Path, pairs: int, towns: frozenset[str], weights: Weights, workers: int, ids: list[str]
) -> tuple[list[Link], list[Question]]:
    """Links and questions among the pairs in a file."""
    links: list[Link] = []
    questions: list[Question] = []
    steps: Iterator[int] = iter(range(0, pairs, STEP))
    known = (parts, path, Context(towns, {}, parts.common, weights))
    for found in run(_answer, steps, workers if pairs > STEP else 1, _begin, known):
        for first, second, answer, numbers in found:
            if answer.verdict == Verdict.SAME:
                links.append(Link(first, second, answer, numbers))
            else:
                questions.append(Question(ids[first], ids[second], answer))
    _known.clear()
    gc.enable()
    return links, questions


def _begin(parts: Parts, path: Path, context: Context) -> None:
    """What a process needs for all its jobs."""
    gc.disable()  # nothing here refers in circles
    _known.update(parts=parts, path=path, reader=Reader(parts), context=context)


def _answer(start: int) -> list[tuple[int, int, Answer, tuple[Numbers, Numbers]]]:
    parts, reader, context = _known["parts"], _known["reader"], _known["context"]
    with _known["path"].open("rb") as file:
        file.seek(start * 24)
        numbers = array("d", file.read(STEP * 24))
    found = []
    for position in range(0, len(numbers), 3):
        first, second, probability = int(numbers[position]), int(numbers[position + 1]), numbers[position + 2]
        one, other = reader[first], reader[second]
        names = names_of(one, other, context)
        if surely_different(one, other, names):
            continue
        flags: frozenset[str] = frozenset(
            mention.id for number, mention in ((first, one), (second, other)) if parts.several[number]
        )
        answer = judged(one, other, _with_flags(context, flags), probability, names)
        if answer.verdict != Verdict.DIFFERENT:
            found.append((first, second, answer, (one.numbers, other.numbers)))
    return found


def _with_flags(context: Context, flags: frozenset[str]) -> Context:
    if not flags:
        return context
    return Flagged(context.place_words, {}, context.common_words, context.weights, flags)
