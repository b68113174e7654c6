"""The components of every page; `/gallery/` shows each of them in all its states.

Filters say numbers and days in words, small tags give one element, block tags wrap content, list tags take rows.
"""

from __future__ import annotations

from django import template

from toetssteen.foundation.look import figures, kept
from toetssteen.foundation.look.tags import addresses, blocks, charts, elements, forms, lists, maps, tables

register = template.Library()

for _library in (elements, blocks, forms, lists, tables, charts, maps, addresses, kept):
    register.tags.update(_library.register.tags)
    register.filters.update(_library.register.filters)

for _name, _filter in (
    ("number", figures.number),
    ("points", figures.points),
    ("points_word", figures.points_word),
    ("percent", figures.percent),
    ("share", figures.share),
    ("day", figures.day),
    ("day_short", figures.day_short),
    ("month", figures.month),
    ("moment", figures.moment),
    ("day_and_moment", figures.day_and_moment),
    ("country_name", figures.country_name),
    ("minutes", figures.minutes_word),
    ("text", figures.in_language),
):
    register.filter(_name, _filter)
