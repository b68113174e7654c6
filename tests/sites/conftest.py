"""Chains of two companies that name the same places, in words that could leak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.cast import NOW, TODAY, Cast
from toetssteen.core.access import Actor
from toetssteen.sites.models import Mention, Question
from toetssteen.sites.recognition import runs
from toetssteen.supplychain import services
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain

WORKS = {
    "name": "Velavzari Granites Pvt. Ltd.",
    "address": "Plot No. 57, Indraprastha Ind. Area, Kota",
    "place": "Kota",
}
BARE = {"name": "Velavzari Granites Pvt Ltd", "address": "", "place": ""}  # no more than a name
OTHER = {"name": "Tanzikeshi Rocks", "address": "Plot No 189, Sitapura Indl Area, Jaipur - 302022", "place": "Jaipur"}


@pytest.fixture(autouse=True)
def _day(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


def link(place: dict[str, str], level: str = "factories", **more: Any) -> LinkData:
    return LinkData(level=level, state="known", country="IN", **{**place, **more})


AddChain = Callable[..., Chain]


@pytest.fixture
def add(cast: Cast) -> AddChain:
    """Add a chain as a member of the cast."""

    def make(*links: LinkData, by: str = "editor", **more: Any) -> Chain:
        actor = cast.actor(by)
        given: dict[str, Any] = {
            "situation": "C", "material": "granite", "opened_on": TODAY, "trade_name": "Black", "links": links,
            "extraction_country": "IN", "processing_country": "IN",
        }  # fmt: skip
        return services.add_chain(
            actor=actor, organisation_id=actor.organisation_id or 0, data=ChainData(**{**given, **more}),
            year=cast.years[1], now=NOW,
        )  # fmt: skip

    return make


def recognise(cast: Cast, *names: str) -> None:
    """Recognise the mentions of some companies, as the background does."""
    for name in names or ("mason", "granite"):
        runs.recognise_company(cast.organisations[name].pk, now=NOW, today=TODAY)


def mention(cast: Cast, company: str, text: str = "", level: str = "") -> Mention:
    rows = Mention.objects.filter(organisation=cast.organisations[company], name__contains=text)
    return rows.filter(level__contains=level).get() if level else rows.get()


def asked_of_company(cast: Cast, company: str = "mason") -> Sequence[Question]:
    return list(Question.objects.filter(asked_of="company", mention__organisation=cast.organisations[company]))


def assessor(cast: Cast) -> Actor:
    return cast.actor("assessor")
