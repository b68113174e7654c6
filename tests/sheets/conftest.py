"""Spreadsheets of the cast: Mason Stone uploads, and nobody else may see a word of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW, TODAY, Cast
from toetssteen.sheets import reading, services
from toetssteen.sheets.models import SheetImport
from toetssteen.sheets.services import taking_in

SECRET = "SECRET-sheet-mason"
HEADS = "Materiaal;Handelsnaam;Volume (ton);Leverancier;Plaats leverancier;Land leverancier;Fabriek;Groevegebied;Groeve"
ROWS = (
    f"graniet;Nero Zimbabwe;120,5;{SECRET} Exports;Kuppam;India;Zeta Works;Bundi;onbekend",
    "zandsteen;Kandla Grey;30;Kandla Stones;Kota;India;onbekend;geweigerd;?",
)


@pytest.fixture(autouse=True)
def _day(settings: Any, tmp_path: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # the tests are the worker
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }


def sheet(*rows: str, heads: str = HEADS, name: str = "ketens.csv") -> SimpleUploadedFile:
    """A spreadsheet of a company, as a file that a browser sends."""
    return SimpleUploadedFile(name, ("\n".join([heads, *rows]) + "\n").encode())


Upload = Callable[..., SheetImport]


@pytest.fixture
def upload(cast: Cast) -> Upload:
    """Upload a spreadsheet as a member of the cast and read it, as the worker would."""

    def make(*rows: str, by: str = "editor", file: Any = None, **more: Any) -> SheetImport:
        actor = cast.actor(by)
        kept = services.upload_sheet(
            actor=actor,
            organisation_id=actor.organisation_id or 0,
            upload=file or sheet(*(rows or ROWS), **more),
            now=NOW,
        )
        return read(cast, kept)

    return make


def read(cast: Cast, kept: SheetImport) -> SheetImport:
    services.read_sheet(actor=None, import_id=kept.pk, year=cast.years[1], now=NOW, today=TODAY)
    return SheetImport.objects.get(pk=kept.pk)


def confirm_columns(cast: Cast, kept: SheetImport, by: str = "editor", **fields: str) -> SheetImport:
    """Agree with the columns as they were recognised."""
    services.set_columns(actor=cast.actor(by), import_id=kept.pk, row_version=kept.row_version, fields={}, now=NOW)
    return SheetImport.objects.get(pk=kept.pk)


def take_over(cast: Cast, kept: SheetImport, by: str = "editor", **more: Any) -> SheetImport:
    """Take the rows over, as the worker would."""
    given: dict[str, Any] = {
        "frame": {"opened_on": TODAY, "asked_on": TODAY, "situation": ""},
        "close": [],
        "closed_on": None,
    }
    kept.refresh_from_db()
    services.take_over(
        actor=cast.actor(by), import_id=kept.pk, row_version=kept.row_version, now=NOW, today=TODAY, **{**given, **more}
    )
    services.run_import(actor=cast.actor(by), import_id=kept.pk, year=cast.years[1], now=NOW, today=TODAY)
    return SheetImport.objects.get(pk=kept.pk)


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process, which is quicker; that reading happens in a process of its own is tested where it is."""
    monkeypatch.setattr(taking_in, "read_guarded", reading.read)
