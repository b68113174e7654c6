"""What a company is asked and told: only about its own words, and nothing that follows from the registry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.access import Actor
from toetssteen.sites.choices import QuestionState
from toetssteen.sites.models import ClosingNotice, Mention, MentionLink, Question
from toetssteen.sites.permissions import own_notices, own_questions
from toetssteen.sites.queries.sides import Line, distance_in_words, reasons_in_words, side_by_side

SHOWN_ANSWERS = 50
TOKEN = 20


@dataclass(frozen=True)
class OwnSide:
    """One of the two: what the company wrote and in which of its chains."""

    name: str
    place: str
    chains: tuple[str, ...]


@dataclass(frozen=True)
class OwnQuestion:
    """Two things that the company wrote, side by side."""

    token: str
    level: str
    earlier: OwnSide
    later: OwnSide
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    distance: str


@dataclass(frozen=True)
class OwnAnswer:
    """An answer that the company gave, and can take back."""

    token: str
    earlier: str
    later: str
    answer: str
    answered_at: Any
    by: str


@dataclass(frozen=True)
class CompanyDesk:
    """The question to answer now, how many there are, and the answers given."""

    question: OwnQuestion | None
    open: int
    answered: tuple[OwnAnswer, ...]

    @property
    def total(self) -> int:
        return self.open + len(self.answered)


def open_own_questions(actor: Actor) -> int:
    """How many questions wait for the company."""
    if actor.company_id is None:
        return 0
    return own_questions(actor).filter(state=QuestionState.OPEN).count()


def own_question_id(actor: Actor, token: str) -> int | None:
    """The row behind the token of a question of the company itself."""
    later, _dash, earlier = token.partition("-")
    if len(later) != TOKEN or len(earlier) != TOKEN:
        return None
    found = own_questions(actor).filter(mention__key__startswith=later, other__key__startswith=earlier)
    return found.values_list("pk", flat=True).first()


def token_of(row: Question) -> str:
    """How a page names a question: from the company's own words, since a running number would count for everybody."""
    assert row.other is not None
    return f"{row.mention.key[:TOKEN]}-{row.other.key[:TOKEN]}"


def company_desk(actor: Actor, *, skip: int = 0) -> CompanyDesk:
    """The first open question, in the order in which the company wrote things; the same number of queries always."""
    rows = own_questions(actor).select_related("mention", "other", "answered_by").order_by("mention_id", "other_id")
    open_ones = list(rows.filter(state=QuestionState.OPEN))
    answered = rows.filter(state=QuestionState.ANSWERED).order_by("-answered_at", "-pk")[:SHOWN_ANSWERS]
    return CompanyDesk(
        question=_question(open_ones[skip % len(open_ones)]) if open_ones else None,
        open=len(open_ones),
        answered=tuple(_answer(row) for row in answered),
    )


def _question(row: Question) -> OwnQuestion:
    assert row.other is not None
    places = _chains([row.mention_id, row.other.pk])
    return OwnQuestion(
        token=token_of(row),
        level=row.mention.level,
        earlier=_side(row.other, places),
        later=_side(row.mention, places),
        lines=tuple(side_by_side(row.mention, row.other)),
        reasons=tuple(reasons_in_words(row.reasons)),
        distance=distance_in_words(row.distance_km),
    )


def _chains(mention_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {pk: [] for pk in mention_ids}
    rows = MentionLink.objects.filter(mention_id__in=mention_ids).select_related("link__chain").order_by("link_id")
    for row in rows:
        title = str(row.link.chain)
        if title not in found[row.mention_id]:
            found[row.mention_id].append(title)
    return found


def _side(mention: Mention, places: dict[int, list[str]]) -> OwnSide:
    return OwnSide(mention.name, mention.place, tuple(places[mention.pk]))


def _answer(row: Question) -> OwnAnswer:
    assert row.other is not None
    return OwnAnswer(
        token=token_of(row), earlier=row.other.name, later=row.mention.name, answer=row.answer,
        answered_at=row.answered_at,
        by=row.answered_by.name if row.answered_by else "",
    )  # fmt: skip


@dataclass(frozen=True)
class OwnNotice:
    """A place of the company has closed, in the words that the company wrote."""

    token: str
    name: str
    closed_on: dt.date
    seen: bool


def company_notices(actor: Actor) -> list[OwnNotice]:
    """Places in the company's own chains that have closed, as the secretariat told it; read ones come last."""
    rows = own_notices(actor).select_related("closing", "mention").annotate(chains=Count("mention__places"))
    found = [
        OwnNotice(_notice_token(row), row.mention.name, row.closing.closed_on, row.seen_at is not None)
        for row in rows.filter(chains__gt=0).order_by("mention_id")
    ]
    return sorted(found, key=lambda row: row.seen)


def _notice_token(row: ClosingNotice) -> str:
    return f"{row.mention.key[:TOKEN]}-{row.closing.closed_on:%Y%m%d}"


def own_notice_id(actor: Actor, token: str) -> int | None:
    """The row behind the token of a message to the company itself."""
    rows = own_notices(actor).select_related("closing", "mention").order_by("-pk")
    return next((row.pk for row in rows if _notice_token(row) == token), None)


def next_steps(*, actor: Actor) -> list[dict[str, str]]:
    """What the company can do next about its own places, for the pages of its chain and its home."""
    if actor.company_id is None:
        return []
    count = open_own_questions(actor)
    unread = own_notices(actor).filter(seen_at__isnull=True).select_related("mention", "closing")
    steps = [
        {
            "title": _("%(name)s has closed") % {"name": notice.mention.name},
            "url": reverse("own_places"),
            "reason": _("The secretariat tells you this. Look whether your chain still is as you wrote it."),
        }
        for notice in unread
    ]
    if count:
        title = ngettext(
            "Is this the same place? %(n)s question about your own chain",
            "Is this the same place? %(n)s questions about your own chain",
            count,
        )
        reason = _("You wrote names that look alike. A minute each; then nobody asks you twice.")
        steps.append({"title": title % {"n": count}, "url": reverse("own_places"), "reason": reason})
    return steps
