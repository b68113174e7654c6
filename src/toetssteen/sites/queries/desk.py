"""The secretariat's questions: in what order, and one of them with both records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from toetssteen.core.access import Actor
from toetssteen.foundation.look.figures import country_name
from toetssteen.sites import policies
from toetssteen.sites.choices import Answer, QuestionState
from toetssteen.sites.models import Mention, Question, SiteChange
from toetssteen.sites.permissions import visible_mentions, visible_questions
from toetssteen.sites.queries.sides import Line, distance_in_words, reasons_in_words, side_by_side
from toetssteen.supplychain.models import Site

AT_ONCE = 200


@dataclass(frozen=True)
class DeskFilters:
    """Which questions are shown."""

    state: str = "open"  # open, waiting, answered
    country: str = ""
    level: str = ""


@dataclass(frozen=True)
class Desk:
    """One question with both records, what differs, and the reasons in words."""

    question: Question
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    distance: str
    site: Site
    mention: Mention
    company: str
    others: tuple[Mention, ...]
    more: int
    change: SiteChange | None
    previous: int | None
    following: int | None
    place: int
    total: int

    @property
    def is_open(self) -> bool:
        return self.question.state in (QuestionState.OPEN, QuestionState.WAITING)


def _rows(actor: Actor, wanted: DeskFilters) -> QuerySet[Question]:
    rows = visible_questions(actor)
    if wanted.state == "answered":
        rows = rows.filter(state=QuestionState.ANSWERED)
    else:
        rows = rows.filter(state=QuestionState.WAITING if wanted.state == "waiting" else QuestionState.OPEN)
    if wanted.country:
        rows = rows.filter(site__country=wanted.country)
    if wanted.level:
        rows = rows.filter(mention__level=wanted.level)
    return rows


def questions_in_order(actor: Actor, wanted: DeskFilters) -> list[int]:
    """The ids of the questions: surest first, so that the easy ones go fast; those put aside come last."""
    rows = _rows(actor, wanted)
    if wanted.state == "answered":
        return list(rows.order_by("-answered_at", "-pk").values_list("pk", flat=True)[:AT_ONCE])
    found = rows.order_by(F("probability").desc(nulls_first=True), "pk").values_list("pk", "answer")
    every = list(found)
    later = [pk for pk, answer in every if answer == Answer.UNSURE]
    return [pk for pk, answer in every if answer != Answer.UNSURE] + later


def near_certain(actor: Actor) -> list[dict[str, Any]]:
    """Open questions that are nearly certain, to accept together; two queries."""
    found = (
        visible_questions(actor)
        .filter(state=QuestionState.OPEN, probability__gte=policies.NEAR_CERTAIN)
        .exclude(answer=Answer.UNSURE)
        .select_related("mention__organisation", "site")
        .order_by("-probability", "pk")[:AT_ONCE]
    )
    rows = [row for row in found if policies.nearly_certain(row)]
    return [
        {"question": row, "mention": row.mention, "site": row.site, "lines": side_by_side(row.mention, row.site)}
        for row in rows
    ]


def desk(actor: Actor, pk: int, order: list[int]) -> Desk | None:
    """One question; the same number of queries whatever it is about."""
    question = (
        visible_questions(actor)
        .select_related("mention__organisation", "site__merged_into", "site__quarry_area", "answered_by")
        .filter(pk=pk)
        .first()
    )
    if question is None or question.site is None:
        return None
    mention, site = question.mention, question.site.merged_into or question.site
    tied = visible_mentions(actor).filter(site=site).exclude(pk=mention.pk).select_related("organisation")
    others = list(tied.order_by("pk")[:6])
    at = order.index(pk) if pk in order else -1
    change = SiteChange.objects.filter(question=question, undone_at__isnull=True).order_by("-pk").first()
    return Desk(
        question=question,
        lines=tuple(side_by_side(mention, site)),
        reasons=tuple(reasons_in_words(question.reasons)),
        distance=distance_in_words(question.distance_km),
        site=site,
        mention=mention,
        company=mention.organisation.name,
        others=tuple(others),
        more=max(0, tied.count() - len(others)),
        change=change,
        previous=order[at - 1] if at > 0 else None,
        following=order[at + 1] if 0 <= at < len(order) - 1 else (order[0] if at < 0 and order else None),
        place=at + 1,
        total=len(order),
    )


def next_of(actor: Actor, wanted: DeskFilters, after: int) -> int | None:
    """The question to go on with after one was answered."""
    order = questions_in_order(actor, wanted)
    left = [pk for pk in order if pk != after]
    return left[0] if left else None


def countries_asked(actor: Actor) -> list[tuple[str, str]]:
    """The countries of the open questions."""
    codes = visible_questions(actor).exclude(site__country="").order_by().values_list("site__country", flat=True)
    return sorted(((code, country_name(code)) for code in set(codes)), key=lambda pair: pair[1])
