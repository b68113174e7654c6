"""The published quarry areas on a map: from the publication alone, about where each lies, never a site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.foundation.look.figures import country_name
from toetssteen.foundation.look.maps import Spot
from toetssteen.supplychain.queries import REACH_KM

ROUNDED_KM = 8.0  # half of a tenth of a degree, corner to corner


def spots_of(areas: Iterable[dict[str, Any]], threshold: int) -> list[Spot]:
    """The areas of which the publication says where they are; those that many share are larger, without a number."""
    return [
        Spot(
            label=area["district"],
            lat=float(area["lat"]),
            lon=float(area["lon"]),
            country=area["country"],
            many=max(threshold, 4) if area["shared"] else 1,
            note=", ".join(part for part in (area["province"], country_name(area["country"]), _shared(area)) if part),
            radius_km=REACH_KM.get(area.get("precision", ""), 0) + ROUNDED_KM,
        )
        for area in areas
        if area.get("lat") and area.get("lon")
    ]


def _shared(area: dict[str, Any]) -> str:
    return _("many buy here") if area["shared"] else ""
