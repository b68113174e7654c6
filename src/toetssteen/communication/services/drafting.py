"""Writing the draft of a public report; nothing of it is public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from toetssteen.communication.models import ReportDraft
from toetssteen.communication.permissions import can_write_report
from toetssteen.communication.sections import BY_ID, FIELDS, LANGUAGES
from toetssteen.core.access import Actor
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.pages import StaleRow, demand

LONGEST = 4000


@dataclass(frozen=True)
class SectionData:
    """One part of the report as it was entered: fields shown or not, risks left out, and own words per language.

    `left_out` is None where the part names no risks.
    """

    fields: Mapping[str, bool] = field(default_factory=dict)
    left_out: frozenset[int] | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def start_draft(*, actor: Actor, organisation_id: int, year_id: int, now: dt.datetime) -> ReportDraft:
    """Start the draft of a year with our proposals and last year's own words, or give the one that is there."""
    demand(can_write_report(actor, organisation_id))
    year = CovenantYear.objects.select_for_update(of=("self",)).get(pk=year_id)
    known = ReportDraft.objects.filter(organisation_id=organisation_id, year=year).first()
    if known is not None:
        return known
    earlier = ReportDraft.objects.filter(organisation_id=organisation_id, year__number__lt=year.number)
    before = earlier.order_by("-year__number").first()
    draft = ReportDraft.objects.create(
        organisation_id=organisation_id,
        year=year,
        is_short=before.is_short if before else False,
        fields=dict(before.fields) if before else {},
        left_out=list(before.left_out) if before else [],  # what goes on from a risk that was left out stays out too
        words=_carried(before.words) if before else {},
        changed_by_id=actor.person_id,
        changed_at=now,
    )
    audit.record(actor=actor, verb="communication.start_draft", subject=draft, at=now, carried_over=before is not None)
    return draft


LASTING = frozenset({"policy", "responsible", "contact"})  # words that stay true until somebody changes them


def _carried(words: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The words of last year that say how things are; what was about that year is written anew."""
    return {slot: dict(said) for slot, said in words.items() if slot in LASTING}


def _locked(actor: Actor, draft_id: int, row_version: int | None) -> ReportDraft:
    draft = ReportDraft.objects.select_for_update(of=("self",)).select_related("year").get(pk=draft_id)
    demand(can_write_report(actor, draft.organisation_id))
    if row_version is not None and draft.row_version != row_version:
        raise StaleRow(draft)
    return draft


def _saved(actor: Actor, draft: ReportDraft, now: dt.datetime) -> None:
    draft.row_version += 1
    draft.changed_by_id, draft.changed_at = actor.person_id, now
    draft.save()


@transaction.atomic
def save_section(
    *, actor: Actor, draft_id: int, section_id: str, data: SectionData, row_version: int | None, now: dt.datetime
) -> ReportDraft:
    """Save what one part of the report shows and says."""
    draft = _locked(actor, draft_id, row_version)
    _check(section_id, data)
    draft.fields = {
        name: value
        for name, value in {**draft.fields, **data.fields}.items()
        if name in FIELDS and value != FIELDS[name].proposed
    }
    if data.left_out is not None:
        draft.left_out = sorted(data.left_out)
    words = {slot: dict(said) for slot, said in draft.words.items()}
    for slot, said in data.words.items():
        words[slot] = {language: text.strip() for language, text in said.items() if text.strip()}
    draft.words = {slot: said for slot, said in words.items() if said}
    _saved(actor, draft, now)
    audit.record(actor=actor, verb="communication.save_section", subject=draft, at=now, section=section_id)
    return draft


def _check(section_id: str, data: SectionData) -> None:
    """Only fields and texts of this part, in languages that there are, and no text longer than anybody reads."""
    section = BY_ID[section_id]
    fields, slots = {row.id for row in section.fields}, {row.id for row in section.slots}
    # A key with a colon is a translation of a goal, an action or a risk, and belongs to their part.
    strange = set(data.fields) - fields | {slot for slot in data.words if slot not in slots and ":" not in slot}
    if strange:
        raise ValidationError(_("This does not belong to this part of the report."))
    for said in data.words.values():
        for language, text in said.items():
            if language not in LANGUAGES or len(text) > LONGEST:
                raise ValidationError(_("A text has at most %(count)s characters.") % {"count": LONGEST})


@transaction.atomic
def choose_length(
    *, actor: Actor, draft_id: int, is_short: bool, row_version: int | None, now: dt.datetime
) -> ReportDraft:
    """Choose between the whole report and one page."""
    draft = _locked(actor, draft_id, row_version)
    if draft.is_short != is_short:
        draft.is_short = is_short
        _saved(actor, draft, now)
        audit.record(actor=actor, verb="communication.choose_length", subject=draft, at=now, is_short=is_short)
    return draft
