"""A file is what is in it, whatever its name says."""

from __future__ import annotations

import io

import pytest

from tests.documents.conftest import JPEG, PDF, PNG, office, ole, open_document, package
from toetssteen.foundation import files as policies
from toetssteen.foundation.files import FileRefused, clean_name, type_of

LIMIT = 1024 * 1024


def look(content: bytes, limit: int = LIMIT) -> policies.FileType:
    return type_of(io.BytesIO(content), len(content), limit)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, policies.PDF),
        (PNG, policies.PNG),
        (JPEG, policies.JPEG),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 40, policies.WEBP),
        (b"II*\x00" + b"\x00" * 60, policies.TIFF),
        (office(), policies.DOCX),
        (office("xl__workbookDOTxml"), policies.XLSX),
        (office("ppt__presentationDOTxml"), policies.PPTX),
        (open_document(), policies.ODT),
        (open_document("spreadsheet"), policies.ODS),
        (ole("WordDocument"), policies.DOC),
        (ole("Workbook"), policies.XLS),
        (ole("PowerPoint Document"), policies.PPT),
    ],
)
def test_what_may_be_kept(content, kind):
    assert look(content) == kind


HOSTILE = {
    "nothing in it": (b"", "empty"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 200, "not_allowed"),
    "a linux program": (b"\x7fELF" + b"\x00" * 200, "not_allowed"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "not_allowed"),
    "a web page": (b"<!doctype html><script>alert(1)</script>", "not_allowed"),
    "a drawing with scripts": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "not_allowed"),
    "plain text": (b"hello", "not_allowed"),
    "an animation that is also a script": (b"GIF89a/*" + b"\x00" * 40 + b"*/=1;alert(1)", "not_allowed"),
    "an archive called pdf": (package(readmeDOTtxt=b"hello"), "not_allowed"),
    "a java program": (package(**{"META-INF__MANIFESTDOTMF": b"x", "ADOTclass": b"x"}), "not_allowed"),
    "a pdf with an archive behind it": (PDF + package(evilDOTexe=b"x") + b"%%EOF", "mixed"),
    "a photo with an archive behind it": (JPEG + package(evilDOTexe=b"x"), "mixed"),
    "an image with something behind it": (PNG + b"<script>alert(1)</script>", "mixed"),
    "half a pdf": (PDF[:40], "broken"),
    "half an image": (PNG[:-6], "broken"),
    "half a photo": (JPEG[:30], "broken"),
    "half an office document": (office()[:-40], "broken"),
    "a pdf that runs javascript": (
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"),
        "active",
    ),
    "a pdf that starts a program": (
        PDF.replace(b"/Catalog", b"/Catalog /AA << /S /Launch /F (x) >>"),
        "active",
    ),
    "a document with macros": (office(word__vbaProjectDOTbin=b"x"), "active"),
    "a document that says it has macros": (office(types=b"<x ContentType='a.macroEnabled.main+xml'/>"), "active"),
    "a document with a control": (office(word__activeX__activeX1DOTxml=b"x"), "active"),
    "a document with a packed object": (office(word__embeddings__oleObject1DOTbin=b"x"), "active"),
    "an old document with macros": (ole("WordDocument", "_VBA_PROJECT"), "active"),
    "an old document with a packed program": (ole("WordDocument", "\x01Ole10Native"), "active"),
    "a document with a password": (ole("EncryptedPackage"), "protected"),
    "an installer": (ole("Binary.Installer"), "not_allowed"),
    "names that climb out of the folder": (office(**{"..__..__evilDOTxml": b"x"}), "not_allowed"),
    "a file of two megabytes": (PDF + b"\x00" * 2 * LIMIT, "too_big"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_what_may_not_be_kept(name):
    content, code = HOSTILE[name]
    with pytest.raises(FileRefused) as refused:
        look(content)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_a_package_that_unpacks_to_far_too_much(monkeypatch):
    monkeypatch.setattr(policies, "MAX_UNPACKED", 10_000)
    with pytest.raises(FileRefused) as refused:
        look(office(word__bigDOTxml=b"0" * 20_000))
    assert refused.value.code == "too_big"


def test_a_package_whose_content_does_not_fit_its_sum():
    content = bytearray(office(word__textDOTxml=b"abcdefgh" * 50))
    at = bytes(content).index(b"word/text.xml") + len(b"word/text.xml") + 3
    content[at] ^= 0xFF
    with pytest.raises(FileRefused) as refused:
        look(bytes(content))
    assert refused.value.code == "broken"


@pytest.mark.parametrize(
    ("raw", "kind", "clean"),
    [
        ("visit.pdf", policies.PDF, "visit.pdf"),
        ("VISIT.PDF", policies.PDF, "VISIT.pdf"),
        ("../../etc/passwd", policies.PDF, "passwd.pdf"),
        ("C:\\Users\\me\\report.docx", policies.DOCX, "report.docx"),
        ("photo.pdf", policies.JPEG, "photo.jpg"),
        ("invoice.pdf.exe", policies.PDF, "invoice.pdf"),
        ("verklaring Lotusberg 2020 – écrit.pdf", policies.PDF, "verklaring Lotusberg 2020 – écrit.pdf"),
        ("证明 मेला.pdf", policies.PDF, "证明 मेला.pdf"),
        ("fdp.\u202eexe.pdf", policies.PDF, "fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", policies.PDF, "aSet-Cookie- x.pdf"),
        ("", policies.PNG, "document.png"),
        (".pdf", policies.PDF, "document.pdf"),
        ("x" * 400 + ".pdf", policies.PDF, "x" * 120 + ".pdf"),
    ],
)
def test_names_become_safe_and_get_the_ending_of_their_content(raw, kind, clean):
    assert clean_name(raw, kind) == clean
