# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Names in a cell: several of them, with doubt, with their place, country or a word like unknown among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from . import countries
from .answers import Answer, read_answer, without_doubt
from .columns import _COMPANY
from .folding import fold
from .places import Place, find_place, find_province
from .results import Site

_STONE_WORDS = frozenset(
    [
        "graniet",
        "granit",
        "granite",
        "marmer",
        "marble",
        "marbre",
        "marmor",
        "natuursteen",
        "naturstein",
        "stone",
        "stones",
        "steen",
        "stein",
        "tegels",
        "tiles",
        "zonen",
        "zoon",
        "fils",
        "sons",
        "son",
        "sohne",
        "co",
        "cie",
        "company",
        "zn",
        "partners",
        "export",
        "exports",
        "import",
        "trading",
        "minerals",
        "mining",
        "handel",
        "sohn",
        "brothers",
        "basalt",
        "keukens",
        "bouw",
        "tuin",
        "terras",
    ]
)
_LEGAL = re.compile(
    r"^(?:co|ltd|pvt|private|limited|llp|llc|inc|corp|gmbh|kg|ag|b v|n v|bv|nv|vof|s r l|srl|s p a|spa|s a|sa|s l|sl|sarl|sas|lda|ltda|a s|as|oy|ab|"
    r"unip|unipessoal|jsc|plc|cv|tic|san|sti|co ltd|pvt ltd|private limited|ltd sti|tic ltd sti|industria e comercio|me|epp|eireli|cia)(?: (?:ltd|co|kg|sti|ltda))?$"
)
_ADDRESS = re.compile(
    r"\b(?:plot|no|nr|road|rd|street|str|straat|weg|laan|rue|via|viale|avenue|estate|park|zone|phase|survey|sy|unit|lot|km|highway|nh|industrial|"
    r"floor|building|block|sector|p o|box|district|village|nagar|colony)\b"
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[-•*·–]|[a-c][.)])\s+")
_VIA = re.compile(
    r"^(?P<before>.*?)\s*[,(]?\s*\b(?:via|through|par l'interm[ée]diaire de|über|door tussenkomst van)\s+(?:de\s+|een\s+|the\s+|an?\s+|l')?"
    r"(?P<word>(?:\w+ )?(?:importeur|importer|importateur|groothandel|handelaar|trader|agent|händler|négociant|wholesaler|grossiste|tussenhandel(?:aar)?)s?)\s*(?P<after>.*?)\)?$",
    re.IGNORECASE,
)
_IMPORTER = re.compile(
    r"\s*[(,–-]\s*(?:\w+ )?(?:importeur|importer|importateur|groothandel|grossiste|wholesaler|tussenhandel|handelaar|agent)\b"
    r"(?P<where>[^()]*)\)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell about a cell: its code, what was written and what it was read as."""

    code: str
    written: str = ""
    read_as: str = ""


@dataclass(slots=True)
class Names:
    """What a cell with names comes to."""

    sites: list[Site] = field(default_factory=list)
    answer: Answer | None = None  # when it names nothing
    notes: list[Note] = field(default_factory=list)


def _looks_like_name(piece: str) -> bool:
    words = fold(piece).split()
    return len(words) >= 2 or bool(words and len(words[0]) >= 5)


@lru_cache(maxsize=20_000)
def split_names(text: str) -> tuple[str, ...]:
    """The names in a cell, one or more."""
    pieces = [text]
    for pattern in (r"\s*\n\s*", r"\s*;\s*", r"\s+[/|]\s+|\s+\+\s+|(?<=[^\W\d]{3})/(?=[^\W\d]{3})"):
        pieces = [part for piece in pieces for part in re.split(pattern, piece) if part.strip()]
    spread: list[str] = []
    for piece in pieces:
        spread.extend(_by_comma(_by_and(_NUMBERING.sub("", piece).strip())))
    cleaned = [piece.strip(" ,;") for piece in spread if piece.strip(" ,;")]
    if len(cleaned) > 1 and any(_LEGAL.match(fold(piece)) for piece in cleaned[1:]):
        return (text.replace("\n", " "),)
    return tuple(cleaned) or (text,)


def _by_and(piece: str) -> list[str]:
    parts = re.split(r"\s+(?:en|and|et|und|e|y)\s+(?:ook\s+|also\s+)?|\s+&\s+", piece)
    if len(parts) == 1:
        return [piece]
    links = re.findall(r"\s+(en|and|et|und|e|y|&)\s+", piece)
    merged = [parts[0]]
    for link, part in zip(links, parts[1:], strict=False):
        left, right = fold(merged[-1]).split(), fold(part).split()
        both = bool(left and right) and right[0] not in _STONE_WORDS and _is_company(merged[-1]) and _is_company(part)
        answers = read_answer(part) is not None or read_answer(merged[-1]) is not None
        if (
            answers
            or (both and link not in ("&", "e", "y") and len(left) >= 2 and len(right) >= 2)
            or (
                both
                and _COMPANY.search(fold(merged[-1]))
                and _COMPANY.search(fold(part))
                and len(left) >= 2
                and len(right) >= 2
            )
        ):
            merged.append(part)
        else:
            merged[-1] = f"{merged[-1]} {link} {part}"
    return merged


def _is_company(piece: str) -> bool:
    return _looks_like_name(piece) and not read_answer(piece)


def _by_comma(pieces: list[str]) -> list[str]:
    spread: list[str] = []
    for piece in pieces:
        parts = [part.strip() for part in piece.split(",")]
        if len(parts) < 2:
            spread.append(piece)
            continue
        whole = all(
            _COMPANY.search(fold(part))
            and len(fold(part).split()) >= 2
            and not _LEGAL.match(fold(part))
            and not _ADDRESS.search(fold(part))
            for part in parts
        )
        spread.extend(parts if whole else [piece])
    return spread


@lru_cache(maxsize=20_000)
def read_site(text: str, country: str | None) -> tuple[Site, tuple[Note, ...]]:
    """One name with the place, province and country that follow it; doubt is told."""
    notes: list[Note] = []
    sure = without_doubt(text)
    if not sure.certain:
        notes.append(Note("uncertain_value", text, sure.text))
    rest, nation, via = _without_importer(sure.text)
    if via:
        notes.append(Note("bought_from_importer_elsewhere", text, rest))
    place: Place | None = None
    province = None
    while True:
        head, tail = _last_part(rest)
        if not tail or not head:
            break
        code = countries.exact(tail) if len(tail) > 2 or tail.isupper() else None
        found = find_place(tail, nation or country) or find_place(tail, None, gazetteer=False)
        area = find_province(tail, nation or country)
        if code and not (area and len(tail) <= 3):
            nation = code
        elif area and not (found and place is None and province is not None):
            province = province or area
            if found and place is None and fold(tail) == fold(found.name or ""):
                place = found
        elif found:
            place = found if place is None or place.name in (found.district, None) is None else place
            if found.corrected:
                notes.append(Note("place_spelling_corrected", tail, found.name or ""))
        else:
            break
        rest = head
    final = nation or (place.country if place else None) or (province.country if province else None) or country
    admin1 = (province.admin1 if province else None) or (place.admin1 if place else None)
    return Site(name=rest, place=place.name if place else None, admin1=admin1, country=final, as_written=text), tuple(
        notes
    )


def _without_importer(text: str) -> tuple[str, str | None, bool]:
    match = _VIA.match(text)
    if match:
        name = (match["after"] or match["before"]).strip(" ,():") or text
        code = countries.exact(re.sub(r"^(?:in|te|uit|en|aus|from)\s+", "", name))
        return (match["before"].strip(" ,(") or text if code else name), code, True
    match = _IMPORTER.search(text)
    if match and match.start() > 3:
        where = re.sub(r"^\s*[,:]?\s*(?:in|te|uit|from|en|aus|à)?\s+", "", match["where"] or "").strip(" ,")
        return text[: match.start()].strip(" ,-("), countries.exact(where), True
    return text, None, False


def _last_part(text: str) -> tuple[str, str]:
    """A name and what stands behind its last comma, dash or between brackets."""
    match = re.search(r"^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]\s*$", text, re.DOTALL)
    if match:
        return match[1].strip(" ,-"), match[2].strip()
    for pattern in (
        r"^(.*\S)\s*,\s*([^,]+)$",
        r"^(.*\S)\s+[-–—]\s+(.+)$",
        r"^(.*\S)\s+(?:in|te|à|bij)\s+(\w[\w' -]+)$",
    ):
        match = re.search(pattern, text, re.DOTALL)
        if match:
            return match[1].strip(" ,-"), match[2].strip(" .")
    return text, ""


@lru_cache(maxsize=20_000)
def _read_names(text: str, country: str | None) -> tuple[tuple[Site, ...], Answer | None, tuple[Note, ...]]:
    answer = read_answer(text)
    if answer is not None:
        return (), answer, ()
    pieces = split_names(text)
    sites: list[Site] = []
    notes: list[Note] = []
    partly: list[Answer] = []
    for piece in pieces:
        answer = read_answer(piece)
        if answer is not None:
            partly.append(answer)
            continue
        site, told = read_site(piece, country)
        sites.append(site)
        notes.extend(told)
    if len(sites) > 1:
        notes.append(Note("several_values_in_cell", text, str(len(sites))))
    if partly and sites:
        notes.append(Note("partly_known", text, sites[0].name or ""))
    if not sites:
        return (), partly[0] if partly else Answer.UNKNOWN, ()
    return tuple(sites), None, tuple(notes)


def read_names(text: str, country: str | None) -> Names:
    """All names of a cell, or the answer that it gives instead."""
    sites, answer, notes = _read_names(text, country)
    return Names(list(sites), answer, list(notes))
