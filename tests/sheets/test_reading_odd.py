# ruff: noqa: E501 - tables of examples are easier to read in long lines
"""Sheets that are laid out oddly: read right, or told about - a wrong value is worse than a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sheets.making import chain, expected, problem, text_file, xlsx
from tests.sheets.scoring import compare
from toetssteen.sheets.reading import read
from toetssteen.sheets.reading.normal_form import normal_form

Case = tuple[Path, dict[str, Any]]
HEADS = [
    "Materiaal",
    "Handelsnaam",
    "Toepassing",
    "Volume (ton)",
    "Leverancier",
    "Land",
    "Fabriek",
    "Groevegebied",
    "Groeve",
]
ROWS: list[list[Any]] = [
    ["graniet", "Nero Zimbabwe", "grafmonumenten", 120.5, "Velavor Exports", "Zimbabwe", "onbekend", "Mutoko", "?"],
    ["zandsteen", "Kandla Grey", "terras", 30, "Kotavel Stones", "India", "Kotavel Works", "Kota", "onbekend"],
    ["graniet", "G654", "kassei", 77, "Xiamen Quorv Stone", "China", "Xiamen Quorv Stone", "Changtai", "weigert"],
]  # fmt: skip


def three(sheet: str, first: int) -> list[dict[str, Any]]:
    """What the three rows say, wherever they stand."""
    return [
        chain(sheet, first, "granite/Nero Zimbabwe/monuments", 120.5, "Velavor Exports|||ZW", "-", "|Mutoko||ZW", "-"),
        chain(sheet, first + 1, "sandstone/Kandla Grey/paving", 30, "Kotavel Stones|||IN", "Kotavel Works|||IN", "|Kota||IN", "-"),
        chain(sheet, first + 2, "granite/G654/cobbles", 77, "Xiamen Quorv Stone|||CN", "Xiamen Quorv Stone|||CN", "|Changtai||CN", "x"),
    ]  # fmt: skip


def heads_below_one_another(folder: Path) -> Case:
    rows = [[head, *(row[i] for row in ROWS)] for i, head in enumerate(HEADS)]
    told = [problem("Blad", None, None, "table_transposed", "error")]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("ignored", None)}, [], told)


def nothing_that_looks_like_a_table(folder: Path) -> Case:
    rows = [["Boodschappen", "melk"], ["brood", "kaas"], ["eieren", "thee"]]
    told = [problem("Blad", None, None, "no_table_found", "error")]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("ignored", None)}, [], told)


def another_table_below(folder: Path) -> Case:
    below = [["Leverancier", "Straat", "Telefoon"], ["Velavor Exports", "Mutoko Rd 1", "+263 1"]]
    rows = [["Ketens 2022"], HEADS, *ROWS, [], [], ["Adressen"], *below]
    told = [
        problem("Blad", 8, None, "note_row_skipped", "info"),
        problem("Blad", 9, None, "second_table_not_read"),
    ]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 2)}, three("Blad", 3), told)


def another_table_of_chains_with_other_columns(folder: Path) -> Case:
    below = [["Leverancier", "Land", "Materiaal", "Volume (ton)"], ["Bundivel", "India", "zandsteen", 31]]
    rows = [HEADS, *ROWS, [], *below]
    told = [problem("Blad", 6, None, "second_table_not_read")]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 1)}, three("Blad", 2), told)


def the_same_table_goes_on(folder: Path) -> Case:
    rows = [HEADS, ROWS[0], ROWS[1], [], HEADS, ROWS[2]]
    chains = three("Blad", 2)
    chains[2]["ref"]["row"] = 6
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 1)}, chains, [])


def far_to_the_right(folder: Path) -> Case:
    rows: list[list[Any]] = [[], [], []]
    rows += [[None] * 28 + row for row in [HEADS, *ROWS]]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 4)}, three("Blad", 5), [])


def very_wide(folder: Path) -> Case:
    rows = [[f"veld {i}" for i in range(180)] + HEADS] + [[i * 3 for i in range(180)] + row for row in ROWS]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 1)}, three("Blad", 2), [])


def german_numbers(folder: Path) -> Case:
    rows = [
        ["Gestein", "Handelsname", "Menge", "Einheit", "Lieferant", "Land", "Abbaugebiet"],
        ["Granit", "Verde Labrador", "1.240,50", "t", "Granitos Sonhar Ltda.", "Brasilien", "Cachoeiro de Itapemirim"],
        ["Granit", "Nero Zimbabwe", "12.500", "kg", "Velavor Exports", "Simbabwe", "Mutoko"],
        ["Kalkstein", "Jura Gelb", "0,75", "t", "Steinwerk Nirgend GmbH", "Deutschland", "Treuchtlingen"],
    ]
    chains = [
        chain("csv", 2, "granite/Verde Labrador/", 1240.5, "Granitos Sonhar|||BR", "-", "|Cachoeiro de Itapemirim||BR", "-"),
        chain("csv", 3, "granite/Nero Zimbabwe/", 12.5, "Velavor Exports|||ZW", "-", "|Mutoko||ZW", "-"),
        chain("csv", 4, "limestone/Jura Gelb/", 0.75, "Steinwerk Nirgend GmbH|||DE", "-", "|Treuchtlingen||DE", "-"),
    ]  # fmt: skip
    return text_file(folder / "de.csv", rows, ";", "cp1252"), expected({"csv": ("chains", 1)}, chains, [])


def square_metres_and_a_thickness(folder: Path) -> Case:
    rows: list[list[Any]] = [
        ["Materiaal", "Handelsnaam", "Dikte (cm)", "Hoeveelheid m2", "Hoeveelheid m3", "Leverancier", "Land"],
        ["graniet", "G654", 3, 1200, 36, "Xiamen Quorv Stone", "China"],
        ["marmer", "Bianco Carrara", 2, 50, None, "Marmi Velfa", "Italië"],
    ]
    chains = [
        chain("Blad", 2, "granite/G654/", None, "Xiamen Quorv Stone|||CN", "-", "-", "-"),
        chain("Blad", 3, "marble/Bianco Carrara/", None, "Marmi Velfa|||IT", "-", "-", "-"),
    ]
    told = [problem("Blad", n, "Hoeveelheid m2", "unit_not_convertible") for n in (2, 3)]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 1)}, chains, told)


def amounts_between(folder: Path) -> Case:
    written = ["ca. 100-120 t", "100 à 120", "50 - 60", "< 10", "10 of 12", "> 20 ton", "2023-2024"]
    rows: list[list[Any]] = [["Materiaal", "Handelsnaam", "Volume (ton)", "Leverancier", "Land"]]
    rows += [["graniet", "G654", said, f"Quorv {said} Stone", "China"] for said in written]
    chains = [
        chain("Blad", n, "granite/G654/", None, f"Quorv {said} Stone|||CN", "-", "-", "-")
        for n, said in enumerate(written, 2)
    ]
    told = [problem("Blad", n, "Volume (ton)", "number_unreadable", "error") for n in range(2, 2 + len(written))]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 1)}, chains, told)


def heads_in_three_layers(folder: Path) -> Case:
    rows: list[list[Any]] = [
        ["Keten", *[None] * 6],
        ["Steen", None, "Handel", None, "Herkomst", None, "Volume"],
        ["Soort", "Handelsnaam", "Leverancier", "Land", "Fabriek", "Groevegebied", "ton"],
        ["graniet", "G654", "Xiamen Quorv Stone", "China", "onbekend", "Changtai", 77],
        ["zandsteen", "Kandla Grey", "Kotavel Stones", "India", "Kotavel Works", "Kota", 30],
    ]
    chains = [
        chain("Blad", 4, "granite/G654/", 77, "Xiamen Quorv Stone|||CN", "-", "|Changtai||CN", "-"),
        chain("Blad", 5, "sandstone/Kandla Grey/", 30, "Kotavel Stones|||IN", "Kotavel Works|||IN", "|Kota||IN", "-"),
    ]
    path = xlsx(folder / "a.xlsx", {"Blad": rows}, merges={"Blad": ["A1:G1", "A2:B2", "C2:D2", "E2:F2"]})
    return path, expected({"Blad": ("chains", 3)}, chains, [])


def places_on_other_grids(folder: Path) -> Case:
    spots = [
        "44P 395012 1735020", "https://maps.app.goo.gl/xYz12ab", "UTM 44 N 395012 E 1735020 N", "7JVW52GR+2R",
        "https://www.google.com/maps/place/Quarry/@18.4386,79.1288,15z",
    ]  # fmt: skip
    rows: list[list[Any]] = [
        ["Materiaal", "Handelsnaam", "Volume (ton)", "Leverancier", "Land", "Groeve", "GPS groeve"]
    ]
    rows += [
        ["graniet", "Tan Brown", n, "Jalvel Rocks", "India", f"Quarry Vel {n}", spot] for n, spot in enumerate(spots, 1)
    ]
    chains = [
        chain("Blad", n + 1, "granite/Tan Brown/", n, "Jalvel Rocks|||IN", "-", "-", f"Quarry Vel {n}|||IN{'|18.4386|79.1288' if n == 5 else ''}")
        for n in range(1, 6)
    ]  # fmt: skip
    told = [problem("Blad", n, "GPS groeve", "coordinates_unreadable", "error") for n in range(2, 6)]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 1)}, chains, told)


def names_from_right_to_left(folder: Path) -> Case:
    rows = [
        HEADS[:6],
        ["graniet", "G654", "kassei", 77, "شركة النور للرخام", "Egypte"],
        ["marmer", "Galala", "vloer", 7, "\u202bשיש הגליל\u202c", "Israël"],
    ]
    chains = [
        chain("Blad", 2, "granite/G654/cobbles", 77, "شركة النور للرخام|||EG", "-", "-", "-"),
        chain("Blad", 3, "marble/Galala/tiles", 7, "שיש הגליל|||IL", "-", "-", "-"),
    ]
    return xlsx(folder / "a.xlsx", {"Blad": rows}), expected({"Blad": ("chains", 1)}, chains, [])


CASES: list[Callable[[Path], Case]] = [
    heads_below_one_another, nothing_that_looks_like_a_table, another_table_below,
    another_table_of_chains_with_other_columns, the_same_table_goes_on, far_to_the_right, very_wide, german_numbers,
    square_metres_and_a_thickness, amounts_between, heads_in_three_layers, places_on_other_grids,
    names_from_right_to_left,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_an_odd_sheet_is_read_right_or_told_about(case: Callable[[Path], Case], tmp_path: Path) -> None:
    path, wanted = case(tmp_path)
    wrong, secondary = compare(wanted, normal_form(read(path), path.name))
    assert wrong == []
    assert secondary == []


def test_a_table_without_heads_is_proposed_from_its_values_and_can_be_mapped(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx", {"Blad": [*ROWS, ["marmer", "Bianco Carrara", "vloer", 12, "Marmi Velfa", "Italië"]]}
    )
    result = read(path)
    assert [p.code for p in result.problems] == ["header_missing"]
    assert [c.header for c in result.sheets[0].columns][:3] == ["Kolom A", "Kolom B", "Kolom C"]
    assert all(chain.volume is None for chain in result.chains), "a bare number is not guessed to be tonnes"
    mapped = read(path, mapping={("Blad", "Kolom D"): result_field("volume")})
    assert [chain.volume.value for chain in mapped.chains if chain.volume][:2] == [ROWS[0][3], ROWS[1][3]]


def result_field(name: str) -> Any:
    """A meaning of a column by its name."""
    from toetssteen.sheets.reading.results import Field

    return Field(name)


def test_a_protected_sheet_with_shares_days_and_commas_in_names(tmp_path: Path) -> None:
    """Protection keeps people from typing, not us from reading; a comma in a name does not make two suppliers."""
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Steensoort", "Handelsnaam", "Aandeel", "Leverancier", "Land", "Fabriek", "Laatst gekocht"])
    sheet.append(["graniet", "Nero X", 0.25, "Patel, Sons & Co.", "India", "Works, Unit 2", date(2024, 3, 4)])
    sheet.append(["graniet", "Nero Y", 0.75, "Zhang, Li", "China", "onbekend", date(2024, 5, 6)])
    for row in (2, 3):
        sheet.cell(row, 3).number_format = "0%"
    sheet.protection.sheet = True
    sheet.protection.password = "geheim"
    book.save(path := tmp_path / "protected.xlsx")

    found = normal_form(read(path), path.name)

    first, second = found["chains"]
    assert [(c["volume"]["value"], c["volume"]["unit"]) for c in (first, second)] == [(25, "%"), (75, "%")]
    assert [s["name"] for s in first["levels"]["direct_supplier"]["sites"]] == ["Patel, Sons & Co."]
    assert [s["name"] for s in first["levels"]["factory"]["sites"]] == ["Works, Unit 2"]
    assert [s["name"] for s in second["levels"]["direct_supplier"]["sites"]] == ["Zhang, Li"]
    assert found["problems"] == []
