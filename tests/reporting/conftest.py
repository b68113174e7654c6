"""Reports of Mason Stone, and one of its rival with words that could leak."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tests.cast import NOW, TODAY, Cast
from tests.reporting import world
from toetssteen.covenant.queries import pack_of
from toetssteen.documents import services as documents
from toetssteen.documents.models import Evidence
from toetssteen.reporting.models import Report

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences of services as English readers get them."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def here(settings: Any) -> None:
    """The day is that of the cast."""
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def report(cast: Cast) -> Report:
    """Mason Stone's draft of year 1, with one chain; its rival has one with a secret."""
    world.chain(cast, "mason", known=4)
    theirs = world.open_report(cast, who="rival")
    world.answer(cast, theirs, "q-1-1-01", "partly", who="rival", text=world.SECRET)
    return world.open_report(cast)


@pytest.fixture
def evidence(cast: Cast) -> Callable[..., Evidence]:
    """A file in the library of somebody's company."""

    def make(who: str = "editor", title: str = "Policy", **about: Any) -> Evidence:
        actor = cast.actor(who)
        pack = pack_of(cast.years[1])
        kind = about.pop("kind", pack.evidence_kinds[0].id)
        kept = documents.add_evidence(
            actor=actor,
            organisation_id=actor.organisation_id or 0,
            upload=SimpleUploadedFile(f"{title}.pdf", PDF + title.encode()),
            about=documents.About(title=title, kind=kind, **about),
            pack=pack,
            now=NOW,
        )
        return kept.evidence

    return make


@pytest.fixture
def at(cast: Cast, client: Any) -> Callable[..., Any]:
    """A browser of a member of the cast."""

    def sign(name: str = "editor") -> Any:
        browser = cast.sign_in(client, name)
        browser.cookies["language"] = "en"
        return browser

    return sign
