"""What a file may be (its type by content, its size, what must not be inside it), and how it is kept and sent."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

MAX_ENTRIES = 4000
MAX_UNPACKED = 150 * 1024 * 1024
TAIL = 66_000  # a zip ends with its table of contents in at most so many bytes
NAME_LENGTH = 120

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_MAGIC = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"


@dataclass(frozen=True)
class FileType:
    """A type of file that may be kept: how it is served and which endings its name may have."""

    content_type: str
    endings: tuple[str, ...]


PDF = FileType("application/pdf", ("pdf",))
PNG = FileType("image/png", ("png",))
JPEG = FileType("image/jpeg", ("jpg", "jpeg"))
WEBP = FileType("image/webp", ("webp",))
TIFF = FileType("image/tiff", ("tif", "tiff"))
HEIC = FileType("image/heic", ("heic", "heif"))
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = FileType(f"{_OOXML}wordprocessingml.document", ("docx",))
XLSX = FileType(f"{_OOXML}spreadsheetml.sheet", ("xlsx",))
PPTX = FileType(f"{_OOXML}presentationml.presentation", ("pptx",))
DOC = FileType("application/msword", ("doc",))
XLS = FileType("application/vnd.ms-excel", ("xls",))
PPT = FileType("application/vnd.ms-powerpoint", ("ppt",))
_ODF = "application/vnd.oasis.opendocument."
ODT = FileType(f"{_ODF}text", ("odt",))
ODS = FileType(f"{_ODF}spreadsheet", ("ods",))
ODP = FileType(f"{_ODF}presentation", ("odp",))

ENDINGS = tuple(
    f".{ending}"
    for kind in (PDF, JPEG, PNG, WEBP, TIFF, HEIC, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, XLS, PPT)
    for ending in kind.endings
)
_OOXML_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_ODF_TYPES = {kind.content_type.encode(): kind for kind in (ODT, ODS, ODP)}
_OLE_PARTS = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS, "PowerPoint Document": PPT}
_MACRO_PARTS = re.compile(r"vbaproject|(^|/)activex/|macrosheets|(^|/)basic/|(^|/)scripts/|oleobject\w*\.bin$", re.I)
_PDF_ACTIVE = re.compile(rb"/(JavaScript|Launch)[\s/<(\[]")


class FileRefused(Exception):
    """A file that may not be kept; the sentence says why and what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def _not_allowed() -> FileRefused:
    return FileRefused(
        "not_allowed",
        _("This kind of file cannot be kept. Use a PDF, a photo or an office document; print anything else to PDF."),
    )


def _broken() -> FileRefused:
    return FileRefused("broken", _("This file is damaged or not complete. Save it again and choose it once more."))


def _active() -> FileRefused:
    return FileRefused(
        "active", _("This file contains macros, scripts or another program. Save it without them, for example as PDF.")
    )


def _mixed() -> FileRefused:
    return FileRefused("mixed", _("This file holds a second file inside it. Save it again, for example as PDF."))


def type_of(file: BinaryIO, size: int, limit: int) -> FileType:
    """The type of a file by what is in it, whatever its name says; refuses with a sentence."""
    if size == 0:
        raise FileRefused("empty", _("This file is empty."))
    if size > limit:
        raise FileRefused(
            "too_big",
            _("This file is %(size)s MB. At most %(limit)s MB is possible.")
            % {"size": -(-size // 2**20), "limit": limit // 2**20},
        )
    file.seek(0)
    head = file.read(4096)
    if head.startswith(OLE_MAGIC):
        return _ole(file)
    if head.startswith(ZIP_MAGIC):
        return _zip(file)
    found = _plain(head)
    if found is None:
        raise _not_allowed()
    file.seek(max(0, size - TAIL))
    tail = file.read()
    if ZIP_END in tail:
        raise _mixed()
    if found is PDF:
        _check_pdf(file, tail)
    elif found is PNG:
        _check_png(file, size)
    elif found is JPEG and b"\xff\xd9" not in tail:
        raise _broken()
    return found


def _plain(head: bytes) -> FileType | None:
    """The type by the first bytes, for files that are no container of others."""
    import filetype

    guess = filetype.guess(head)
    mime = guess.mime if guess else ""
    if head.startswith(b"%PDF-"):
        return PDF
    return {kind.content_type: kind for kind in (PNG, JPEG, WEBP, TIFF, HEIC)}.get(mime)


def _check_pdf(file: BinaryIO, tail: bytes) -> None:
    if b"%%EOF" not in tail:
        raise _broken()
    file.seek(0)
    before = b""
    while block := file.read(2**20):
        if _PDF_ACTIVE.search(before + block):
            raise _active()
        before = block[-32:]


def _check_png(file: BinaryIO, size: int) -> None:
    """Walk the chunks of an image: it must end where it says, with nothing behind it."""
    position = 8
    while position + 12 <= size:
        file.seek(position)
        head = file.read(8)
        position += 12 + int.from_bytes(head[:4], "big")
        if head[4:] == b"IEND":
            if position != size:
                raise _mixed()
            return
    raise _broken()


def _ole(file: BinaryIO) -> FileType:
    """An older office document; its parts are named in the file in two-byte letters."""
    file.seek(0)
    content = file.read()

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise FileRefused("protected", _("This file has a password. Save it without a password."))
    if has("_VBA_PROJECT") or has("Macros") or has("Ole10Native"):
        raise _active()
    for part, kind in _OLE_PARTS.items():
        if has(part):
            return kind
    raise _not_allowed()


def _zip(file: BinaryIO) -> FileType:
    """A newer office document: a zip with fixed parts, and nothing that can run."""
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise FileRefused("too_big", _("This file becomes too big when it is opened."))
            if any(entry.flag_bits & 1 for entry in entries):
                raise FileRefused("protected", _("This file has a password. Save it without a password."))
            names = [entry.filename for entry in entries]
            if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
                raise _not_allowed()
            kind = _office_kind(package, names)
            if any(_MACRO_PARTS.search(name) for name in names):
                raise _active()
            if package.testzip() is not None:
                raise _broken()
            return kind
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise _broken() from error


def _office_kind(package: zipfile.ZipFile, names: list[str]) -> FileType:
    if "[Content_Types].xml" in names:
        with package.open("[Content_Types].xml") as listing:
            if b"macroEnabled" in listing.read(2**20):
                raise _active()
        for part, kind in _OOXML_PARTS.items():
            if part in names:
                return kind
    if names and names[0] == "mimetype":
        with package.open("mimetype") as stated:
            found = _ODF_TYPES.get(stated.read(200).strip())
        if found and "content.xml" in names:
            return found
    raise _not_allowed()


def clean_name(raw: str, kind: FileType) -> str:
    """A name that is safe to show and to serve, with the ending that fits the content."""
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")  # control, direction and unassigned marks
    name = re.sub(r'[<>:"|?*]+', "-", " ".join(name.split())).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and ending.lower() in kind.endings:
        return f"{stem[:NAME_LENGTH].strip('. ') or 'document'}.{ending.lower()}"
    if dot and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        name = stem
    for own in kind.endings:
        name = name.removesuffix(f".{own}")
    return f"{name[:NAME_LENGTH].strip('. ') or 'document'}.{kind.endings[0]}"


def secret_path(folder: str) -> str:
    """Where a file is kept, outside the web root: a name that tells nothing and cannot be guessed."""
    name = secrets.token_hex(16)
    return f"{folder}/{name[:2]}/{name}"


def digest_of(upload: UploadedFile[Any]) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    return digest.hexdigest()


def sent(file: Any, name: str, content_type: str) -> FileResponse:
    """A kept file for whom may see it; a browser saves it and never opens it as a page."""
    if not file:
        raise Http404
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=name)
    response["Content-Type"] = content_type or "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
