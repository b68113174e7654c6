# ruff: noqa: E501 - lists of words and patterns are easier to read in long lines
"""Countries as people write them: in ten languages, by code, and misspelt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale
from rapidfuzz.distance import OSA

from .folding import fold, key

LANGUAGES = ("nl", "en", "fr", "de", "es", "it", "pt", "tr", "vi", "zh", "pl", "hr", "fi", "nb")
# where stone comes from: preferred when a misspelt name is near to two countries
STONE = frozenset(
    [
        "IN",
        "CN",
        "VN",
        "PT",
        "IT",
        "TR",
        "BR",
        "ES",
        "FR",
        "DE",
        "BE",
        "GR",
        "HR",
        "IE",
        "NO",
        "FI",
        "IR",
        "JO",
        "CH",
        "KH",
        "ZW",
        "ZA",
        "AO",
        "EG",
        "MA",
        "MG",
        "CA",
        "SE",
        "LB",
        "NL",
    ]
)
_ISO3 = (
    "AND ARE AFG ALB ARM AGO ARG AUT AUS AZE BIH BGD BEL BGR BRA BLR CAN CHE CHL CHN COL CUB CYP CZE DEU DNK DZA ECU EST EGY ESP "
    "ETH FIN FRA GBR GEO GHA GRC HKG HRV HUN IDN IRL ISR IND IRQ IRN ISL ITA JOR JPN KEN KHM KOR KAZ LAO LBN LKA LTU LUX LVA MAR "
    "MDA MNE MDG MKD MMR MNG MLT MWI MEX MYS MOZ NAM NGA NLD NOR NPL NZL OMN PAK PER PHL POL PRT ROU SRB RUS SAU SWE SVN SVK SYR "
    "THA TUN TUR TWN TZA UKR USA URY UZB VEN VNM YEM ZAF ZMB ZWE"
)
_ISO3_ODD = {"AND": "AD", "ARE": "AE", "ARM": "AM", "AGO": "AO", "AUT": "AT", "BIH": "BA", "BGD": "BD", "BLR": "BY",
             "CHE": "CH", "CHL": "CL", "CHN": "CN", "DNK": "DK", "DZA": "DZ", "EST": "EE", "IRL": "IE", "IRQ": "IQ",
             "KHM": "KH", "KOR": "KR", "KAZ": "KZ", "LBN": "LB", "LKA": "LK", "MAR": "MA", "MNE": "ME", "MDG": "MG",
             "MKD": "MK", "MMR": "MM", "MNG": "MN", "MLT": "MT", "MWI": "MW", "MEX": "MX", "MYS": "MY", "MOZ": "MZ",
             "PAK": "PK", "POL": "PL", "PRT": "PT", "SRB": "RS", "SWE": "SE", "SVN": "SI", "SVK": "SK", "TUN": "TN",
             "TUR": "TR", "UKR": "UA", "URY": "UY", "EGY": "EG", "ISR": "IL", "ETH": "ET", "IDN": "ID", "KEN": "KE",
             "HRV": "HR", "HUN": "HU", "NZL": "NZ", "PHL": "PH", "AUS": "AU", "ZMB": "ZM", "TZA": "TZ", "SYR": "SY"}  # fmt: skip
_OWN = {
    "IN": "Indie|Indea|Hindustan|Bharat|Republic of India|Ind.",
    "CN": "P.R. China|PR China|PRC|P.R.C.|V.R. China|VR China|Volksrepubliek China|People's Republic of China|"
    "Mainland China|China PR|China (PRC)|China P.R.|China, PRC|RP Chine|R.P. Chine|Republique populaire de Chine|"
    "Volksrepublik China|Zhongguo|Zhong Guo|中国|中國|Chine populaire",
    "VN": "Viet Nam|Viêt Nam|Viêtnam|Socialist Republic of Vietnam|Viet-Nam|VietNam",
    "TR": "Türkiye|Turkiye|Turkey|Turkei|Turkije",
    "IR": "Iran|Islamic Republic of Iran|Perzie|Persia",
    "NL": "Holland|The Netherlands|Pays Bas|Niederlande|NLD",
    "BE": "Belgie|Belgique|Belgien|Vlaanderen|Flanders",
    "GB": "UK|U.K.|United Kingdom|England|Engeland|Angleterre|Great Britain|Groot Brittannie|Grossbritannien|"
    "Scotland|Schotland|Wales",
    "US": "USA|U.S.A.|U.S.|VS|V.S.|Verenigde Staten|United States|Amerika|America|Etats Unis|Vereinigte Staaten",
    "ZA": "RSA|R.S.A.|Zuid Afrika|South Africa|Afrique du Sud|Suedafrika|Sudafrika|S. Africa|Z-Afrika|Sud Africa",
    "CZ": "Tsjechie|Czech Republic|Tschechische Republik|Republique tcheque",
    "MM": "Birma|Burma|Birmanie",
    "KR": "Korea|Zuid Korea|South Korea|Coree du Sud",
    "TW": "Taiwan|Formosa|Republic of China",
    "LA": "Laos",
    "SY": "Syrie|Syria",
    "RU": "Rusland|Russia|Russie|Russland",
    "DE": "BRD|Deutschland|W-Duitsland",
    "KH": "Cambodja|Cambodge|Kambodscha|Kampuchea",
    "GR": "Hellas|Ellada|Greece",
    "HR": "Hrvatska",
    "FI": "Suomi",
    "NO": "Norge|Noreg",
    "SE": "Sverige",
    "PL": "Polska",
    "CH": "Schweiz|Suisse|Svizzera|Helvetia",
    "ES": "Espana",
    "IE": "Eire|Republic of Ireland|Ierland",
    "AE": "UAE|VAE|Emirates|Emiraten",
    "MK": "Macedonia|Macedonie|North Macedonia",
    "EG": "Misr",
    "MA": "Maroc|Marocco",
    "JO": "Jordan|Jordanie|Hashemite Kingdom of Jordan",
    "BR": "Brazilie|Brasil|Bresil|Brasilien|Brazilia",
    "PT": "Portugal",
    "IT": "Italie|Italia|Italien|Itali",
}


@dataclass(frozen=True, slots=True)
class Country:
    """A country read from a text; corrected when the spelling was not one that is in use."""

    code: str
    corrected: bool = False


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Every known way to write a country, without spaces and marks, to its code."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "XK"):
                found.setdefault(key(name), code)
                found.setdefault(key(re.sub(r"\s*\(.*?\)", "", name)), code)
    for code in list(found.values()):
        found.setdefault(code.lower(), code)
    for code3 in _ISO3.split():
        found[code3.lower()] = _ISO3_ODD.get(code3, code3[:2])
    for code, written in _OWN.items():
        found.update({key(name): code for name in written.split("|")})
    found["indie"] = "IN"
    found["inde"] = "IN"
    found.pop("", None)
    return found


@lru_cache(maxsize=20_000)
def exact(text: str) -> str | None:
    """The code when this is a known way to write one country."""
    written = key(text)
    return names().get(written) if len(written) > 1 else None


@lru_cache(maxsize=20_000)
def read_country(text: str) -> Country | None:
    """One country, also misspelt; None when it is none."""
    found = exact(text)
    if found:
        return Country(found)
    bare = re.sub(r"^(the|de|la|le|les|l|republic of|republiek|noord|zuid|north|south|oost|west|nord|sud|"
                  r"northern|southern|noordelijk|zuidelijk)\s+", "", fold(text))  # fmt: skip
    if bare != fold(text) and exact(bare):
        return Country(str(exact(bare)))
    return _misspelt(key(text))


def _misspelt(written: str) -> Country | None:
    if len(written) < 4 or not written.isalpha() or len(written) > 24:
        return None
    allowed = 1 if len(written) < 7 else 2
    near: dict[str, int] = {}
    for name, code in names().items():
        if len(name) < 4 or abs(len(name) - len(written)) > allowed:
            continue
        distance = OSA.distance(written, name, score_cutoff=allowed)
        if distance <= allowed and (name[0] == written[0] or distance == 1):
            near[code] = min(distance, near.get(code, 9))
    if not near:
        return None
    best = min(near.values())
    nearest = [code for code, distance in near.items() if distance == best]
    preferred = [code for code in nearest if code in STONE] if len(nearest) > 1 else nearest
    return Country(preferred[0], corrected=True) if len(preferred) == 1 else None


@lru_cache(maxsize=1)
def _squares() -> dict[str, set[int]]:
    squares: dict[str, set[int]] = {}
    path = Path(__file__).with_name("country_squares.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, _, runs = line.partition(" ")
        found: set[int] = set()
        for run in runs.split(","):
            first, _, last = run.partition("-")
            found.update(range(int(first), int(last or first) + 1))
        squares[code] = found
    return squares


def lies_in(code: str, lat: float, lon: float) -> bool:
    """Whether a point may lie in a country: in it or within about a degree of one of its towns."""
    squares = _squares().get(code)
    if not squares:
        return True
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return False
    row, column = int((lat + 90) // 1), int((lon + 180) // 1)
    return any((row + up) * 360 + (column + right) % 360 in squares for up in (-1, 0, 1) for right in (-1, 0, 1))
