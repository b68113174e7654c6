"""Files to send: good ones of every kind, made here byte by byte."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW, TODAY, Cast
from toetssteen.covenant.queries import pack_of
from toetssteen.documents import services
from toetssteen.documents.models import Evidence

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + b"\x00" * 40 + b"\xff\xd9"


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + b"\x00" * 4


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\x00" * 13) + chunk(b"IDAT", b"stone") + chunk(b"IEND")


def package(**files: bytes) -> bytes:
    """A zip with these files; two underscores in a name stand for a slash, one at the end for nothing."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("DOT", "."), content)
    return memory.getvalue()


def office(part: str = "word__documentDOTxml", types: bytes = b"<Types/>", **more: bytes) -> bytes:
    return package(**{"[Content_Types]DOTxml": types, part: b"<document/>", **more})


def open_document(kind: str = "text") -> bytes:
    return package(mimetype=f"application/vnd.oasis.opendocument.{kind}".encode(), contentDOTxml=b"<office/>")


def ole(*names: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600 + b"".join(name.encode("utf-16-le") for name in names)


def upload(content: bytes = PDF, name: str = "visit.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def keep(cast: Cast) -> Any:
    """Keep a file as a member of the cast."""

    def make(content: bytes = PDF, name: str = "visit.pdf", by: str = "editor", **about: Any) -> Evidence:
        actor = cast.actor(by)
        said = services.About(**{"title": "Visit to the secret quarry", "kind": "visit_report", **about})
        return services.add_evidence(
            actor=actor,
            organisation_id=actor.organisation_id or 0,
            upload=upload(content, name),
            about=said,
            pack=pack_of(cast.years[1]),
            now=NOW,
        ).evidence

    return make
