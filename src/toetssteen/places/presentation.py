"""Places in the words of a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.foundation.look.figures import country_name
from toetssteen.places import gazetteer
from toetssteen.places.gazetteer import Contradiction, Correction, Kind, Place

KINDS = {
    Kind.COUNTRY: gettext_lazy("country"),
    Kind.PROVINCE: gettext_lazy("province or state"),
    Kind.DISTRICT: gettext_lazy("district or municipality"),
    Kind.TOWN: gettext_lazy("town or village"),
}


@dataclass(frozen=True)
class PlaceRow:
    """One place as a page or a list of suggestions shows it."""

    id: str
    name: str
    inside: str
    country: str
    country_code: str
    kind: str
    matched: str
    is_area: bool
    where: str

    @property
    def as_json(self) -> dict[str, str | bool]:
        return {
            "id": self.id, "name": self.name, "inside": self.inside, "country": self.country_code,
            "detail": f"{self.kind}, {self.inside}" if self.inside else self.kind,
            "matched": self.matched, "area": self.is_area,
        }  # fmt: skip


def country_of(text: str) -> str | None:
    """The code of a country in any language; None when the text is empty or no country."""
    return gazetteer.country_code(text) if text else None


def rows(text: str, country: str | None, limit: int = 8) -> list[PlaceRow]:
    """What the search finds, the likeliest first."""
    return [as_row(place) for place in gazetteer.find(text, country=country, limit=limit)]


def as_row(place: Place) -> PlaceRow:
    above = ", ".join((*place.inside, "" if place.kind is Kind.COUNTRY else country_name(place.country)))
    return PlaceRow(
        id=place.id,
        name=country_name(place.country) if place.kind is Kind.COUNTRY else place.name,
        inside=above.strip(", "),
        country=country_name(place.country),
        country_code=place.country,
        kind=str(KINDS[place.kind]),
        matched=place.matched,
        is_area=place.kind in (Kind.DISTRICT, Kind.TOWN),
        where=coordinates(place.lat, place.lon) if place.lat is not None and place.lon is not None else "",
    )


def label(place: Place) -> str:
    """A place in one line: Budhpura, Bundi, Rajasthan (town or village)."""
    row = as_row(place)
    return f"{row.name}, {row.inside} ({row.kind})" if row.inside else f"{row.name} ({row.kind})"


def coordinates(lat: float, lon: float) -> str:
    """25,4386 north, 75,6374 east."""
    north = _("north") if lat >= 0 else _("south")
    east = _("east") if lon >= 0 else _("west")
    return f"{_degrees(lat)} {north}, {_degrees(lon)} {east}"


def _degrees(value: float) -> str:
    plain = f"{abs(value):.4f}".rstrip("0").rstrip(".")
    return plain.replace(".", ",") if (get_language() or "nl").startswith("nl") else plain


def question(contradiction: Contradiction) -> str:
    """What to ask when a country and coordinates contradict each other."""
    named = country_name(contradiction.country)
    if contradiction.found is None:
        return _("These coordinates lie at sea, not in %(country)s. What is right?") % {"country": named}
    there = country_name(contradiction.found)
    town = contradiction.nearest
    if town is not None and town.place.country == contradiction.found:
        return _("These coordinates lie in %(there)s, near %(town)s, not in %(country)s. What is right?") % {
            "there": there, "town": town.place.name, "country": named,
        }  # fmt: skip
    return _("These coordinates lie in %(there)s, not in %(country)s. What is right?") % {
        "there": there,
        "country": named,
    }


def correction_label(fix: Correction, country: str) -> str:
    """A correction as a choice of the question."""
    where = coordinates(fix.lat, fix.lon)
    if fix.how == "swapped":
        return _("Latitude and longitude were swapped: %(where)s, in %(country)s") % {
            "where": where, "country": country_name(country),
        }  # fmt: skip
    return _("A sign or letter was wrong: %(where)s, in %(country)s") % {
        "where": where,
        "country": country_name(country),
    }
