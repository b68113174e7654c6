"""Public reports in the words of the reader; no queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.communication import judging
from toetssteen.communication.queries import CompanyStanding, Standing
from toetssteen.communication.sections import NOT_ON_ONE_PAGE, SECTIONS
from toetssteen.communication.selection import Selection
from toetssteen.communication.source import Source, holds
from toetssteen.core.calendar import PublicationCheck, Telling
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look.figures import day

__all__ = ["day"]

ONE_PAGE = 3400  # so many characters fit on one printed page, headings included
TONES = {Telling.LATE: "bad", Telling.DUE: "warn", Telling.IN_ORDER: "ok"}
ICONS = {Telling.LATE: "warn", Telling.DUE: "clock", Telling.IN_ORDER: "check"}


def standing(row: Standing) -> dict[str, Any]:
    """How the company stands with its public report, with the norms it rests on."""
    return {
        "state": row.check.state.value,
        "tone": TONES.get(row.check.state, ""),
        "icon": ICONS.get(row.check.state, "info"),
        "sentence": sentence(row.check),
        "told_on": row.check.told_on,
        "first_due_on": row.check.first_due_on,
        "months_first": row.months_first,
        "months_held": row.months_held,
        "mark": row.is_provisional,
    }


def sentence(check: PublicationCheck) -> str:
    """The one line that says it."""
    due = day(check.due_on) if check.due_on else ""
    if check.state == Telling.NOT_ASKED:
        return _("No public report is asked of this company now.")
    if check.state == Telling.NOT_YET:
        return _("Not due yet. The first public report is due on %(day)s.") % {"day": due}
    if check.state == Telling.DUE:
        if check.told_on is None:
            return _("The first public report is due on %(day)s.") % {"day": due}
        return _("A new public report is due on %(day)s.") % {"day": due}
    if check.state == Telling.IN_ORDER:
        return _("In order until %(day)s.") % {"day": due} if due else _("In order.")
    if check.months_late == 0:
        return _("Late: it was due on %(day)s, less than a month ago.") % {"day": due}
    words = ngettext(
        "Late by %(count)s month: it was due on %(day)s.",
        "Late by %(count)s months: it was due on %(day)s.",
        check.months_late,
    )
    return words % {"count": check.months_late, "day": due}


def standings(rows: Iterable[CompanyStanding]) -> list[dict[str, Any]]:
    """The lines of the secretariat's list."""
    return [
        {
            "name": row.organisation.name,
            "reference": row.organisation.reference,
            "tone": TONES.get(row.check.state, "line"),
            "icon": ICONS.get(row.check.state, ""),
            "label": state_label(row.check.state),
            "sentence": sentence(row.check),
            "told_on": row.check.told_on,
            "address": row.address,
        }
        for row in rows
    ]


def state_label(state: Telling) -> str:
    """The state in one or two words."""
    return {
        Telling.NOT_ASKED: _("not asked"),
        Telling.NOT_YET: _("not due yet"),
        Telling.DUE: _("due soon"),
        Telling.IN_ORDER: _("in order"),
        Telling.LATE: _("late"),
    }[state]


def parts(source: Source, selection: Selection, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the report as the company's page lists them."""
    judged = judging.judge(source, selection)
    marked = judging.claims(source, selection)
    return [
        {
            "section": section,
            "on": [f.label for f in section.fields if selection.shows(f.id) and holds(source, f.id)],
            "lacking": [f.label for f in section.fields if selection.shows(f.id) and not holds(source, f.id)],
            "off": [field.label for field in section.fields if not selection.shows(field.id)],
            "criteria": [row for row in judged if row.section == section.id],
            "claims": [row for row in marked if row.section == section.id],
            "is_empty": section_of(content, section.id) is None,
            "written": [slot.label for slot in section.slots if selection.says_anything(slot.id)],
        }
        for section in SECTIONS
    ]


def section_of(content: dict[str, Any], section_id: str) -> dict[str, Any] | None:
    """One part of a composed report; None when nothing stands in it."""
    return next((section for section in content["sections"] if section["id"] == section_id), None)


def unwritten(selection: Selection, language: str) -> list[Any]:
    """The texts that the company wrote in another language but not in this one."""
    slots = [slot for section in SECTIONS for slot in section.slots]
    return [slot.label for slot in slots if selection.says_anything(slot.id) and not selection.says(slot.id, language)]


def shown(source: Source, selection: Selection) -> list[dict[str, Any]]:
    """What becomes public, field by field."""
    return [
        {
            "title": section.title,
            "rows": [f.label for f in section.fields if selection.shows(f.id) and holds(source, f.id)],
            "written": [slot.label for slot in section.slots if selection.says_anything(slot.id)],
        }
        for section in SECTIONS
        if any(selection.shows(f.id) and holds(source, f.id) for f in section.fields)
        or any(selection.says_anything(s.id) for s in section.slots)
    ]


def hidden(selection: Selection) -> list[Any]:
    """What stays with the company."""
    left = [field.label for section in SECTIONS for field in section.fields if not selection.shows(field.id)]
    return [
        *left,
        _("Volumes and amounts of money"),
        _("Names of people"),
        _("Evidence files"),
        _("Answers and points"),
    ]


def fits_one_page(content: dict[str, Any]) -> bool:
    """A report of this length can be printed on one page."""
    return _length(content["sections"]) + len(content["lead"]) + len(content["disclaimer"]) <= ONE_PAGE


def _length(value: Any) -> int:
    if isinstance(value, dict):
        return sum(_length(part) for part in value.values())
    if isinstance(value, list):
        return sum(_length(part) for part in value)
    return len(str(value))


def left_off(selection: Selection) -> bool:
    """A one-page report leaves chosen fields out."""
    return selection.is_short and any(selection.fields.get(name) for name in NOT_ON_ONE_PAGE)


def links_of_plan(year_number: int) -> list[tuple[Any, str]]:
    """What stands beside the plan of a year."""
    return [(_("Public due-diligence report"), reverse("public_report_home"))]


def what_withdrawing_does() -> list[str]:
    """What happens when a version is taken back."""
    return [
        _("Nobody can read this version any more, in any language."),
        _("Its address says that it was taken back, when, and why."),
        _("It no longer counts as public communication. An earlier version that is left counts with its own date."),
        _("Whoever saved or printed it, still has it."),
    ]


def counts_later(year: Any, today: dt.date) -> str:
    """What publishing after the end of a year that is still being assessed does for that year: nothing."""
    if today <= year.ends_on:
        return ""
    return _(
        "In the assessment of %(year)s only what was public on %(day)s at the latest counts. "
        "What you publish now counts from the year after."
    ) % {"year": year, "day": day(year.ends_on)}


def file_name(row: Any, ending: str) -> str:
    """What a saved file is called."""
    return f"due-diligence-{row.organisation.reference}-{row.year}-{row.language}-v{row.number}.{ending}".lower()
