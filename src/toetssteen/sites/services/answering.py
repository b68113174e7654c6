"""Answering the question whether two places are one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.sites import permissions, policies
from toetssteen.sites.choices import Answer, AskedOf, ChangeKind, How, QuestionState
from toetssteen.sites.models import Mention, Question, SiteChange
from toetssteen.sites.recognition import numbers
from toetssteen.sites.recognition.moving import Record, make_sites, move, settle, tied_by_company
from toetssteen.supplychain.models import Site

STILL_ASKED = (QuestionState.OPEN, QuestionState.WAITING)


@transaction.atomic
def answer_question(*, actor: Actor, question_id: int, answer: str, now: dt.datetime) -> SiteChange | None:
    """The secretariat says whether a mention is a site; "not sure" keeps the question for later."""
    numbers.lock()
    question = _question(permissions.visible_questions(actor), question_id)
    demand(permissions.can_answer_question(actor, question))
    return _decide(actor, question, answer, now)


@transaction.atomic
def accept_questions(*, actor: Actor, question_ids: Collection[int], now: dt.datetime) -> int:
    """The secretariat says of several near-certain questions at once that they are the same place; how many."""
    numbers.lock()
    rows = permissions.visible_questions(actor).filter(
        pk__in=list(question_ids), state=QuestionState.OPEN, probability__gte=policies.NEAR_CERTAIN
    )
    count = 0
    for pk in list(rows.order_by("-probability", "pk").values_list("pk", flat=True)):
        question = _question(permissions.visible_questions(actor), pk)
        if question.state != QuestionState.OPEN or not policies.nearly_certain(question):
            continue  # an answer before this one settled it, or something contradicts
        demand(permissions.can_answer_question(actor, question))
        _decide(actor, question, Answer.SAME, now)
        count += 1
    return count


@transaction.atomic
def answer_own_question(*, actor: Actor, question_id: int, answer: str, now: dt.datetime) -> None:
    """A company says whether two things that it wrote itself are one place."""
    numbers.lock()
    question = _question(permissions.own_questions(actor), question_id)
    demand(permissions.can_answer_own_question(actor, question))
    demand(policies.answerable(question))
    record = Record()
    settle([question], QuestionState.ANSWERED, answer, record, answered_by_id=actor.person_id, answered_at=now)
    if answer == Answer.SAME:
        _own_same(actor, question, now, record)
    elif answer == Answer.DIFFERENT:
        _own_different(actor, question, now, record)
    else:
        settle(_held(question), QuestionState.OPEN, "", record)
    _remember(actor, ChangeKind.ANSWER, question, record, now)
    audit.record(actor=actor, verb="sites.answer_own_question", subject=question, at=now, answer=answer)


def _question(rows: QuerySet[Question], question_id: int) -> Question:
    found = rows.select_for_update(of=("self",)).filter(pk=question_id).first()
    if found is None:
        raise Refused(no(_("This question does not exist.")))
    return found


def _remember(
    actor: Actor, kind: str, question: Question, record: Record, now: dt.datetime, site: Site | None = None
) -> SiteChange:
    return SiteChange.objects.create(
        kind=kind, question=question, kept=site, moved=record.plain(), made_by_id=actor.person_id, made_at=now
    )


def root_of(site: Site) -> Site:
    """The site into which a merged one went, through any number of merges."""
    while site.merged_into is not None:
        site = site.merged_into
    return site


def _decide(actor: Actor, question: Question, answer: str, now: dt.datetime) -> SiteChange | None:
    """Carry out the secretariat's answer; the mentions that the company called the same go along."""
    record = Record()
    assert question.site is not None
    if answer == Answer.UNSURE:
        question.answer, question.answered_by_id, question.answered_at = answer, actor.person_id, now
        question.row_version += 1
        question.save()
        audit.record(actor=actor, verb="sites.answer_question", subject=question, at=now, answer=answer)
        return None
    settle([question], QuestionState.ANSWERED, answer, record, answered_by_id=actor.person_id, answered_at=now)
    mention, site = question.mention, root_of(question.site)
    if answer == Answer.SAME:
        together = [mention, *(m for m in tied_by_company(mention) if m.how not in policies.BY_PEOPLE)]
        move(together, site.pk, How.SECRETARIAT, actor, now, record)
        settle(_asked_about(together).exclude(pk=question.pk), QuestionState.DROPPED, "", record)
    else:
        _apart(actor, mention, site, now, record)
    change = _remember(actor, ChangeKind.ANSWER, question, record, now, site)
    audit.record(
        actor=actor, verb="sites.answer_question", subject=site, at=now,
        answer=answer, question=question.pk, mention=mention.pk,
    )  # fmt: skip
    return change


def _asked_about(mentions: list[Mention]) -> QuerySet[Question]:
    """What the secretariat is still asked about these mentions."""
    return Question.objects.filter(
        asked_of=AskedOf.SECRETARIAT, state__in=STILL_ASKED, mention__in=[m.pk for m in mentions]
    )


def _apart(actor: Actor, mention: Mention, site: Site, now: dt.datetime, record: Record) -> None:
    """Take a mention off a site; with no other question open it becomes a site of its own."""
    if mention.site_id not in (None, site.pk):
        return
    if mention.site_id == site.pk:
        move([mention], None, How.OPEN, actor, now, record)
    partners = [m for m in tied_by_company(mention) if m.site_id not in (None, site.pk)]
    if partners:
        move([mention], partners[0].site_id, How.COMPANY, actor, now, record)
    elif not _asked_about([mention]).exists():
        made = make_sites([[mention]])[0]
        record.made.append(made.pk)
        move([mention], made.pk, How.SECRETARIAT, actor, now, record)


def _held(question: Question) -> list[Question]:
    """The secretariat's questions that waited for this answer of the company."""
    sites: dict[Mention, int | None] = {question.mention: question.other.site_id if question.other else None}
    if question.other is not None:
        sites[question.other] = question.mention.site_id
    return [
        held
        for mention, site_id in sites.items()
        if site_id is not None
        for held in Question.objects.filter(
            asked_of=AskedOf.SECRETARIAT, state=QuestionState.WAITING, mention=mention, site_id=site_id
        )
    ]


def _own_same(actor: Actor, question: Question, now: dt.datetime, record: Record) -> None:
    one, two = question.mention, question.other
    assert two is not None
    settle(
        _held(question), QuestionState.ANSWERED, Answer.SAME, record, answered_by_id=actor.person_id, answered_at=now
    )
    if one.site_id and two.site_id:
        if one.site_id != two.site_id:
            _put_to_secretariat(one, two.site_id, "company_says_same", now)
    elif one.site_id or two.site_id:
        move([one, two], one.site_id or two.site_id, How.COMPANY, actor, now, record)
        settle(_asked_about([one, two]), QuestionState.DROPPED, "", record)
    # Two open questions about the same third place become one.
    group = {one.pk, two.pk} | {m.pk for m in tied_by_company(one)}
    seen: set[int] = set()
    for open_one in Question.objects.filter(
        asked_of=AskedOf.COMPANY, state=QuestionState.OPEN, mention__organisation_id=one.organisation_id
    ).order_by("pk"):
        sides = {open_one.mention_id, open_one.other_id or 0}
        if not sides & group:
            continue
        third = (sides - group).pop() if sides - group else 0
        if third == 0 or third in seen:
            settle([open_one], QuestionState.DROPPED, "", record)
        seen.add(third)


def _own_different(actor: Actor, question: Question, now: dt.datetime, record: Record) -> None:
    one, two = question.mention, question.other
    assert two is not None
    held = _held(question)
    settle(held, QuestionState.ANSWERED, Answer.DIFFERENT, record, answered_by_id=actor.person_id, answered_at=now)
    if one.site_id and one.site_id == two.site_id:
        _put_to_secretariat(one, one.site_id, "company_says_different", now)
        return
    for mention in (one, two):
        if mention.site_id is None and not _asked_about([mention]).exists():
            made = make_sites([[mention]])[0]
            record.made.append(made.pk)
            move([mention], made.pk, How.COMPANY, actor, now, record)


def _put_to_secretariat(mention: Mention, site_id: int, reason: str, now: dt.datetime) -> None:
    """What the company says does not fit the registry: a person of the secretariat looks at it."""
    question, made = Question.objects.get_or_create(
        mention=mention, site_id=site_id,
        defaults={"asked_of": AskedOf.SECRETARIAT, "reasons": [[reason, []]], "asked_at": now},
    )  # fmt: skip
    if not made and question.state != QuestionState.OPEN:
        question.state, question.answer, question.reasons = QuestionState.OPEN, "", [[reason, []]]
        question.row_version += 1
        question.save()
