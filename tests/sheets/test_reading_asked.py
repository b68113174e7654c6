# ruff: noqa: E501 - tables of examples are easier to read in long lines
"""What a caller may add to reading: a mapping, corrections, trade names, and one row again."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sheets.making import text_file, xlsx
from toetssteen.sheets import reading
from toetssteen.sheets.reading import read, understand_row
from toetssteen.sheets.reading.results import Field, Role, Status

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = ["Handelsnaam", "Leverancier", "Land", "Fabriek", "Groevegebied", "Groeve", "Ton"]
CODES = [
    "approximate_number",
    "bought_from_importer_elsewhere",
    "coordinates_out_of_range",
    "coordinates_swapped",
    "coordinates_without_quarry",
    "country_spelling_corrected",
    "country_unrecognised",
    "direct_purchase",
    "ditto_resolved",
    "duplicate_row",
    "excel_error_in_cell",
    "external_link_not_followed",
    "formula_in_text_column",
    "formula_like_text",
    "hidden_column_read",
    "hidden_row_not_read",
    "hidden_sheet_not_read",
    "lookup_failed",
    "macro_ignored",
    "material_taken_from_trade_name",
    "not_applicable_read_as_unknown",
    "note_row_skipped",
    "number_negative",
    "number_unreadable",
    "own_processing_in_home_country",
    "partly_known",
    "password_protected",
    "percentage_scale_guessed",
    "place_spelling_corrected",
    "possible_duplicate_site",
    "product_group_unrecognised",
    "quarry_and_area_split",
    "quarry_known_area_unknown",
    "refusal_inferred",
    "row_too_short",
    "several_values_in_cell",
    "shares_do_not_add_up",
    "supplier_missing",
    "too_large_when_unpacked",
    "totals_row_skipped",
    "trade_name_not_granite",
    "uncertain_value",
    "unit_in_cell_differs",
    "unit_missing",
    "unit_not_convertible",
    "unreadable_file",
    "volume_from_share",
    "volume_missing",
]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    rows = [
        HEAD,
        ["Maanblauw", "Verzonnen Exports", "India", "Verzonnen Exports", "Bundi", "?", "1.250"],
        ["Tan Brown", "Bedachte Stones", "Atlantis", "", "Karimnagar", "Groeve 7", "12,5"],
    ]
    return text_file(tmp_path / "keten.csv", rows)


def test_extra_trade_names_give_the_material(sheet: Path) -> None:
    assert read(sheet).chains[0].material is None
    assert read(sheet, trade_names={"maanblauw": "quartzite"}).chains[0].material == "quartzite"


def test_a_remembered_mapping_goes_before_header_words(sheet: Path) -> None:
    result = read(sheet, mapping={("csv", "Fabriek"): Field.REMARK, ("", "Groeve"): None})
    columns = {column.header: column for column in result.sheets[0].columns}
    assert columns["Fabriek"].field == Field.REMARK
    assert columns["Fabriek"].confidence == 1
    assert columns["Groeve"].field is None
    assert result.chains[0].levels["factory"].status == Status.UNKNOWN
    assert result.chains[1].levels["quarry"].status == Status.UNKNOWN
    assert result.chains[1].cells["Groeve"] == "Groeve 7"


def test_corrections_replace_raw_cells(sheet: Path) -> None:
    result = read(sheet, corrections={("csv", 3, "Land"): "India", ("csv", 3, "Fabriek"): "geweigerd"})
    assert result.chains[1].levels["direct_supplier"].sites[0].country == "IN"
    assert result.chains[1].levels["factory"].status == Status.ASKED_REFUSED
    assert "country_unrecognised" not in {problem.code for problem in result.problems}


def test_one_row_again_gives_what_the_whole_file_gives(sheet: Path) -> None:
    result = read(sheet)
    for chain in result.chains:
        again, problems = understand_row(result.sheets[0], chain.row, chain.cells)
        assert again == chain
        assert [p.code for p in problems] == [p.code for p in result.problems if p.row == chain.row]
    mended, problems = understand_row(result.sheets[0], 3, {**result.chains[1].cells, "Land": "Inde"})
    assert mended is not None
    assert mended.levels["direct_supplier"].sites[0].country == "IN"
    assert problems == ()


def test_numbers_of_cells_survive_as_text(tmp_path: Path) -> None:
    rows = [
        HEAD,
        *[
            ["Tan Brown", "Bedachte Stones", "India", "", "Karimnagar", "", value]
            for value in (1.125, 1250.5, 24.706, 7)
        ],
    ]
    result = read(xlsx(tmp_path / "n.xlsx", {"A": rows}))
    tonnes = [chain.volume.tonnes for chain in result.chains if chain.volume]
    assert tonnes == [Decimal(x) for x in ("1.125", "1250.5", "24.706", "7")]
    for chain in result.chains:
        again, _problems = understand_row(result.sheets[0], chain.row, chain.cells)
        assert again == chain


def test_old_workbook_tells_what_is_hidden_and_wrong() -> None:
    result = read(FIXTURES / "oud.xls")
    assert [chain.row for chain in result.chains] == [3, 4, 5]
    assert [chain.levels["direct_supplier"].sites[0].name for chain in result.chains] == ["Fantavano Marmi Srl"] * 2 + [
        "Zimalex Stones"
    ]
    told = {(p.sheet, p.row, p.column, p.code) for p in result.problems}
    assert told == {
        ("Oud", None, None, "hidden_sheet_not_read"),
        ("Ketens", None, "Groeve", "hidden_column_read"),
        ("Ketens", 4, "Fabriek", "ditto_resolved"),
        ("Ketens", 5, "Kg", "number_unreadable"),
        ("Ketens", 6, None, "hidden_row_not_read"),
        ("Ketens", 7, None, "totals_row_skipped"),
    }


def test_own_processing_is_at_home(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "o.csv", [HEAD, ["Serizzo", "Bedachte Spa", "Italië", "eigen zagerij", "Domodossola", "", "3"]]
    )
    factory = read(path, home_country="BE").chains[0].levels["factory"]
    assert factory.status == Status.KNOWN
    assert factory.sites[0].country == "BE"


def test_purchase_lines_are_added_up_per_supplier_and_stone() -> None:
    result = read(FIXTURES / "v05_export_erp_20000_regels.xlsx")
    assert result.sheets[0].role == Role.PURCHASE_LINES
    assert len(result.chains) == result.rows_read == 20_000
    assert sum(aggregate.lines for aggregate in result.aggregates) == 20_000


def test_every_problem_code_is_known_to_the_reader() -> None:
    folder = Path(reading.__file__).parent
    said = set(re.findall(r'"([a-z_]+)"', "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))))
    assert set(CODES) <= said
