"""From a file to its cells, whatever its name says it is; or a refusal with the reason."""

from __future__ import annotations

import os
import zipfile

from .csvs import MAX_FILE, read_csv
from .grid import RawBook, Refused, protected, too_large, unreadable
from .ods import read_flat, read_ods
from .ole import SIGNATURE, OleFile
from .xls import MAX_FILE as MAX_OLE
from .xls import read_xls
from .xlsx import read_xlsx
from .zipped import open_archive, read_part

MAX_UPLOAD = 60_000_000


def open_book(path: str) -> RawBook:
    """The cells of a file. The kind is seen from what is inside, not from the ending of its name."""
    size = os.path.getsize(path)
    if size == 0:
        raise unreadable("This file is empty.")
    if size > MAX_UPLOAD:
        raise too_large()
    with open(path, "rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        with open_archive(path) as archive:
            return _from_archive(archive)
    if head.startswith(SIGNATURE):
        return _from_ole(path, size)
    return _from_text(path, head, size)


def _from_archive(archive: zipfile.ZipFile) -> RawBook:
    names = set(archive.namelist())
    if "content.xml" in names or read_part(archive, "mimetype", 1000).startswith(b"application/vnd.oasis"):
        return read_ods(archive)
    if "[Content_Types].xml" in names:
        if any(name.endswith("workbook.bin") for name in names):
            said = "This is a binary workbook (XLSB). Save it as XLSX and send that."
            raise Refused("unreadable_file", said, "binary_workbook")
        if not any(name.lower().startswith("xl/") for name in names):
            raise unreadable("This is an Office file, but not a workbook.")
        return read_xlsx(archive)
    raise unreadable("This is a zip file, but not a spreadsheet. Unpack it and send the spreadsheet.")


def _from_ole(path: str, size: int) -> RawBook:
    if size > MAX_OLE:
        raise too_large()
    with open(path, "rb") as file:
        ole = OleFile(file.read())
    if ole.has("EncryptedPackage") or ole.has("EncryptionInfo"):
        raise protected()
    return read_xls(path, ole)


def _from_text(path: str, head: bytes, size: int) -> RawBook:
    if size > MAX_FILE:
        raise too_large()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    with open(path, "rb") as file:
        content = file.read()
    if start.startswith(b"<?xml") and b"office:spreadsheet" in content[:2_000_000]:
        return read_flat(content)
    if start.startswith((b"<?xml", b"<!doctype", b"<html", b"<table", b"{\\rtf", b"%pdf")):
        raise unreadable("This file is not a spreadsheet. Save it as XLSX and send that.")
    return read_csv(content)
