"""Undoing an answer, a merge or a split: everything goes back to where it was."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.sites import permissions, policies
from toetssteen.sites.choices import AskedOf, ChangeKind, QuestionState
from toetssteen.sites.models import Question, SiteChange
from toetssteen.sites.recognition import moving, numbers, searching
from toetssteen.sites.recognition.moving import Record
from toetssteen.supplychain.models import Site


def changed_afterwards(change: SiteChange) -> bool:
    """A later act that still stands touched the same sites or mentions."""
    mentions = Record.read(change.moved).mention_ids
    sites = {pk for pk in (change.kept_id, change.gone_id) if pk} | set(change.moved.get("made", []))
    for later in SiteChange.objects.filter(pk__gt=change.pk, undone_at__isnull=True):
        record = Record.read(later.moved)
        of_merge = later.kind == ChangeKind.MERGE and later.gone_id in sites
        if record.mention_ids & mentions or of_merge:
            return True
    return False


@transaction.atomic
def undo_change(*, actor: Actor, change_id: int, now: dt.datetime) -> SiteChange:
    """The secretariat undoes an answer, a merge or a split; mentions, links and questions go back."""
    numbers.lock()
    change = SiteChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None or not actor.is_secretariat:
        raise Refused(no(_("This change does not exist.")))
    demand(permissions.can_undo_change(actor, change))
    demand(policies.undoable(change, changed_afterwards(change)))
    _undo(actor, change, now)
    for site_id in {change.kept_id, change.gone_id} - {None}:
        audit.record(
            actor=actor, verb="sites.undo_change", subject=f"supplychain.Site:{site_id}", at=now,
            change=change.pk, kind=change.kind,
        )  # fmt: skip
    return change


@transaction.atomic
def undo_own_answer(*, actor: Actor, question_id: int, now: dt.datetime) -> None:
    """A company takes back its answer; the question is open again.

    That always works, whatever the secretariat did in the meantime: what it decided itself simply stays.
    """
    numbers.lock()
    question = permissions.own_questions(actor).select_for_update(of=("self",)).filter(pk=question_id).first()
    if question is None:
        raise Refused(no(_("This question does not exist.")))
    demand(permissions.can_answer_own_question(actor, question))
    if question.state != QuestionState.ANSWERED:
        return
    change = SiteChange.objects.filter(question=question, undone_at__isnull=True).order_by("-pk").first()
    if change is not None and not changed_afterwards(change):
        _undo(actor, change, now)
    elif change is not None:
        change.undone_by_id, change.undone_at = actor.person_id, now
        change.save(update_fields=["undone_by", "undone_at"])
    Question.objects.filter(pk=question.pk).update(
        state=QuestionState.OPEN, answer="", answered_by=None, answered_at=None, asked_of=AskedOf.COMPANY
    )
    audit.record(actor=actor, verb="sites.undo_own_answer", subject=question, at=now)


def _undo(actor: Actor, change: SiteChange, now: dt.datetime) -> None:
    record = Record.read(change.moved)
    if change.kind == ChangeKind.MERGE and change.gone is not None:
        Site.objects.filter(pk=change.gone.pk).update(merged_into=None)
    moving.undo(record, actor, now)
    _take_out(record, change)
    searching.refresh(pk for pk in (change.kept_id, change.gone_id) if pk and pk not in record.made)
    change.undone_by_id, change.undone_at = actor.person_id, now
    change.save(update_fields=["undone_by", "undone_at"])


def _take_out(record: Record, change: SiteChange) -> None:
    """A site that only this act made stands aside: its code is not given to another one."""
    for site_id in record.made:
        moving.drop_search(site_id)
        if change.kept_id and change.kept_id != site_id:
            Site.objects.filter(pk=site_id).update(merged_into=change.kept_id)
            continue
        with suppress(ProtectedError), transaction.atomic():
            Site.objects.filter(pk=site_id).delete()
