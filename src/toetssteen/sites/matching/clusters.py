"""Mentions that are one site, joined link by link; what would join two numbers becomes a question."""

from __future__ import annotations

import marshal
from dataclasses import replace

from toetssteen.core.sites import Question, Reason, Verdict
from toetssteen.core.sites.numbers import Fit, Numbers, fit

from .answers import Link


def clusters_of(
    links: list[Link], numbers: dict[int, bytes], ids: list[str]
) -> tuple[list[tuple[str, ...]], list[Question]]:
    """Clusters of more than one mention, and the links that were not followed.

    A says 5, B says nothing, C says 6: A and B may be the same, and B and C, but not all three. The surest links are
    followed first; a link between clusters with another unit, plot, pit or survey number is asked instead.
    """
    parent: dict[int, int] = {}
    known: dict[int, Numbers] = {}
    questions: list[Question] = []

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for link in sorted(links, key=lambda link: (-link.probability, link.first, link.second)):
        first, second = root(link.first), root(link.second)
        for number in (first, second):
            if number not in known:
                known[number] = Numbers(*marshal.loads(numbers[number]))  # noqa: S302 - packed by ourselves
        if first == second:
            continue
        if _conflict(known[first], known[second]):
            reasons = (Reason("cluster_conflict"), *link.answer.reasons)
            answer = replace(link.answer, verdict=Verdict.ASK, reasons=reasons)
            questions.append(Question(ids[link.first], ids[link.second], answer))
            continue
        parent[second] = first
        known[first] = _joined(known[first], known.pop(second))
    members: dict[int, list[int]] = {}
    for number in sorted(parent):
        members.setdefault(root(number), []).append(number)
    return [tuple(ids[number] for number in found) for found in members.values() if len(found) > 1], questions


def _conflict(one: Numbers, other: Numbers) -> bool:
    return any(
        fit(first, second) == Fit.CONFLICT
        for first, second in (
            (one.units, other.units),
            (one.surveys, other.surveys),
            (one.pits, other.pits),
            (one.plots, other.plots),
        )
    )


def _joined(one: Numbers, other: Numbers) -> Numbers:
    return Numbers(
        units=one.units | other.units,
        pits=one.pits | other.pits,
        surveys=one.surveys | other.surveys,
        plots=one.plots | other.plots,
        roads=one.roads | other.roads,
        postcode=one.postcode or other.postcode,
    )
