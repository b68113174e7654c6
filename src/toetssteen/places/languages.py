"""Names of countries in Dutch, English, French, German and their own languages; no Django."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

MAIN = ("nl", "en", "fr", "de")
NOT_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
# What people write, beside the names of the dictionaries.
ALSO = {
    "CN": ("PRC", "PR China", "P.R. China", "VR China", "Volksrepubliek China", "People's Republic of China", "CHN"),
    "VN": ("Viet Nam", "Vietnam", "Viëtnam", "VNM"),
    "IN": ("Bharat", "IND", "India"),
    "TR": ("Turkey", "Turkije", "Turquie", "Türkiye", "TUR"),
    "GB": ("UK", "Great Britain", "Groot-Brittannië", "Engeland", "England", "Scotland", "Schotland", "Wales"),
    "NL": ("Holland", "The Netherlands", "Pays-Bas", "Niederlande", "NLD"),
    "US": ("USA", "United States of America", "Verenigde Staten van Amerika", "Amerika"),
    "CZ": ("Czech Republic", "Tsjechische Republiek"),
    "ZA": ("RSA", "Zuid-Afrika"),
    "KR": ("Korea", "South Korea"),
    "MK": ("Macedonia", "Macedonië"),
    "BR": ("BRA", "Brasil"),
    "PT": ("PRT",),
    "IT": ("ITA",),
    "BE": ("BEL",),
}


@lru_cache(maxsize=64)
def _territories(language: str) -> dict[str, str]:
    try:
        return {code: str(name) for code, name in Locale.parse(language, sep="_").territories.items()}
    except (UnknownLocaleError, ValueError):
        return {}


def country_codes() -> list[str]:
    """The two-letter codes of ISO 3166-1 that the dictionaries name, and Kosovo."""
    return sorted(
        code for code in _territories("en") if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    )


def country_name(code: str, language: str = "nl") -> str:
    """The name of a country in a language; the code itself when nobody knows it."""
    return _territories(language.split("-")[0]).get(code) or _territories("en").get(code, code)


def own_languages(code: str) -> list[str]:
    """The languages that are official or written by many in a country."""
    spoken = get_global("territory_languages").get(code, {})
    return [
        name
        for name, facts in spoken.items()
        if facts.get("official_status") or facts.get("population_percent", 0) > 20
    ]


def names_of_countries() -> Iterator[tuple[str, str, list[str]]]:
    """Code, English name, and the names in other languages with the code itself."""
    for code in country_codes():
        names = [code, *ALSO.get(code, ())]
        for language in (*MAIN, *own_languages(code)):
            name = _territories(language).get(code)
            if name:
                names.append(name)
        yield code, country_name(code, "en"), names
