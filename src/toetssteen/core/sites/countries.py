"""A country as anybody writes it, as its two letters."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .letters import folded, words_of
from .words import words

LANGUAGES = words("""
    en nl fr de es it pt tr vi zh ar fa hi te ta bn ru uk pl cs hu ro bg el sr hr sl sq da sv nb fi et lv lt
    ka hy az ja ko th km id ms ur he am sw sk ca ne si my
    """)
OTHER_NAMES = {
    "prc": "CN", "pr china": "CN", "p r china": "CN", "peoples republic of china": "CN", "vr china": "CN",
    "rp chine": "CN", "uk": "GB", "england": "GB", "great britain": "GB", "scotland": "GB", "wales": "GB",
    "groot brittannie": "GB", "engeland": "GB", "usa": "US", "u s a": "US", "america": "US", "holland": "NL",
    "korea": "KR", "south korea": "KR", "burma": "MM", "birma": "MM", "uae": "AE", "ivory coast": "CI",
    "viet nam": "VN", "turkiye": "TR", "czech republic": "CZ", "tsjechie": "CZ", "macedonia": "MK",
    "swaziland": "SZ", "ksa": "SA", "roc": "TW", "taiwan roc": "TW", "hongkong": "HK", "persia": "IR",
    "bharat": "IN", "hindustan": "IN", "brasil": "BR", "nam phi": "ZA", "rsa": "ZA", "eire": "IE",
    "zuid korea": "KR", "wit rusland": "BY", "congo": "CD", "drc": "CD", "lao": "LA", "laos": "LA",
    "syria": "SY", "russia": "RU", "moldavie": "MD", "moldova": "MD", "bolivia": "BO", "venezuela": "VE",
    "tanzania": "TZ", "palestine": "PS",
}  # fmt: skip


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Every known spelling, folded, with its code."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"):
                found.setdefault(_key(str(name)), code)
    for name, code in _alpha3().items():
        found.setdefault(name, code)
    found.update(OTHER_NAMES)
    return found


def _alpha3() -> dict[str, str]:
    from babel.core import get_global

    return {
        alias.lower(): codes[0]
        for alias, codes in get_global("territory_aliases").items()
        if len(alias) == 3 and alias.isalpha()
    }


def _key(text: str) -> str:
    return " ".join(words_of(folded(text)))


def named(key: str) -> str:
    """The code of a country whose name is written exactly so, folded; empty for other words."""
    return names().get(key, "") if len(key) > 3 else ""


@lru_cache(maxsize=5_000)
def country_code(text: str) -> str:
    """The two letters of a country, or the folded text where no country is recognised ("" for nothing)."""
    key = _key(text)
    if len(key) == 2 and text.strip().isascii():
        return "GB" if key == "uk" else key.upper()
    known = names()
    if key in known or not key:
        return known.get(key, "")
    bare = " ".join(word for word in key.split() if word not in ("the", "republic", "of", "republiek", "republique"))
    if bare in known:
        return known[bare]
    close = process.extractOne(key, known.keys(), scorer=OSA.distance, score_cutoff=1 if len(key) < 7 else 2)
    return known[close[0]] if close and len(key) > 4 else key
