"""Spreadsheets to take away; text that looks like a formula stays text."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.workbooks import csv_cell
from toetssteen.sheets import own
from toetssteen.sheets.choices import Decision, Grade
from toetssteen.sheets.models import SheetImport
from toetssteen.sheets.wording import sentence_of
from toetssteen.supplychain.forms.fields import all_country_names
from toetssteen.supplychain.queries import chains

EMPTY_ROWS = 300
PLAIN = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
WIDE = {"name": 30, "material": 20, "trade_name": 24, "product_group": 22, "id": 19}


def chains_workbook(actor: Actor, organisation_id: int, pack: Pack, language: str) -> bytes:
    """The open chains that the actor may see, with lists to choose from."""
    rows = [own.cells_of(chain, pack, language) for chain in _open(actor, organisation_id)]
    return _workbook(rows, pack, language)


def template_workbook(pack: Pack, language: str) -> bytes:
    """The same table without chains."""
    return _workbook([], pack, language)


def chains_csv(actor: Actor, organisation_id: int, pack: Pack, language: str) -> str:
    """The same table as text, with semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([head.in_(language) for head in own.HEADS])
    for chain in _open(actor, organisation_id):
        cells = own.cells_of(chain, pack, language)
        writer.writerow([_text(cells.get(head.key), language) for head in own.HEADS])
    return out.getvalue()


def _open(actor: Actor, organisation_id: int) -> Iterable[Any]:
    return (chain for chain in chains(actor, organisation_id) if chain.closed_on is None)


def _text(value: Any, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = f"{value.normalize():f}"
        return plain.replace(".", ",") if language == "nl" else plain
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(csv_cell(str(value)))


# --- a workbook with lists to choose from


def _workbook(rows: Sequence[Mapping[str, Any]], pack: Pack, language: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **PLAIN})
    with translation.override(language):
        sheet = book.add_worksheet(_("Chains"))
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#e2ebed", "bottom": 1, "text_wrap": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "locked": book.add_format({"font_color": "#565046", "bg_color": "#f4f1ea"}),
        }
        _lists(book, pack, language)
    for column, head in enumerate(own.HEADS):
        sheet.write_string(0, column, head.in_(language), formats["head"])
        sheet.set_column(column, column, WIDE.get(head.key, WIDE.get(head.key.rpartition(".")[2], 17)))
        _choose(sheet, column, head.key, len(rows) + EMPTY_ROWS, language)
    for number, cells in enumerate(rows, 1):
        for column, head in enumerate(own.HEADS):
            _write(sheet, number, column, cells.get(head.key), formats)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(1, len(rows)), len(own.HEADS) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), formats["day"])
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, float(value), formats["locked"] if column == 0 else None)
    else:
        sheet.write_string(row, column, str(value))


def _lists(book: Any, pack: Pack, language: str) -> None:
    """The lists on a sheet of their own, under a name each, since a cell may list 255 characters at most."""
    sheet = book.add_worksheet(_("Lists"))
    lists = {
        "materials": sorted(in_language(m.text) for m in pack.materials if m.in_scope),
        "products": [in_language(form.text) for form in pack.product_forms],
        "countries": all_country_names(),
        "states": own.state_words(language),
        "situations": [profile.id for profile in pack.framework.profiles],
    }
    for column, (name, values) in enumerate(lists.items()):
        sheet.set_column(column, column, 28)
        for row, value in enumerate(values):
            sheet.write_string(row, column, value)
        letter = chr(ord("A") + column)
        book.define_name(name, f"='{sheet.get_name()}'!${letter}$1:${letter}${len(values)}")


def _choose(sheet: Any, column: int, key: str, rows: int, language: str) -> None:
    """What can be chosen in a column; a name may also be typed, only the words for “not known” are offered."""
    name = {"material": "materials", "product_group": "products", "situation": "situations"}.get(key, "")
    name = "countries" if key.endswith(".country") else "states" if key.endswith(".name") else name
    if not name:
        return
    several = key.endswith((".country", ".name"))
    sheet.data_validation(1, column, rows, column, {
        "validate": "list", "source": f"={name}", "show_error": not several,
        "error_title": "Toetssteen", "error_message": "?" if several else (
            "Choose from the list." if language == "en" else "Kies uit de lijst."
        ),
    })  # fmt: skip


# --- rows to mend


def wrong_rows(kept: SheetImport) -> bytes:
    """The rows that need a look, sheet by sheet, with one column more that says what is wrong."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False, **PLAIN})
    bold = book.add_format({"bold": True, "bg_color": "#e2ebed", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "font_color": "#8a1529"})
    rows = kept.rows.filter(grade__gte=Grade.WARNING).exclude(decision=Decision.OUT).order_by("position")
    sheets: dict[str, tuple[Any, list[str], int]] = {}
    # a database may give the cells back in another order than that of the file
    order = {(s["name"], c["header"]): n for s in kept.layout for n, c in enumerate(s["columns"])}
    for row in rows.iterator(chunk_size=1000):
        if row.sheet not in sheets:
            heads = sorted(row.cells, key=lambda head: order.get((row.sheet, head), 0))  # noqa: B023 - used at once
            made = book.add_worksheet(_sheet_name(row.sheet, len(sheets)))
            for column, head in enumerate([*heads, _("What is wrong")]):
                made.write_string(0, column, head, bold)
            made.set_column(0, len(heads) - 1, 18)
            made.set_column(len(heads), len(heads), 80)
            made.freeze_panes(1, 0)
            sheets[row.sheet] = (made, heads, 0)
        made, heads, count = sheets[row.sheet]
        for column, head in enumerate(heads):
            if row.cells.get(head):
                made.write_string(count + 1, column, row.cells[head])
        said = [
            (f"{problem['column']}: " if problem["column"] else "") + sentence_of(problem)
            for problem in row.problems
            if problem["severity"] != "info"
        ]
        made.write_string(count + 1, len(heads), "\n".join(said), wrap)
        sheets[row.sheet] = (made, heads, count + 1)
    if not sheets:
        book.add_worksheet(_("Chains")).write_string(0, 0, _("No row needs a look."))
    book.close()
    return out.getvalue()


def _sheet_name(name: str, number: int) -> str:
    plain = "".join(c for c in name if c not in "[]:*?/\\'")[:28]
    return plain or f"{number + 1}"
