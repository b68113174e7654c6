"""What a company said of risks, goals and remedy, read from a frozen report; older reports do not hold all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.core.prioritisation import Rating, Shift, comes_first, severity

Row = Mapping[str, Any]
ENDED = ("done", "stopped")  # states in which nothing more is expected of an action or a step


@dataclass(frozen=True)
class SaidSource:
    """How a company knew of a risk; the profile of the pack where the source came from there."""

    kind: str
    on: dt.date | None
    profile: str = ""

    def date(self, pack: Pack) -> str:
        """Its day, or what the pack knows of the date of its profile, which may be a year alone; empty without any."""
        if self.on is not None:
            return self.on.isoformat()
        return next((p.source_date or "" for p in pack.risk_profiles if self.profile and p.id == self.profile), "")


@dataclass(frozen=True)
class SaidRisk:
    """A risk or an actual harm as it was handed in."""

    key: Hashable
    theme: str
    country: str
    text: str
    is_actual: bool
    rating: Rating
    reason: str
    volume: Fraction | None
    sources: tuple[SaidSource, ...]
    place: int

    def severity(self, pack: Pack) -> Fraction | None:
        """How severe it is by the method of the pack; None while somebody still has to rate it."""
        return severity(pack.severity, self.rating) if pack.severity else None

    def is_first(self, pack: Pack) -> bool:
        """It belongs to the highest priorities by the bounds of the pack."""
        return pack.severity is not None and comes_first(pack.severity, self.rating)


@dataclass(frozen=True)
class SaidAction:
    """An action of a plan as it was handed in."""

    text: str
    state: str
    progress: int
    due_on: dt.date | None
    kind: str
    shared: str
    has_proof: bool

    @property
    def is_started(self) -> bool:
        """Something was done already."""
        return self.state != "not started" or self.progress > 0

    def is_overdue(self, on: dt.date) -> bool:
        """Its day has passed and it is neither done nor stopped."""
        return self.due_on is not None and self.due_on < on and self.state not in ENDED


@dataclass(frozen=True)
class SaidGoal:
    """A goal of a plan as it was handed in."""

    key: Hashable
    risk: Hashable
    theme: str
    text: str
    indicator: str
    baseline: str
    target: str
    deadline: dt.date | None
    evaluated_on: dt.date | None
    is_smart: bool
    is_carried: bool
    root_cause: str
    actions: tuple[SaidAction, ...]


@dataclass(frozen=True)
class SaidCorrection:
    """What was agreed with a supplier to put right; which supplier stays with the company."""

    number: int
    state: str
    review_on: dt.date | None
    has_exit_reasons: bool
    steps: tuple[tuple[dt.date | None, str], ...]

    def is_late(self, on: dt.date) -> bool:
        """The day to look again has passed while the plan is still open."""
        return self.review_on is not None and self.review_on < on and self.state not in ("done", "exit")

    def steps_overdue(self, on: dt.date) -> int:
        """Steps whose day has passed and that are not done."""
        return sum(due is not None and due < on and state not in ENDED for due, state in self.steps)


@dataclass(frozen=True)
class SaidReading:
    """What was measured of a goal in one covenant year; without words no reading was given."""

    year: int
    said: str
    source: str
    on: dt.date | None

    @property
    def is_given(self) -> bool:
        """Something was measured or heard."""
        return bool(self.said)


@dataclass(frozen=True)
class SaidEvaluation:
    """How a company looked back on a goal, or on the whole year."""

    on: dt.date | None
    method: str
    conclusion: str
    setback: str
    consulted: tuple[str, ...]


@dataclass(frozen=True)
class SaidResult:
    """A goal with its readings per year and what was concluded of it."""

    text: str
    theme: str
    in_plan: bool
    readings: tuple[SaidReading, ...]
    evaluation: SaidEvaluation | None

    @property
    def years(self) -> int:
        """In how many years something could be read."""
        return len({reading.year for reading in self.readings})


def day(value: Any) -> dt.date | None:
    """A day from a frozen report."""
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value)[:10]) if value else None


def _rows(part: Any, *names: str) -> Sequence[Row]:
    """The rows of a part: the part itself, or under one of these names."""
    if isinstance(part, Mapping):
        for name in names:
            if isinstance(part.get(name), list):
                return [row for row in part[name] if isinstance(row, Mapping)]
        return ()
    return [row for row in part if isinstance(row, Mapping)] if isinstance(part, list) else ()


def text_of(row: Row, *names: str) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, str)) and str(value).lstrip("-").isdecimal() else None


def holds(content: Mapping[str, Any], part: str) -> bool:
    """Whether this report was frozen with that part at all; older ones were not."""
    return content.get(part) is not None


def risks_in(content: Mapping[str, Any], pack: Pack) -> tuple[SaidRisk, ...]:
    """The risks in the order in which the company placed them."""
    rows = _rows(content.get("risks"), "rows")
    dimensions = [d.id for d in pack.severity.dimensions] if pack.severity else []
    shares: dict[tuple[str, str], Fraction] = {}
    for chain in _rows(content.get("chains")):
        if chain.get("share_of_volume") is not None:
            key = (text_of(chain, "material"), text_of(chain, "trade_name"))
            shares[key] = shares.get(key, Fraction(0)) + Fraction(str(chain["share_of_volume"]))
    return tuple(_risk(row, place, dimensions, shares) for place, row in enumerate(rows))


def _volume(row: Row, shares: Mapping[tuple[str, str], Fraction]) -> Fraction | None:
    """The share of the chains that a risk plays in; chains of the same stone and name count together."""
    about = {(text_of(chain, "material"), text_of(chain, "trade_name")) for chain in _rows(row.get("chains"))}
    known = [shares[key] for key in about if key in shares]
    return sum(known, Fraction(0)) if known else None


def _risk(row: Row, place: int, dimensions: Iterable[str], shares: Mapping[tuple[str, str], Fraction]) -> SaidRisk:
    scores = {name: score for name in dimensions if (score := _whole(row.get(name))) is not None}
    return SaidRisk(
        key=row.get("letter", place),
        theme=text_of(row, "theme"),
        country=text_of(row, "country"),
        text=text_of(row, "description", "text"),
        is_actual=bool(row.get("is_actual")),
        rating=Rating(scores, _whole(row.get("likelihood"))),
        reason=text_of(row, "severity_reason"),
        volume=_volume(row, shares),
        sources=tuple(
            SaidSource(text_of(source, "kind"), day(source.get("said_on")), text_of(source, "profile"))
            for source in _sources(row)
        ),
        place=place,
    )


def _sources(row: Row) -> Sequence[Row]:
    found = _rows(row.get("sources"))
    return found or ([{"kind": row["source_kind"], "said_on": row.get("found_on")}] if row.get("source_kind") else ())


def moves_in(content: Mapping[str, Any]) -> tuple[Shift, ...]:
    """The moves against the order, with their reasons."""
    rows = _rows(content.get("risks"), "moves") if isinstance(content.get("risks"), Mapping) else ()
    return tuple(
        Shift(row.get("risk"), row.get("passed"), bool(row.get("up", True)), text_of(row, "reason")) for row in rows
    )


def put_aside_in(content: Mapping[str, Any]) -> tuple[Row, ...]:
    """What public sources report and the company said does not play in its chains, with why."""
    return tuple(_rows(content.get("risks"), "put_aside") if isinstance(content.get("risks"), Mapping) else ())


def views_in(content: Mapping[str, Any]) -> tuple[Row, ...]:
    """What stakeholders said about the priorities."""
    return tuple(_rows(content.get("risks"), "views") if isinstance(content.get("risks"), Mapping) else ())


def goals_in(content: Mapping[str, Any]) -> tuple[SaidGoal, ...]:
    """The goals of the plan with their actions."""
    plan = content.get("plan")
    rows = _rows(plan, "objectives") if isinstance(plan, Mapping) else ()
    return tuple(_goal(row, place) for place, row in enumerate(rows))


def _goal(row: Row, place: int) -> SaidGoal:
    return SaidGoal(
        key=place,
        risk=row.get("risk_id"),
        theme=text_of(row, "theme"),
        text=text_of(row, "text"),
        indicator=text_of(row, "indicator").strip(),
        baseline=text_of(row, "baseline").strip(),
        target=text_of(row, "target").strip(),
        deadline=day(row.get("deadline")),
        evaluated_on=day(row.get("evaluated_on")),
        is_smart=bool(row.get("is_smart")),
        is_carried=bool(row.get("continues")),
        root_cause=text_of(row, "root_cause"),
        actions=tuple(_action(action) for action in _rows(row.get("actions"))),
    )


def _action(row: Row) -> SaidAction:
    return SaidAction(
        text=text_of(row, "text"),
        state=text_of(row, "state"),
        progress=_whole(row.get("progress")) or 0,
        due_on=day(row.get("due_on")),
        kind=text_of(row, "adds"),
        shared=text_of(row, "shared"),
        has_proof=bool(row.get("has_proof")),
    )


def corrections_in(content: Mapping[str, Any]) -> tuple[SaidCorrection, ...] | None:
    """The corrective plans with suppliers; None where the report was frozen without them."""
    part = content.get("corrections")
    if part is None:
        return None
    return tuple(
        SaidCorrection(
            number=_whole(row.get("number")) or 0,
            state=text_of(row, "state"),
            review_on=day(row.get("review_on")),
            has_exit_reasons=bool(row.get("exit_reasons") and row.get("exit_effects")),
            steps=tuple((day(step.get("due_on")), text_of(step, "state")) for step in _rows(row.get("steps"))),
        )
        for row in _rows(part)
    )


def results_in(content: Mapping[str, Any]) -> tuple[SaidResult, ...]:
    """The goals of this plan and the last one, with what was measured and concluded."""
    return tuple(
        SaidResult(
            text=text_of(row, "text"),
            theme=text_of(row, "theme"),
            in_plan=bool(row.get("in_plan", True)),
            readings=tuple(reading for year in _rows(row.get("years")) for reading in _readings(year)),
            evaluation=_evaluation(row.get("evaluation")),
        )
        for row in _rows(content.get("results"), "goals")
    )


def evaluations_in(content: Mapping[str, Any]) -> tuple[SaidEvaluation, ...]:
    """Every evaluation about the year: of goals, and of the year as a whole."""
    part = content.get("results")
    whole = _evaluation(part.get("year")) if isinstance(part, Mapping) else None
    of_goals = [result.evaluation for result in results_in(content)]
    return tuple(one for one in (*of_goals, whole) if one is not None)


def _readings(year: Row) -> Sequence[SaidReading]:
    number = _whole(year.get("number")) or 0
    found = [
        SaidReading(
            year=number,
            said=" ".join(word for word in (text_of(row, "value"), text_of(row, "unit")) if word)
            or text_of(row, "words"),
            source=text_of(row, "source"),
            on=day(row.get("measured_on")),
        )
        for row in _rows(year.get("readings"))
    ]
    return found or [SaidReading(number, "", "", None)]


def _evaluation(row: Any) -> SaidEvaluation | None:
    if not isinstance(row, Mapping):
        return None
    return SaidEvaluation(
        on=day(row.get("evaluated_on")),
        method=text_of(row, "method"),
        conclusion=text_of(row, "conclusion"),
        setback=text_of(row, "setback_kind"),
        consulted=tuple(text_of(one, "who", "kind") for one in _rows(row.get("consultations"))),
    )


def remedy_rows(content: Mapping[str, Any], *names: str) -> tuple[Row, ...]:
    """The records of one kind that a report holds about remedy: what was made known, mechanisms of suppliers."""
    return tuple(_rows(content.get("remedy"), *names))
