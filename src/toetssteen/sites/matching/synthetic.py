"""Invented mentions with known truth, as many as asked, to measure and to test with.

Names are made of syllables, towns are invented, and every country writes in its own way. The noise is that of
importers: other forms, capitals, slips of the pen, left-out parts, rounded or swapped coordinates. Next to many a
site stands a look-alike: a second unit, the next pit, a namesake. Everything follows from the seed.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from toetssteen.core.sites import Mention
from toetssteen.core.sites.words import words

SYLLABLES = words(
    """
    ba be bo cha da de di fa fe ga gi ha hi ja jo ka ki ko la le lu ma me mo na ne no pa pe po ra re ri ro sa se so ta
    te to va ve vi wa ya ye za zu dro fle gra kri pla sta tre bru ndo lle rra ssi nka mpa rti sto lva nde rga
    """
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a country writes: its spellings, firms, quarries, addresses and forms that are exchanged."""

    country: str
    spellings: tuple[str, ...]
    firms: tuple[str, ...]
    quarry: str
    address: str
    pit: str
    unit: str
    centre: tuple[float, float]
    swaps: tuple[tuple[str, tuple[str, ...]], ...] = ()


STYLES = (
    Style(
        "PK",
        ("Pakistan", "PAKISTAN", "Pakisten"),
        ("{} Marble Works (Pvt.) Ltd.", "{} Stone Traders", "{} Mining & Brothers"),
        "{} Quarry, Khasra No. {}",
        "Plot No. {}, {} Industrial Estate, {}",
        "Khasra No. {}, {}",
        " Unit II",
        (33.0, 71.0),
        (
            ("(Pvt.) Ltd.", ("Pvt Ltd", "(Private) Limited", "")),
            ("Plot No. ", ("Plot # ", "P.No ", "# ")),
            ("Khasra No.", ("Kh. No", "Khasra no")),
        ),
    ),
    Style(
        "ID",
        ("Indonesia", "Indonesië", "Indonésie"),
        ("PT {} Batu Alam", "CV {} Granit", "PT {} Marmer Tbk"),
        "Tambang {} {}",
        "Jl. {1} No. {0}, {2}",
        "Pit {}, {}",
        " Unit 2",
        (-7.5, 110.0),
        (("No. ", ("No.", "Nomor ", "no ")), ("Jl. ", ("Jalan ", "Jln "))),
    ),
    Style(
        "PL",
        ("Polen", "Poland", "Polska", "Pologne"),
        ("Granit {} Sp. z o.o.", "Kamieniarstwo {} S.A."),
        "Kamieniołom {} {}",
        "ul. {1} {0}, {2}",
        "Pit {}, {}",
        " Zakład 2",
        (51.0, 16.5),
        (("Sp. z o.o.", ("Sp z o o", "spółka z o.o.", "")),),
    ),
    Style(
        "IT",
        ("Italië", "Italy", "Italia"),
        ("Pietre {} S.r.l.", "{} Marmi S.p.A.", "Fratelli {} S.n.c."),
        "Cava {} n. {}",
        "Via {1} {0}, {2}",
        "Cava {}, {}",
        " Stabilimento 2",
        (44.5, 10.0),
        (("S.r.l.", ("srl", "SRL")), ("S.p.A.", ("spa", "SpA"))),
    ),
    Style(
        "ES",
        ("Spanje", "Spain", "España"),
        ("Piedras {} S.L.", "Canteras {} S.A."),
        "Cantera {} {}",
        "Calle {1} {0}, {2}",
        "Cantera {}, {}",
        " Nave 2",
        (40.0, -5.0),
        (("S.L.", ("SL", "S.L")),),
    ),
    Style(
        "CN",
        ("China", "P.R. China", "VR China", "Chine"),
        ("{} Stone Co., Ltd.", "{} Trading Co., Ltd."),
        "{} Quarry, Pit {}",
        "No. {} {} Road, {}",
        "Pit {}, {}",
        " No. 2 Factory",
        (25.0, 118.0),
        (("Co., Ltd.", ("Co Ltd", "Company Limited", "Co.,Ltd")), ("No. ", ("No.", "No "))),
    ),
    Style(
        "VN",
        ("Vietnam", "Viet Nam", "Việt Nam"),
        ("Công ty TNHH Đá {}", "Công ty CP Đầu tư {}"),
        "Mỏ đá {} {}",
        "Lô {}, KCN {}, {}",
        "Pit {}, {}",
        " - Xưởng 2",
        (18.0, 106.0),
        (("Công ty TNHH", ("Cty TNHH", "Cong ty TNHH")), ("Lô ", ("Lo ", "Lot "))),
    ),
    Style(
        "TR",
        ("Turkije", "Turkey", "Türkiye"),
        ("{} Taş San. ve Tic. Ltd. Şti.", "{} Mermer A.Ş."),
        "{} Taş Ocağı {}",
        "{1} Mah. No: {0}, {2}",
        "Ocak {}, {}",
        " 2. Fabrika",
        (38.5, 30.0),
        (("San. ve Tic. Ltd. Şti.", ("Ltd. Şti.", "San Tic Ltd Sti")), ("No: ", ("No ", "no:"))),
    ),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """A site as it is, before anybody writes it down."""

    key: str
    style: Style
    name: str
    number: str
    street: str
    town: str
    lat: float
    lon: float
    quarry: bool
    unit: str = ""


def mentions(count: int, seed: int = 1) -> Iterator[tuple[Mention, str]]:
    """Mentions with the key of their site, in the order in which the sites are made."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable measure, not a secret
    towns = _towns(rng, max(12, count // 250))
    made = 0
    for site in _sites(rng, towns):
        for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4, 6))):
            if made == count:
                return
            yield _written(rng, site, f"M{made:07d}"), site.key
            made += 1


def _word(rng: random.Random, least: int, most: int) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(least, most))).capitalize()


def _towns(rng: random.Random, count: int) -> list[tuple[Style, str, float, float]]:
    found = []
    for position in range(count):
        style = STYLES[position % len(STYLES)]
        lat, lon = style.centre[0] + rng.uniform(-4, 4), style.centre[1] + rng.uniform(-4, 4)
        found.append((style, _word(rng, 2, 4), lat, lon))
    return found


def _sites(rng: random.Random, towns: list[tuple[Style, str, float, float]]) -> Iterator[Truth]:
    number = 0
    while True:
        style, town, lat, lon = rng.choice(towns)
        quarry = rng.random() < 0.35
        own = _word(rng, 3, 4)
        number += 1
        plot = str(rng.randint(1, 400)) if rng.random() < 0.8 else f"{rng.choice('ABCD')}-{rng.randint(1, 90)}"
        pit = f"{rng.randint(10, 900)}/{rng.randint(1, 4)}" if style.country == "PK" else str(rng.randint(1, 9))
        site = Truth(
            key=f"S{number:07d}",
            style=style,
            name=style.quarry.format(own, pit) if quarry else rng.choice(style.firms).format(own),
            number=pit if quarry else plot,
            street=_word(rng, 2, 3),
            town=town,
            lat=round(lat + rng.uniform(-0.03, 0.03), 5),
            lon=round(lon + rng.uniform(-0.03, 0.03), 5),
            quarry=quarry,
        )
        yield site
        if rng.random() < 0.12:
            yield _twin(rng, site, own)


def _twin(rng: random.Random, site: Truth, own: str) -> Truth:
    """A look-alike: the next pit or unit of the same owner, or another firm of that name."""
    if site.quarry:
        other = f"{site.number}7" if "/" in site.number else str(int(site.number) + 10)
        return replace(site, key=site.key + "b", name=site.style.quarry.format(own, other), number=other)
    other_name = next(form.format(own) for form in site.style.firms if form.format(own) != site.name)
    if rng.random() < 0.5:
        return replace(site, key=site.key + "c", name=other_name, number=str(rng.randint(500, 900)))
    return replace(site, key=site.key + "b", unit=site.style.unit, number=str(rng.randint(401, 499)))


def _written(rng: random.Random, site: Truth, key: str) -> Mention:
    style = site.style
    name, address = site.name + site.unit, ""
    if rng.random() < 0.75:
        address = (
            style.pit.format(site.number, site.town)
            if site.quarry
            else style.address.format(site.number, site.street, site.town)
        )
    for form, others in style.swaps:
        if rng.random() < 0.6:
            name = name.replace(form, rng.choice(others))
            address = address.replace(form, rng.choice(others))
    name, address = _noise(rng, name), _plain(address) if rng.random() < 0.3 else address
    lat = lon = None
    if rng.random() < 0.4:
        digits = rng.choice((2, 3, 4))
        lat, lon = (
            round(site.lat + rng.uniform(-0.002, 0.002), digits),
            round(site.lon + rng.uniform(-0.002, 0.002), digits),
        )
        if rng.random() < 0.04:
            lat, lon = lon, lat
    return Mention(
        id=key,
        name=name,
        address=address,
        place=_slip(rng, site.town) if rng.random() < 0.08 else site.town if rng.random() < 0.9 else "",
        country=rng.choice(style.spellings),
        lat=lat,
        lon=lon,
        kind="quarry" if site.quarry else rng.choice(("supplier", "factory")),
        source=f"C{rng.randint(1, 60):03d}",
    )


def _noise(rng: random.Random, text: str) -> str:
    chance = rng.random()
    if chance < 0.15:
        return text.upper()
    if chance < 0.25:
        return _slip(rng, text)
    if chance < 0.4:
        return _plain(text)
    return " ".join(text.split())


def _slip(rng: random.Random, text: str) -> str:
    if len(text) < 6:
        return text
    at = rng.randint(1, len(text) - 3)
    if text[at].isdigit() or text[at + 1].isdigit():
        return text
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if rng.random() < 0.5 else text[:at] + text[at + 1 :]


def _plain(text: str) -> str:
    text = text.replace("đ", "d").replace("Đ", "D").replace("ł", "l").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
