"""What an answer would change: the lines that a company takes over or not, worked out without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toetssteen.core.frameworks import AskedQuestion, Questionnaire
from toetssteen.inquiries.answering import Answers, Given, coordinates, is_signal, rows_of, shown
from toetssteen.inquiries.choices import LineKind


@dataclass(frozen=True)
class Proposed:
    """One line: the link, area or risk that follows from an answer, for one chain."""

    kind: str
    chain_id: int | None
    question: str = ""
    level: str = ""
    theme: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class About:
    """A chain that was asked about, with the levels that were not known then."""

    chain_id: int
    levels: Sequence[str]


def proposed_lines(
    questionnaire: Questionnaire, first: str, answers: Answers, chains: Sequence[About], own_level: str
) -> list[Proposed]:
    """Every line that follows from the answers; the same link or risk stands once per chain."""
    found: dict[tuple[Any, ...], Proposed] = {}
    for question in shown(questionnaire, first, answers):
        given = answers.get(question.id, Given())
        for chain in chains:
            for line in _links(question, given, chain, own_level):
                named = str(line.content.get("name") or line.content.get("place")).casefold()
                found.setdefault((line.kind, chain.chain_id, line.level, named), line)
        if question.signal and question.signal.theme and is_signal(question, answers):
            for chain in chains:
                key = (LineKind.RISK, chain.chain_id, question.signal.theme, question.id)
                found[key] = Proposed(LineKind.RISK, chain.chain_id, question.id, theme=question.signal.theme)
    return list(found.values())


def _links(question: AskedQuestion, given: Given, chain: About, own_level: str) -> Iterator[Proposed]:
    fills = question.fills
    if fills is None or given.stance:
        return
    level = own_level if fills.link == "own" else fills.link
    for row in rows_of(given):
        hidden = bool(fills.nameless_column) and row.get(fills.nameless_column) in fills.nameless_options
        name, place = ("" if hidden else row.get(fills.name, "")), row.get(fills.place, "")
        if (not name and not place) or hidden:
            continue  # a home is never a link: no names or addresses of families
        content: dict[str, Any] = {"name": name, "place": place}
        for key, column in (("region", fills.region), ("address", fills.address)):
            if column and row.get(column):
                content[key] = row[column]
        spot = coordinates(row.get(fills.coordinates, "")) if fills.coordinates else None
        if spot:
            content |= {"lat": str(spot[0]), "lon": str(spot[1])}
        note = [row[c.id] for c in question.columns if c.kind == "percent" and row.get(c.id)]
        if note:
            content["share"] = note[0]
        if name and level in chain.levels:
            yield Proposed(LineKind.LINK, chain.chain_id, question.id, level, content=content)
        if fills.area_link and place and fills.area_link in chain.levels:
            yield Proposed(
                LineKind.LINK, chain.chain_id, question.id, fills.area_link, content={"name": "", "place": place}
            )
