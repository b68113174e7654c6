# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Quarry areas in a cell: the narrowest known place, several of them, or a country only."""

from __future__ import annotations

import re
from functools import lru_cache

from .answers import Answer, read_answer, without_doubt
from .columns import _QUARRYISH
from .folding import fold, key
from .names import Note
from .places import Area, find_place, in_region, parts_of, read_area
from .results import Site


@lru_cache(maxsize=20_000)
def read_areas(
    text: str, country: str | None, trade_name: str | None
) -> tuple[tuple[Site, ...], Answer | None, tuple[Note, ...], str]:
    """The areas of a cell, the answer it gives instead, what to tell, and a quarry named among them."""
    answer = read_answer(text)
    if answer is not None:
        return (), answer, (), ""
    sites: list[Site] = []
    notes: list[Note] = []
    partly: list[Answer] = []
    quarry = ""
    for piece in _split(text, country):
        answer = read_answer(piece)
        if answer is not None:
            partly.append(answer)
            continue
        sure = without_doubt(piece)
        if not sure.certain:
            notes.append(Note("uncertain_value", piece, sure.text))
        named, quarry_here = _without_quarry(sure.text, country)
        quarry = quarry or quarry_here
        area = read_area(named, country)
        site = _site(area, named, country, trade_name)
        if area.corrected and area.name:
            notes.append(Note("place_spelling_corrected", area.corrected, area.name))
        if site is None:
            notes.append(Note("partly_known", piece, area.country or ""))
        else:
            if site.place is None:
                notes.append(Note("partly_known", piece, site.admin1 or ""))
            sites.append(site)
    if len(sites) > 1:
        notes.append(Note("several_values_in_cell", text, str(len(sites))))
    if partly and sites:
        notes.append(Note("partly_known", text, sites[0].place or ""))
    return tuple(sites), (None if sites else partly[0] if partly else Answer.UNKNOWN), tuple(notes), quarry


def _site(area: Area, written: str, country: str | None, trade_name: str | None) -> Site | None:
    inside = in_region(written, trade_name, area.country or country) if trade_name else None
    if inside:
        return Site(place=inside.name, admin1=inside.admin1, country=inside.country, as_written=written)
    if not area.name and not area.admin1:
        return None
    return Site(place=area.name, admin1=area.admin1, country=area.country or country, as_written=written)


def _without_quarry(text: str, country: str | None) -> tuple[str, str]:
    """An area whose text names a quarry too: both apart."""
    parts = parts_of(text)
    quarries = [
        part for part in parts if _QUARRYISH.search(fold(part)) and not find_place(part, country, gazetteer=False)
    ]
    others = [part for part in parts if part not in quarries]
    if quarries and any(find_place(part, country) for part in others):
        return ", ".join(others), quarries[0]
    return text, ""


def _split(text: str, country: str | None) -> list[str]:
    pieces = [piece for piece in re.split(r"\s*\n\s*|\s*;\s*|\s+\+\s+|\s*\|\s*", text) if piece.strip()]
    spread: list[str] = []
    for piece in pieces:
        for pattern in (r"\s*/\s*", r"\s+(?:en|and|et|und|e|y|&)\s+", r"\s*,\s*", r"\s+-\s+"):
            parts = [part for part in re.split(pattern, piece) if part.strip()]
            if len(parts) > 1 and _are_apart(parts, country):
                spread.extend(parts)
                break
        else:
            spread.append(piece)
    return spread


def _are_apart(parts: list[str], country: str | None) -> bool:
    """Whether the parts are several areas and not a town with its district."""
    found: list[tuple[str, str | None]] = []
    for part in parts:
        if read_answer(part) is not None:
            continue
        place = find_place(without_doubt(part).text, country, gazetteer=False)
        if place is None:
            area = read_area(part, country)
            if not area.known:
                return False
            found.append((area.name or "", None))
            continue
        found.append((place.name or "", place.district))
    names = {key(name) for name, _ in found}
    return len(names) == len(found) >= 1 and not any(district and key(district) in names for _, district in found)
