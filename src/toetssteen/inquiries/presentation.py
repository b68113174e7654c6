"""Questions and answers in the words of the reader; no queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, Http404
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import AskedQuestion, Questionnaire
from toetssteen.foundation.look.figures import day, in_language
from toetssteen.inquiries.answering import Given, is_signal, rows_of, shown
from toetssteen.inquiries.choices import EXPIRED, InquiryState

LOOKS = {
    InquiryState.DRAFT: ("line", "edit"),
    InquiryState.SENT: ("info", "clock"),
    InquiryState.OPENED: ("info", "clock"),
    InquiryState.BUSY: ("info", "clock"),
    InquiryState.ANSWERED: ("ok", "check"),
    InquiryState.REFUSED: ("warn", "refused"),
    InquiryState.WITHDRAWN: ("line", ""),
    EXPIRED: ("warn", "clock"),
}


def state_word(state: str) -> str:
    """The word of a state."""
    if state == EXPIRED:
        return pgettext("inquiry", "Expired")
    return str(InquiryState(state).label)


def state_tag(state: str) -> dict[str, str]:
    """A state as its tag shows it."""
    kind, icon = LOOKS[state]  # type: ignore[index]
    return {"label": state_word(state), "kind": kind, "icon": icon}


def states() -> list[tuple[str, str]]:
    """All states to filter by."""
    return [(str(state), state_word(str(state))) for state in (*InquiryState, EXPIRED)]


def languages(sheet: Any) -> list[dict[str, str]]:
    """The languages in which the questionnaire can be read, other than the current one."""
    found = []
    for code in sheet.questionnaire.languages:
        if code != sheet.inquiry.language:
            found.append({"code": code, "name": get_language_info(code)["name_local"].capitalize()})
    return found


def said(questionnaire: Questionnaire, question: AskedQuestion, given: Given) -> list[str]:
    """An answer in lines of text."""

    def words(key: str) -> str:
        return in_language(questionnaire.label(key, question.id))

    if given.stance:
        return [words(given.stance)]
    if given.is_empty:
        return []
    if isinstance(given.value, str):
        return [given.value]
    if question.kind in ("choice", "yes_no_unknown"):
        return [words(option) for option in given.value]
    return [_row(question, row, words) for row in rows_of(given)]


def _row(question: AskedQuestion, row: dict[str, str], words: Any) -> str:
    parts = []
    for column in question.columns:
        cell = row.get(column.id, "")
        if not cell or column.kind == "row":
            continue
        shown = words(cell) if column.kind == "option" else day_of(cell) if column.kind == "day" else cell
        parts.append(f"{words(column.id)}: {shown}")
    head = f"{words(row['row'])}: " if row.get("row") else ""
    return head + "; ".join(parts)


def day_of(cell: str) -> str:
    """A day that was typed, in words."""
    try:
        return day(dt.date.fromisoformat(cell))
    except ValueError:
        return cell


def answer_rows(questionnaire: Questionnaire, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Every question with its answer, for the overview and the receipt."""
    return [
        {
            "id": row.question.id,
            "number": row.number,
            "text": in_language(row.question.text),
            "said": said(questionnaire, row.question, row.given),
            "look_again": row.look_again,
        }
        for row in rows
    ]


def download(found: Any) -> FileResponse:
    """A file as something that a browser saves and never opens as a page."""
    if found is None:
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=found.file_name)
    response["Content-Type"] = found.content_type or "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def many_levels(labels: Sequence[str]) -> str:
    """Levels in one phrase."""
    if len(labels) < 2:
        return "".join(labels)
    return _("%(first)s and %(last)s") % {"first": ", ".join(labels[:-1]), "last": labels[-1]}


def moments(inquiry: Any, now: dt.datetime) -> list[tuple[str, str]]:
    """What happened with a question, oldest first."""
    rows = [(_("Prepared"), day(inquiry.made_at))]
    if inquiry.sent_at:
        rows.append((_("Sent"), day(inquiry.sent_at)))
    if inquiry.opened_at:
        rows.append((_("Opened"), day(inquiry.opened_at)))
    if inquiry.reminders:
        rows.append((_("Reminded"), f"{inquiry.reminders}× ({day(inquiry.reminded_at)})"))
    if inquiry.state == InquiryState.ANSWERED:
        rows.append((_("Answered"), day(inquiry.ended_on)))
    elif inquiry.state == InquiryState.REFUSED:
        rows.append((_("Refused"), day(inquiry.ended_on)))
    elif inquiry.state == InquiryState.WITHDRAWN:
        rows.append((_("Withdrawn"), day(inquiry.withdrawn_at)))
    elif inquiry.expires_at:
        rows.append((_("Link works until"), day(inquiry.expires_at)))
    return rows


def _levels(pack: Any) -> dict[str, str]:
    return {level.id: in_language(level.text) for level in pack.coverage_levels}


def _titles(inquiry: Any, pack: Any) -> dict[int, str]:
    materials = {material.id: in_language(material.text) for material in pack.materials}
    return {
        asked.chain_id: asked.chain.trade_name or materials.get(asked.chain.material, asked.chain.material)
        for asked in inquiry.chains.all()
    }


def about(inquiry: Any, pack: Any) -> list[dict[str, Any]]:
    """The chains of a question with what was asked about each."""
    levels, titles = _levels(pack), _titles(inquiry, pack)
    return [
        {
            "id": asked.chain_id,
            "title": titles[asked.chain_id],
            "levels": many_levels([levels.get(level, level) for level in asked.levels]),
        }
        for asked in inquiry.chains.all()
    ]


def line_groups(inquiry: Any, pack: Any) -> list[dict[str, Any]]:
    """The lines of an answer per chain, in words."""
    levels, titles = _levels(pack), _titles(inquiry, pack)
    themes = {theme.id: in_language(theme.name) for theme in pack.themes}
    groups: dict[int | None, list[dict[str, Any]]] = {}
    for line in inquiry.lines.all():
        groups.setdefault(line.chain_id, []).append(_line(line, pack, levels, themes))
    return [{"title": titles.get(pk or 0, ""), "id": pk, "lines": lines} for pk, lines in groups.items()]


def _line(line: Any, pack: Any, levels: dict[str, str], themes: dict[str, str]) -> dict[str, Any]:
    level = levels.get(line.level, line.level)
    row: dict[str, Any] = {"id": line.pk, "state": line.state, "kind": line.kind, "note": ""}
    if line.kind == "refusal":
        row["label"] = _("%(level)s: asked and refused") % {"level": level[:1].upper() + level[1:]}
    elif line.kind == "risk":
        row["label"] = _("Possible risk: %(theme)s") % {"theme": themes.get(line.theme, line.theme).lower()}
        signal = pack.questionnaire.question(line.question).signal
        row["note"] = in_language(signal.says) if signal else ""
    else:
        said = line.content
        where = ", ".join(p for p in (said.get("name"), said.get("place"), said.get("region")) if p)
        row["label"] = f"{level[:1].upper() + level[1:]}: {where}"
        row["note"] = ", ".join(p for p in (said.get("address", ""), _share(said.get("share"))) if p)
    return row


def _share(share: str | None) -> str:
    return _("share according to the supplier: %(share)s") % {"share": share} if share else ""


def signals_to_talk_about(inquiry: Any, pack: Any) -> list[str]:
    """Signals that are no risk of a theme, to talk about with the supplier."""
    answers = {reply.question: Given(reply.stance, reply.value) for reply in inquiry.replies.all()}
    if not answers or pack.questionnaire is None:
        return []
    asked = shown(pack.questionnaire, inquiry.asked_kind, answers)
    return [in_language(q.signal.says) for q in asked if q.signal and not q.signal.theme and is_signal(q, answers)]


def company_answers(inquiry: Any, pack: Any) -> list[dict[str, Any]]:
    """Every question that was asked with its answer, for the company."""
    questionnaire = pack.questionnaire
    answers = {reply.question: Given(reply.stance, reply.value) for reply in inquiry.replies.all()}
    if questionnaire is None or not answers:
        return []
    return [
        {"id": q.id, "text": in_language(q.text), "said": said(questionnaire, q, answers.get(q.id, Given()))}
        for q in shown(questionnaire, inquiry.asked_kind, answers)
    ]
