"""Names of countries in Dutch, English, French, German and their own languages; no Django."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from toetssteen.places.keys import key_of

MAIN = ("nl", "en", "fr", "de")
NAMES = Path(__file__).parent / "data" / "countries.tsv"
# What people write, beside the names of the dictionaries.
ALSO = {
    "CN": ("PRC", "PR China", "P.R. China", "VR China", "Volksrepubliek China", "People's Republic of China", "CHN"),
    "VN": ("Viet Nam", "Vietnam", "Viëtnam", "VNM"),
    "IN": ("Bharat", "IND", "India", "Indië", "Indie"),
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


@lru_cache(maxsize=8)
def territories(language: str) -> dict[str, str]:
    """The names of countries in one language, from the dictionaries of babel."""
    try:
        return {code: str(name) for code, name in Locale.parse(language, sep="_").territories.items()}
    except (UnknownLocaleError, ValueError):
        return {}


def country_name(code: str, language: str = "nl") -> str:
    """The name of a country in a language; the code itself when nobody knows it."""
    return territories(language.split("-")[0]).get(code) or territories("en").get(code, code)


def names_of_countries() -> Iterator[tuple[str, list[str], list[str]]]:
    """Code, the names in the four languages with what people also write, and those in the country's own languages."""
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        code, main, own = line.split("\t")
        yield code, [*main.split("|"), *ALSO.get(code, ())], own.split("|") if own else []


def keys_of_countries() -> dict[str, str]:
    """The code for the key of every name; codes come first, then the four languages, then the others."""
    rows = list(names_of_countries())
    found = {key_of(code): code for code, _main, _own in rows}
    for part in (1, 2):
        for row in rows:
            for name in row[part]:
                found.setdefault(key_of(name), row[0])
    found.pop("", None)
    return found
