"""The own chains as a spreadsheet: with lists to choose from, nothing that runs, and the same when it comes back."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW, TODAY, Cast
from tests.sheets.conftest import ROWS, SECRET, Upload, confirm_columns, take_over
from toetssteen.covenant.queries import pack_of
from toetssteen.sheets import exports, queries
from toetssteen.supplychain import bulk
from toetssteen.supplychain.data import ChainData, LinkData
from toetssteen.supplychain.models import Chain, QuarryArea


@pytest.fixture
def chains(cast: Cast) -> list[Chain]:
    """Chains with everything that could get lost on the way: several links, an area of the registry, days, formulas."""
    area = QuarryArea.objects.create(code="IN-BUN", name="Bundi", level="district", country="IN", admin1="Rajasthan")
    known = {"state": "known", "country": "IN"}
    made = [
        ChainData(
            situation="C", material="granite", opened_on=TODAY, trade_name="=1+1", product_group="cobble",
            extraction_country="IN", processing_country="IN", share_of_volume=Decimal("12.5"),
            volume_tonnes=Decimal("1250.75"),
            links=(
                LinkData(level="direct_suppliers", name="@Alpha", place="Kuppam", **known),
                LinkData(level="direct_suppliers", name="Beta; Sons", place="", **known),
                LinkData(level="factories", name="Zeta Works", place="Bargur", lat=Decimal("12.54321"),
                         lon=Decimal("78.35"), address="Plot 8", **known),
                LinkData(level="quarry_areas", state="known", quarry_area_id=area.pk),
                LinkData(level="quarries", state="asked", asked_on=TODAY),
            ),
        ),
        ChainData(
            situation="B", material="bluestone_be", opened_on=TODAY, extraction_country="BE", processing_country="BE",
            links=(
                LinkData(level="factories", state="refused", asked_on=TODAY),
                LinkData(level="quarry_areas", state="known", name="Soignies", place="Henegouwen", country="BE"),
            ),
        ),
    ]  # fmt: skip
    batch = bulk.Batch(add=made)
    actor = cast.actor("editor")
    bulk.import_chains(
        actor=actor, organisation_id=actor.organisation_id or 0, batch=batch, subject="test", year=cast.years[1],
        now=NOW,
    )  # fmt: skip
    return list(Chain.objects.order_by("pk"))


def workbook(cast: Cast, language: str = "nl", who: str = "editor") -> bytes:
    actor = cast.actor(who)
    return exports.chains_workbook(actor, actor.organisation_id or 0, pack_of(cast.years[1]), language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_goes_out_comes_back_unchanged(cast: Cast, upload: Upload, chains: Any, language: str) -> None:
    later = NOW.replace(year=NOW.year)  # uploaded after the chains were changed
    Chain.objects.update(changed_at=later.replace(hour=1))
    file = SimpleUploadedFile("ketens.xlsx", workbook(cast, language))
    kept = upload(file=file)
    assert kept.state == "review", "our own columns need no question"
    assert [(row.change, row.differences) for row in kept.rows.order_by("position")] == [("same", [])] * 2
    counts = queries.counts_of(kept)
    assert (counts.changes, counts.gone, counts.waiting) == ({"same": 2}, 0, 0)


def test_a_cell_that_was_changed_changes_only_its_part(cast: Cast, upload: Upload, chains: Any) -> None:
    Chain.objects.update(changed_at=NOW.replace(hour=1))
    book = openpyxl.load_workbook(io.BytesIO(workbook(cast)))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["Volume (ton)"]).value = 99
    sheet.delete_rows(3)
    out = io.BytesIO()
    book.save(out)
    kept = upload(file=SimpleUploadedFile("ketens.xlsx", out.getvalue()))
    row = kept.rows.get()
    assert (row.change, row.differences) == ("changed", ["volume"])
    assert queries.gone_ids(kept) == [chains[1].pk]
    before = {link.pk: (link.name, link.address, link.lat) for link in chains[0].links.all()}
    take_over(cast, kept)
    chain = Chain.objects.get(pk=chains[0].pk)
    assert (chain.volume_tonnes, chain.trade_name, chain.share_of_volume) == (99, "=1+1", Decimal("12.5"))
    assert {link.pk: (link.name, link.address, link.lat) for link in chain.links.all()} == before


def test_text_that_looks_like_a_formula_stays_text(cast: Cast, chains: Any) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(cast))).worksheets[0]
    values = {cell.value: cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value}
    assert values["=1+1"] == "s"
    assert "f" not in values.values()
    actor = cast.actor("editor")
    text = exports.chains_csv(actor, actor.organisation_id or 0, pack_of(cast.years[1]), "nl")
    assert ";'=1+1;" in text
    assert ";=" not in text


def test_lists_to_choose_from_stand_under_a_name(cast: Cast) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports.template_workbook(pack_of(cast.years[1]), "nl")))
    names = set(book.defined_names)
    assert {"materials", "products", "countries", "states", "situations"} <= names
    rules = book.worksheets[0].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {f"{name}" for name in names} or {
        rule.formula1.lstrip("=") for rule in rules
    } == names
    assert book.worksheets[0].max_row == 1


def test_nobody_takes_the_chains_of_another_company(cast: Cast, chains: Any) -> None:
    mason = cast.organisations["mason"].pk
    content = exports.chains_workbook(cast.actor("rival"), mason, pack_of(cast.years[1]), "nl")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.max_row == 1
    assert "Zeta Works" not in str(list(sheet.values))


def test_wrong_rows_go_out_with_what_is_wrong_and_come_back_mended(cast: Cast, upload: Upload) -> None:
    kept = confirm_columns(cast, upload(ROWS[0], f"steen;Vreemd;veel;{SECRET} Twee;Kota;India;=2+2;;"))
    book = openpyxl.load_workbook(io.BytesIO(exports.wrong_rows(kept)))
    sheet = book.worksheets[0]
    rows = list(sheet.values)
    assert len(rows) == 2, "only the row that is wrong"
    assert rows[0][-1] == "Wat er mis is"
    assert "Schrijf" in rows[1][-1]
    assert sheet["G2"].value == "=2+2"
    assert sheet["G2"].data_type == "s"
    sheet["A2"], sheet["C2"] = "graniet", "5"
    out = io.BytesIO()
    book.save(out)
    again = upload(file=SimpleUploadedFile("verbeterd.xlsx", out.getvalue()))
    if again.state == "columns":
        again = confirm_columns(cast, again)
    assert queries.counts_of(again).waiting == 0
    assert take_over(cast, again).facts["done"]["added"] == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_text_file_comes_back_unchanged_too(cast: Cast, upload: Upload, chains: Any, language: str) -> None:
    """What is put before a text that looks like a formula is taken off again."""
    Chain.objects.update(changed_at=NOW.replace(hour=1))
    actor = cast.actor("editor")
    text = exports.chains_csv(actor, actor.organisation_id or 0, pack_of(cast.years[1]), language)
    assert "'=1+1" in text
    assert "'@Alpha" in text
    kept = upload(file=SimpleUploadedFile("ketens.csv", ("\ufeff" + text).encode()))
    assert [(row.change, row.differences) for row in kept.rows.order_by("position")] == [("same", [])] * 2
