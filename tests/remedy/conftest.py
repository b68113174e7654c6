"""Mason Stone with two factories, a quarry and a supplier; its rival with names and words that could leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.cast import NOW, TODAY, Cast
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import pack_of
from toetssteen.remedy import queries, services
from toetssteen.remedy.models import SupplierMechanism
from toetssteen.supplychain.models import Chain, ChainLink

SECRET = "SECRET-OF-GRANITE-HOUSE"
IN_YEAR = dt.date(2020, 3, 2)
LETTER = {
    "mechanism": "covenant", "audiences": ("suppliers",), "way": "letter", "languages": ("en",), "made_on": IN_YEAR,
}  # fmt: skip


@pytest.fixture(autouse=True)
def english(settings: Any) -> Iterator[None]:
    """The day of the cast, and sentences as English readers get them."""
    settings.DEMO_TODAY = TODAY.isoformat()
    with translation.override("en"):
        yield


@pytest.fixture
def pack(cast: Cast) -> Pack:
    return pack_of(cast.years[1])


@pytest.fixture
def chain(cast: Cast) -> Callable[..., Chain]:
    """A chain with named places: level and name of each."""

    def make(firm: str = "mason", situation: str = "C", **names: str) -> Chain:
        row = Chain.objects.create(
            organisation=cast.organisations[firm], material="granite", situation=situation,
            opened_on=dt.date(2019, 10, 1), changed_at=NOW,
        )  # fmt: skip
        for level, name in names.items():
            ChainLink.objects.create(chain=row, level=level, state="known", name=name, place="Kota", country="IN")
        return row

    return make


@pytest.fixture
def places(cast: Cast, pack: Pack, chain: Callable[..., Chain]) -> dict[str, queries.Place]:
    """The places of Mason Stone by name: Alpha stands in two chains, in other letters, and counts once."""
    chain(direct_suppliers="Delta Exports", factories="Alpha Works", quarries="Gamma Pit")
    chain(direct_suppliers="Delta Exports", factories="ALPHA  works.")
    chain(factories="Beta Saws")
    chain("granite", direct_suppliers=f"{SECRET} supplier", factories=f"{SECRET} factory", quarries=f"{SECRET} pit")
    firm = cast.organisations["mason"]
    return {place.name: place for place in queries.places_of(firm.pk, pack, cast.years[1], TODAY)}


@pytest.fixture
def tell(cast: Cast, pack: Pack) -> Callable[..., Any]:
    """Record one time that a mechanism was made known."""

    def make(who: str = "editor", pk: int | None = None, version: int | None = None, **data: Any) -> Any:
        actor = cast.actor(who)
        return services.save_made_known(
            actor=actor, organisation_id=actor.organisation_id or 0, pk=pk, row_version=version,
            data=services.MadeKnownData(**{**LETTER, **data}), pack=pack, today=TODAY, now=NOW,
        )  # fmt: skip

    return make


@pytest.fixture
def judge(cast: Cast, pack: Pack) -> Callable[..., Any]:
    """Record what is known of the mechanism of one place; `fits` by criterion."""

    def make(place: queries.Place, who: str = "editor", version: int | None = None, **data: Any) -> Any:
        actor = cast.actor(who)
        fits = tuple((name, fit, "") for name, fit in data.pop("fits", {}).items())
        given = {"has_one": "yes", "source": "visit", "said_on": IN_YEAR, "fits": fits, **data}
        known = SupplierMechanism.objects.filter(organisation_id=actor.organisation_id, key=place.key).first()
        version = version or (known and known.row_version)
        return services.save_mechanism(
            actor=actor, organisation_id=actor.organisation_id or 0, place=place, row_version=version,
            data=services.MechanismData(**given), pack=pack, today=TODAY, now=NOW,
        )  # fmt: skip

    return make


@pytest.fixture
def print_poster(cast: Cast, pack: Pack) -> Callable[..., Any]:
    """Make a poster."""

    def make(place: queries.Place | None = None, who: str = "editor", language: str = "en", **data: Any) -> Any:
        actor = cast.actor(who)
        return services.make_poster(
            actor=actor, organisation_id=actor.organisation_id or 0, pack=pack, now=NOW,
            data=services.PosterData(language=language, place=place, **data),
        )[0]  # fmt: skip

    return make


@pytest.fixture
def make_good(cast: Cast, pack: Pack) -> Callable[..., Any]:
    """Record a case of remedy."""

    def make(who: str = "editor", pk: int | None = None, version: int | None = None, **data: Any) -> Any:
        actor = cast.actor(who)
        given = {"harm": "A sawyer lost a finger", "known_on": IN_YEAR, **data}
        return services.save_remedy(
            actor=actor, organisation_id=actor.organisation_id or 0, pk=pk, row_version=version,
            data=services.RemedyData(**given), pack=pack, today=TODAY, now=NOW,
        )  # fmt: skip

    return make
