"""Items of the library, for whom a test wants, with a real small file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW, TODAY, Cast
from tests.documents.conftest import PDF
from toetssteen.library import services
from toetssteen.library.models import Item

Make = Callable[..., Item]


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


def version(*copies: services.CopyIn, **more: Any) -> services.VersionText:
    """A version with one Dutch file, unless told otherwise."""
    given = copies or (services.CopyIn(("nl",), upload=upload()),)
    return services.VersionText(**{"dated_on": dt.date(2020, 5, 1), "copies": given, **more})


def upload(content: bytes = PDF, name: str = "sheet.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def about(*audience: str, **more: Any) -> services.ItemText:
    words = {"kind": "guide", "title_nl": "Naslag over Çiftlik-stof", "title_en": "Booklet about dust"}
    return services.ItemText(**{**words, "audience": audience or ("company",), **more})


@pytest.fixture
def make(cast: Cast) -> Make:
    """Add an item as the secretariat."""

    def item(*audience: str, **more: Any) -> Item:
        return services.add_item(
            actor=cast.actor("assessor"), about=about(*audience, **more), version=version(), now=NOW
        )

    return item
