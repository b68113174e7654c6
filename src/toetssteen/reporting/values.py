"""The value of an answer by its kind: yes or no, a choice, a day, a number, the rows of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack, Question, Text

MAX_ROWS = 60
MAX_CELL = 500


def options_of(question: Question, pack: Pack) -> list[tuple[str, Text]]:
    """What can be chosen: the question's own options, or a list of the pack."""
    spec = question.answer
    if spec.options_from:
        listed: Iterable[Any] = getattr(pack, spec.options_from, ())
        return [(row.id, getattr(row, "name", None) or row.text) for row in listed]
    return [(option, pack.framework.answer_label(option)) for option in spec.options]


def columns_of(question: Question, pack: Pack) -> list[tuple[str, Text]]:
    """The columns of a table question with their words."""
    return [(column, pack.framework.answer_label(column)) for column in question.answer.columns]


def clean_value(question: Question, pack: Pack, raw: object) -> Any:
    """The value as it is stored; None when nothing was filled in; ValidationError when it does not fit the question."""
    kind = question.answer.kind
    if raw is None or raw == "" or raw == []:
        return None
    cleaner = {
        "yes_no": _yes_no,
        "choice": _choice,
        "date": _date,
        "number": _number,
        "scale": _number,
        "table": _table,
    }.get(kind)
    return cleaner(question, pack, raw) if cleaner else None


def _yes_no(question: Question, pack: Pack, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw not in ("yes", "no"):
        raise ValidationError(_("Choose yes or no."))
    return raw == "yes"


def _choice(question: Question, pack: Pack, raw: object) -> Any:
    known = {option for option, _words in options_of(question, pack)}
    chosen = list(raw) if isinstance(raw, list | tuple | set) else [raw]
    if any(option not in known for option in chosen):
        raise ValidationError(_("Choose from the list."))
    if question.answer.multiple:
        return sorted({str(option) for option in chosen}, key=[o for o, _w in options_of(question, pack)].index)
    return str(chosen[0])


def _date(question: Question, pack: Pack, raw: object) -> str:
    if isinstance(raw, dt.date):
        return raw.isoformat()
    try:
        return dt.date.fromisoformat(str(raw)).isoformat()
    except ValueError as error:
        raise ValidationError(_("Fill in a date, such as 31 December 2024.")) from error


def _number(question: Question, pack: Pack, raw: object) -> str:
    try:
        return str(Decimal(str(raw).strip().replace(",", ".")))
    except InvalidOperation as error:
        raise ValidationError(_("Fill in a number.")) from error


def _table(question: Question, pack: Pack, raw: object) -> list[dict[str, str]] | None:
    columns = set(question.answer.columns)
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) and set(row) <= columns for row in raw):
        raise ValidationError(_("The table does not fit this question."))
    rows = [{column: str(row.get(column, "")).strip()[:MAX_CELL] for column in question.answer.columns} for row in raw]
    filled = [row for row in rows if any(row.values())]
    if len(filled) > MAX_ROWS:
        raise ValidationError(_("A table has at most %(count)s rows.") % {"count": MAX_ROWS})
    return filled or None


def shown(question: Question, pack: Pack, value: Any) -> Any:
    """The value in words for a page: a text, a list of texts, or the rows of a table; None without a value."""
    kind = question.answer.kind
    if value is None:
        return None
    if kind == "yes_no":
        return _("Yes") if value else _("No")
    if kind == "choice":
        words = dict(options_of(question, pack))
        chosen = value if isinstance(value, list) else [value]
        return [words.get(option, Text(str(option), str(option))) for option in chosen]
    if kind == "date":
        return dt.date.fromisoformat(value)
    if kind == "table":
        return [[row.get(column, "") for column in question.answer.columns] for row in value]
    return value
