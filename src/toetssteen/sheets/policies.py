"""What the state of a spreadsheet allows, whoever asks."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.sheets.choices import Decision, Grade, ImportState

if TYPE_CHECKING:
    from toetssteen.sheets.models import SheetImport

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
TRANSITIONS: dict[str, dict[str, str]] = {
    ImportState.READING: {
        "refuse": ImportState.REFUSED,
        "read": ImportState.COLUMNS,
        "read with known columns": ImportState.REVIEW,
    },
    ImportState.REFUSED: {},
    ImportState.COLUMNS: {"change columns": ImportState.READING, "agree with columns": ImportState.REVIEW},
    ImportState.REVIEW: {"change columns": ImportState.READING, "take over": ImportState.IMPORTING},
    ImportState.IMPORTING: {"finish": ImportState.DONE, "give back": ImportState.REVIEW},
    ImportState.DONE: {"undo": ImportState.UNDONE},
    ImportState.UNDONE: {},
}
OPEN = frozenset({ImportState.COLUMNS, ImportState.REVIEW})
BUSY = frozenset({ImportState.READING, ImportState.IMPORTING})


def allows_move(before: str, after: str) -> bool:
    """A spreadsheet goes from one state to another only along the way."""
    return after in TRANSITIONS[before].values()


def changeable(sheet_import: SheetImport) -> Verdict:
    """A spreadsheet can be worked on until it is taken over."""
    if sheet_import.state in OPEN:
        return YES
    if sheet_import.state in BUSY:
        return no(_("The spreadsheet is being worked on. Wait until that is done."))
    if sheet_import.state == ImportState.REFUSED:
        return no(_("This spreadsheet could not be read."))
    return no(_("This spreadsheet was taken over already."))


def undoable(sheet_import: SheetImport) -> Verdict:
    """Only what was taken over can be undone, once."""
    if sheet_import.state == ImportState.DONE:
        return YES
    if sheet_import.state == ImportState.UNDONE:
        return no(_("This import was undone already."))
    return no(_("This spreadsheet was not taken over."))


def wipeable(sheet_import: SheetImport) -> Verdict:
    """The file and its rows can be removed while nothing runs, once."""
    if sheet_import.wiped_at is not None:
        return no(_("The file and its rows were removed already."))
    if sheet_import.state in BUSY:
        return no(_("The spreadsheet is being worked on. Wait until that is done."))
    return YES


def grade_needs_choice(grade: int, decision: str) -> bool:
    """A row that is wrong waits until it is mended, left out, or - where that is possible - taken over as it is."""
    return grade >= Grade.ERROR and decision == Decision.OPEN


def allows_decision(grade: int, decision: str) -> bool:
    """Any row can be left out; what cannot become a chain cannot be kept as it is."""
    return decision != Decision.KEPT or grade < Grade.BLOCKED


# --- what a file may be, by its first bytes; the reader looks further

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF")


def refused_at_the_door(head: bytes, size: int, limit: int) -> str:
    """Why a file is not even kept, in a sentence; empty when the reader may look at it."""
    if size == 0:
        return _("This file is empty.")
    if size > limit:
        return _("This file is %(size)s MB. At most %(limit)s MB is possible.") % {
            "size": -(-size // 2**20),
            "limit": limit // 2**20,
        }
    if head.startswith((b"PK\x03\x04", _OLE)):
        return ""
    text_with_zeros = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if head.startswith(_NOT_TEXT) or (b"\0\0\0" in head and not text_with_zeros):
        return _("This is not a spreadsheet. Choose a file from Excel, LibreOffice or Numbers, or a CSV file.")
    if head.lstrip()[:64].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"{", b"<script")):
        return _("This is not a spreadsheet. Choose a file from Excel, LibreOffice or Numbers, or a CSV file.")
    return ""


def clean_file_name(raw: str) -> str:
    """A name that is safe to show, with the ending of a spreadsheet."""
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'[<>:"|?*]+', "-", " ".join(name.split())).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:150] or "spreadsheet"
    return f"{stem[:140].strip('. ') or 'spreadsheet'}.{ending[:8].lower()}"


def name_key(name: str) -> str:
    """A trade name without case, accents and doubled spaces, to compare with."""
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
