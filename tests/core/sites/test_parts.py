"""Names, numbers and countries taken apart."""

from __future__ import annotations

import pytest

from toetssteen.core.sites import Mention
from toetssteen.core.sites.cleaning import Cleaned, cleaned
from toetssteen.core.sites.countries import country_code
from toetssteen.core.sites.letters import folded
from toetssteen.core.sites.numbers import Fit, fit


def taken(name: str, address: str = "", place: str = "", kind: str = "", country: str = "IN") -> Cleaned:
    return cleaned(Mention("1", name, address=address, place=place, kind=kind, country=country))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("India", "IN"), ("Indië", "IN"), ("Inde", "IN"), ("IND", "IN"), ("भारत", "IN"), ("P.R. China", "CN"),
        ("VR China", "CN"), ("Chinna", "CN"), ("中国", "CN"), ("Việt Nam", "VN"), ("Vietman", "VN"), ("Türkiye", "TR"),
        ("Turky", "TR"), ("lk", "LK"), ("Myanmar (Burma)", "MM"), ("", ""), ("Zuid-Afrika", "ZA"), ("Polska", "PL"),
    ],
)  # fmt: skip
def test_a_country_is_recognised_in_many_languages(written: str, code: str) -> None:
    assert country_code(written) == code


def test_an_unknown_country_stays_what_it_is() -> None:
    assert country_code("Freedonia") == "freedonia"


@pytest.mark.parametrize(
    "name",
    [
        "Verzinsa Granites Pvt. Ltd.", "VERZINSA GRANITES PRIVATE LIMITED", "M/s Verzinsa Granites P. Ltd",
        "Verzinsa GranitesP vt Ltd", "VerzinsaGranites Pvt Ltd", "Verzinsa Granits (Pvt) Ltd",
        "Verzinsa Granites Pvt. tLd.",
    ],
)  # fmt: skip
def test_one_firm_in_many_spellings(name: str) -> None:
    found = taken(name).name
    assert (found.joined, found.firm, found.legal) == ("verzinsa", {"granite"}, {"limited"})


@pytest.mark.parametrize(
    "name", ["Công ty TNHH Đá Minh Sơn", "CTY TNHH DA MINH SON", "Congty TNHH Da Minh Son", "Co., Ltd Da Minh Son"]
)
def test_a_vietnamese_firm_keeps_its_syllables(name: str) -> None:
    found = taken(name, place="Sơn La", country="VN").name
    assert (found.joined, found.legal) == ("minhson", {"limited"})


def test_a_chinese_name_is_read_by_sound_without_its_town_and_trade() -> None:
    found = taken("莱州市金龙山石材有限公司", country="CN")
    assert (found.name.joined, found.name.firm) == ("jinlongshan", {"stone"})
    assert "laizhou" in found.towns


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no. 528sec. 3 zhongging rd", "no. 528 sec. 3 zhongging rd"), ("D 9, Peenya", "D-9, Peenya"),
        ("n07 8 innwa st", "no 7&8 innwa street"), ("boavista 33o", "boavista 330"), ("Fabel 14 A", "Fabel 14a"),
    ],
)  # fmt: skip
def test_numbers_are_found_in_glued_and_misread_addresses(one: str, other: str) -> None:
    first, second = taken("Verzinsa", one).numbers.plots, taken("Verzinsa", other).numbers.plots
    assert first & second, (first, second)


def test_a_former_name_is_another_name_of_the_same_firm() -> None:
    found = taken("Verzinsa Granites (formerly Anderszo Stones)")
    assert (found.name.joined, found.local.joined) == ("verzinsa", "anderszo")


def test_letters_that_a_machine_pulled_apart_are_put_together() -> None:
    found = taken("v e r z i n sa te xti l l td").name
    assert found.glued
    assert found.full == "verzinsatextil"


@pytest.mark.parametrize(
    ("name", "kind", "sort", "value"),
    [
        ("Verzinsa Granites Unit II", "factory", "units", "2"),
        ("Verzinsa Granites (2nd factory)", "factory", "units", "2"),
        ("Verzinsa Mermer 2. Fabrika", "factory", "units", "2"),
        ("Công ty Đá Minh Sơn - Xưởng 2", "factory", "units", "2"),
        ("Verzinsa Quarry, Sy. No. 212/3", "quarry", "surveys", "212/3"),
        ("Verzinsa Quarry, Survey No 212/3", "quarry", "surveys", "212/3"),
        ("Verzinsa Quarry, Khasra No. 212/3", "quarry", "surveys", "212/3"),
        ("Verzinsa quarry 5", "quarry", "pits", "5"),
        ("Steinbruch Verzinsa 5", "quarry", "pits", "5"),
        ("Groeve 5 Verzinsa", "quarry", "pits", "5"),
        ("Mỏ đá Minh Sơn 5", "quarry", "pits", "5"),
        ("莱州市金龙山矿5号", "quarry", "pits", "5"),
        ("Cava Verzinsa n. 5", "quarry", "pits", "5"),
    ],
)
def test_units_pits_and_survey_numbers_are_found_in_names(name: str, kind: str, sort: str, value: str) -> None:
    found = taken(name, kind=kind)
    assert getattr(found.numbers, sort) == {value}, found.numbers
    assert value not in found.name.core


@pytest.mark.parametrize(
    ("address", "plot", "postcode"),
    [
        ("Plot No. D-55, RIICO Industrial Area, Kota - 324005", "d55", "324005"),
        ("# 73, APIIC Park", "73", ""),
        ("P.No. 196, Bypass Road", "196", ""),
        ("No. 147 Stone Industry Park, Fujian 362342", "147", "362342"),
        ("Lô C-45, Đường Bà Triệu", "c45", ""),
        ("Viale D. Zaccagna 52, 54033 Carrara", "52", "54033"),
        ("Industrial Zone 2 50, 37816 Mahallat", "50", "37816"),
        ("Zona Industrial E-32, 7160-999 Vila", "e32", "7160999"),
    ],
)
def test_the_plot_and_the_postcode_are_found_in_addresses(address: str, plot: str, postcode: str) -> None:
    numbers = taken("Verzinsa", address).numbers
    assert (numbers.plots, numbers.postcode) == ({plot}, postcode)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"23"}, {"23"}, Fit.AGREE), ({"23"}, {"24"}, Fit.CONFLICT), ({"89a"}, {"89"}, Fit.NEAR),
        ({"4"}, {"4/1"}, Fit.NEAR),
        ({"212/3"}, {"212/7"}, Fit.CONFLICT), ({"1", "2"}, {"1"}, Fit.NEAR), ({"9"}, {"911"}, Fit.NEAR),
        ({"33o"}, {"330"}, Fit.NEAR), ({"132"}, {"123"}, Fit.NEAR),
        (set(), {"5"}, Fit.HALF), (set(), set(), Fit.MISSING),
    ],
)  # fmt: skip
def test_numbers_agree_contradict_or_leave_doubt(one: set[str], other: set[str], found: Fit) -> None:
    assert fit(frozenset(one), frozenset(other)) == found
    assert fit(frozenset(other), frozenset(one)) == found


def test_every_script_becomes_plain_letters() -> None:
    assert folded("Şti İşçi") == "sti isci"
    assert folded("Đá") == "da"
    assert folded("карьер").isascii()
    assert folded("ग्रेनाइट").isascii()
