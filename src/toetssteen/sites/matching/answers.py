"""Answers about the pairs that the database left, several processes at once."""

from __future__ import annotations

import gc
import marshal
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import Any

from toetssteen.core.sites import Answer, Question, Reason, Verdict
from toetssteen.core.sites.cleaning import Cleaned
from toetssteen.core.sites.comparison import names_of
from toetssteen.core.sites.context import Context
from toetssteen.core.sites.matching import judged
from toetssteen.core.sites.rules import surely_different
from toetssteen.core.sites.weights import Weights

from .parts import Parts, Reader, run

STEP = 50_000


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions that are the same, by their numbers in the list; packed, because a list may have a million."""

    first: int
    second: int
    probability: float
    packed: bytes

    @property
    def answer(self) -> Answer:
        """The answer with its reasons."""
        reasons = tuple(Reason(code, values) for code, values in marshal.loads(self.packed))  # noqa: S302 - our own
        return Answer(Verdict.SAME, self.probability, reasons)


def packed_reasons(answer: Answer) -> bytes:
    """The reasons of an answer in a few bytes."""
    return marshal.dumps(tuple((reason.code, reason.values) for reason in answer.reasons))


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
) -> tuple[list[Link], list[Question], dict[int, bytes]]:
    """Links, questions, and the packed numbers of the mentions in links, from the pairs in a file."""
    links: list[Link] = []
    questions: list[Question] = []
    numbers: dict[int, bytes] = {}
    steps: Iterator[int] = iter(range(0, pairs, STEP))
    known = (parts, path, Context(towns, {}, parts.common, weights))
    for same, asked, said in run(_answer, steps, workers if pairs > STEP else 1, _begin, known):
        links += starmap(Link, same)
        questions += (Question(ids[first], ids[second], answer) for first, second, answer in asked)
        numbers |= said
    _known.clear()
    gc.enable()
    return links, questions, numbers


def _begin(parts: Parts, path: Path, context: Context) -> None:
    """What a process needs for all its jobs."""
    gc.disable()  # nothing here refers in circles
    _known.update(parts=parts, path=path, reader=Reader(parts), context=context)


Same = tuple[int, int, float, bytes]


def _answer(start: int) -> tuple[list[Same], list[tuple[int, int, Answer]], dict[int, bytes]]:
    parts, reader, context = _known["parts"], _known["reader"], _known["context"]
    with _known["path"].open("rb") as file:
        file.seek(start * 24)
        numbers = array("d", file.read(STEP * 24))
    same: list[Same] = []
    asked: list[tuple[int, int, Answer]] = []
    said: dict[int, bytes] = {}
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
        if answer.verdict == Verdict.SAME:
            same.append((first, second, answer.probability, packed_reasons(answer)))
            for number, mention in ((first, one), (second, other)):
                if number not in said:
                    said[number] = marshal.dumps(tuple(mention.numbers))
        elif answer.verdict == Verdict.ASK:
            asked.append((first, second, answer))
    return same, asked, said


def _with_flags(context: Context, flags: frozenset[str]) -> Context:
    if not flags:
        return context
    return Flagged(context.place_words, {}, context.common_words, context.weights, flags)
