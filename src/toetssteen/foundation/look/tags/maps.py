"""A map with its key; the table that it is a picture of stands on the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static

from toetssteen.foundation.look import maps
from toetssteen.foundation.look.ids import own_id

register = template.Library()
MOST_SAID = 30


@register.inclusion_tag("foundation/components/map.html", takes_context=True)
def map_of(context: Context, title: Any, spots: Sequence[maps.Spot], **options: Any) -> dict[str, Any]:
    """Places on a map: `spots` from `foundation.look.maps`, drawn here and movable with a script.

    Options: `note` (what one dot is, what is not on the map), `sure` and `unsure` (words of the key), `also` (countries
    to light up without a dot), `auto` (make it movable at once).
    """
    drawing = maps.draw(spots, options.get("also", ()))
    countries = sorted({spot.country for spot in spots} & maps.countries_with_provinces())
    return {
        "title": title,
        "drawing": drawing,
        "spots": spots,
        "said": [spot.label for spot in spots[:MOST_SAID]],
        "unsaid": max(len(spots) - MOST_SAID, 0),
        "provinces": " ".join(f"{code}={static(f'foundation/map/{code}.json')}" for code in countries),
        "note": options.get("note", ""),
        "sure": options.get("sure", ""),
        "unsure": options.get("unsure", ""),
        "auto": options.get("auto", False),
        "id": own_id(context, "map"),
    }
