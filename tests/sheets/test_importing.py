"""From rows to chains: all or none, never twice, and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY, Cast
from tests.reporting import world as filing
from tests.sheets.conftest import ROWS, Upload, confirm_columns, sheet, take_over
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.sheets import queries, reading, services
from toetssteen.sheets.models import ImportedChain, SheetImport
from toetssteen.sheets.services import importing
from toetssteen.sheets.services.rows import RowEdit
from toetssteen.supplychain import bulk
from toetssteen.supplychain.models import Chain, ChainLink


def links(chain: Chain) -> set[tuple[str, str, str]]:
    return {(link.level, link.state, link.name) for link in chain.links.all()}


def test_a_sheet_becomes_chains(cast: Cast, upload: Upload) -> None:
    kept = upload()
    assert kept.state == "columns"
    kept = confirm_columns(cast, kept)
    assert kept.state == "review"
    kept = take_over(cast, kept)
    assert kept.state == "done", kept.facts
    assert kept.facts["done"] == {"added": 2, "changed": 0, "closed": 0}
    first, second = Chain.objects.order_by("pk")
    assert (first.material, first.trade_name, str(first.volume_tonnes)) == ("granite", "Nero Zimbabwe", "120.500")
    assert links(second) == {
        ("direct_suppliers", "known", "Kandla Stones"),
        ("factories", "unknown", ""),
        ("quarry_areas", "refused", ""),
        ("quarries", "unknown", ""),
    }
    assert second.links.get(level="quarry_areas").asked_on == TODAY
    assert (first.share_of_volume or 0) + (second.share_of_volume or 0) == 100
    event = AuditEvent.objects.get(verb="supplychain.import_chains")
    assert event.detail["added"] == 2
    assert "Kandla" not in str(event.detail), "the trail holds no names"


def test_the_same_sheet_again_changes_nothing(cast: Cast, upload: Upload) -> None:
    take_over(cast, confirm_columns(cast, upload()))
    again = upload()
    assert again.state == "review", "the columns are remembered"
    assert [row.change for row in again.rows.order_by("position")] == ["same", "same"]
    assert queries.counts_of(again).gone == 0
    done = take_over(cast, again)
    assert done.facts["done"] == {"added": 0, "changed": 0, "closed": 0}
    assert Chain.objects.count() == 2


def test_a_changed_sheet_changes_what_differs_and_proposes_what_is_gone(cast: Cast, upload: Upload) -> None:
    take_over(cast, confirm_columns(cast, upload()))
    chain = Chain.objects.get(trade_name="Kandla Grey")
    before = {link.pk for link in chain.links.all()}
    again = upload(
        "zandsteen;Kandla Grey;44;Kandla Stones;Kota;India;Kota Works;geweigerd;?",
        "graniet;Tan Brown;9;Andere;Kota;India;;;",
    )
    counts = queries.counts_of(again)
    assert (counts.changes, counts.gone) == ({"changed": 1, "new": 1}, 1)
    row = again.rows.get(change="changed")
    assert sorted(row.differences) == ["factories", "volume"]
    gone = Chain.objects.get(trade_name="Nero Zimbabwe")
    done = take_over(cast, again, close=[gone.pk, chain.pk], closed_on=TODAY)
    assert done.facts["done"] == {"added": 1, "changed": 1, "closed": 1}
    chain.refresh_from_db()
    gone.refresh_from_db()
    assert str(chain.volume_tonnes) == "44.000"
    assert ("factories", "known", "Kota Works") in links(chain)
    assert {link.pk for link in chain.links.all()} == before, "links that stay keep their row"
    assert gone.closed_on == TODAY
    assert chain.closed_on is None, "only what is gone can be closed here"


def test_gone_chains_stay_open_unless_chosen(cast: Cast, upload: Upload) -> None:
    take_over(cast, confirm_columns(cast, upload()))
    again = upload(ROWS[0])
    take_over(cast, again)
    assert Chain.objects.filter(closed_on__isnull=True).count() == 2


def test_an_import_can_be_undone_with_what_it_changed_and_closed(cast: Cast, upload: Upload) -> None:
    take_over(cast, confirm_columns(cast, upload()))
    stone = Chain.objects.order_by("pk").values("pk", "trade_name", "volume_tonnes", "closed_on", "share_of_volume")
    was = list(stone)
    was_links = {chain.pk: links(chain) for chain in Chain.objects.all()}
    again = upload(
        "zandsteen;Kandla Grey;44;Kandla Stones;Kota;India;Kota Works;Bundi;?", "graniet;Tan Brown;9;A;K;India;;;"
    )
    done = take_over(cast, again, close=[was[0]["pk"]], closed_on=TODAY)
    services.undo_import(actor=cast.actor("editor"), import_id=done.pk, year=cast.years[1], now=NOW)
    assert list(stone) == was
    assert {chain.pk: links(chain) for chain in Chain.objects.all()} == was_links
    assert SheetImport.objects.get(pk=done.pk).state == "undone"
    assert AuditEvent.objects.filter(verb="supplychain.undo_import").count() == 1


def test_undo_is_refused_once_something_builds_on_it(cast: Cast, upload: Upload) -> None:
    from toetssteen.risks.models import Risk

    kept = take_over(cast, confirm_columns(cast, upload()))
    actor = cast.actor("editor")
    chain = Chain.objects.order_by("pk")[0]
    risk = Risk.objects.create(organisation=chain.organisation, chain=chain, year_number=1, theme="x", is_actual=False)
    with pytest.raises(Refused, match="vastgelegd"):
        services.undo_import(actor=actor, import_id=kept.pk, year=cast.years[1], now=NOW)
    risk.delete()
    Chain.objects.filter(pk=chain.pk).update(row_version=5)
    with pytest.raises(Refused, match="1 keten uit deze spreadsheet is intussen gewijzigd"):
        services.undo_import(actor=actor, import_id=kept.pk, year=cast.years[1], now=NOW)
    assert Chain.objects.count() == 2


def test_undo_is_refused_once_a_report_was_handed_in(cast: Cast, upload: Upload) -> None:
    kept = take_over(cast, confirm_columns(cast, upload()))
    report = filing.open_report(cast, "editor")
    filing.answer_all(cast, report, "largely", "editor")
    type(report).objects.filter(pk=report.pk).update(state="submitted", submitted_at=NOW + dt.timedelta(days=1))
    with pytest.raises(Refused, match="ingeleverd"):
        services.undo_import(actor=cast.actor("editor"), import_id=kept.pk, year=cast.years[1], now=NOW)


def test_the_worker_may_run_twice(cast: Cast, upload: Upload) -> None:
    kept = take_over(cast, confirm_columns(cast, upload()))
    for _again in range(2):
        services.run_import(actor=cast.actor("editor"), import_id=kept.pk, year=cast.years[1], now=NOW, today=TODAY)
    assert (Chain.objects.count(), ImportedChain.objects.count()) == (2, 2)


def test_a_worker_that_dies_half_way_leaves_nothing(cast: Cast, upload: Upload, monkeypatch: Any) -> None:
    kept = confirm_columns(cast, upload())

    def die(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(importing, "remember", die)
    with pytest.raises(RuntimeError):
        take_over(cast, kept)
    assert (Chain.objects.count(), ChainLink.objects.count()) == (0, 0)
    monkeypatch.undo()
    services.run_import(actor=cast.actor("editor"), import_id=kept.pk, year=cast.years[1], now=NOW, today=TODAY)
    assert Chain.objects.count() == 2


def test_nothing_is_imported_by_halves(cast: Cast, upload: Upload, monkeypatch: Any) -> None:
    kept = confirm_columns(cast, upload())
    add = bulk._add

    def fail(*args: Any) -> Any:
        add(*args)
        raise ValidationError("one is wrong")

    monkeypatch.setattr(bulk, "_add", fail)
    kept = take_over(cast, kept)
    assert (kept.state, kept.facts["problem"]) == ("review", "one is wrong")
    assert Chain.objects.count() == 0
    assert kept.rows.count() == 2, "nothing that was entered is lost"


def test_a_refusal_needs_the_day_of_the_question(cast: Cast, upload: Upload) -> None:
    kept = confirm_columns(cast, upload())
    with pytest.raises(ValidationError, match="dag"):
        take_over(cast, kept, frame={"opened_on": TODAY, "asked_on": None, "situation": ""})


def test_who_lost_the_role_starts_nothing(cast: Cast, upload: Upload) -> None:
    kept = confirm_columns(cast, upload())
    services.take_over(
        actor=cast.actor("editor"), import_id=kept.pk, row_version=kept.row_version, now=NOW, today=TODAY, close=[],
        closed_on=None, frame={"opened_on": TODAY, "asked_on": TODAY},
    )  # fmt: skip
    services.run_import(actor=cast.actor("reader"), import_id=kept.pk, year=cast.years[1], now=NOW, today=TODAY)
    assert Chain.objects.count() == 0
    kept.refresh_from_db()
    assert kept.state == "review", "somebody who may can start it again"


def test_rows_that_wait_for_a_choice_stop_the_import(cast: Cast, upload: Upload) -> None:
    kept = confirm_columns(cast, upload(ROWS[0], "iets;Vreemd;x;Wie;Kota;India;;;"))
    with pytest.raises(Refused, match="1 rijen wachten"):
        take_over(cast, kept)
    services.decide_open_rows(actor=cast.actor("editor"), import_id=kept.pk, decision="out", now=NOW)
    assert take_over(cast, kept).facts["done"]["added"] == 1


def test_purchase_lines_of_one_stone_along_one_way_become_one_chain(cast: Cast, upload: Upload) -> None:
    heads = "Datum;Materiaal;Handelsnaam;Volume (ton);Leverancier;Land leverancier"
    lines = [f"2020-01-{n:02};graniet;Nero;1,5;Een Steen;India" for n in range(1, 19)]
    lines += [f"2020-02-{n:02};graniet;Nero;2;Twee Steen;India" for n in range(1, 9)]
    kept = confirm_columns(cast, upload(*lines, heads=heads))
    kept = take_over(cast, kept)
    assert kept.facts["done"]["added"] == 2
    assert sorted(str(chain.volume_tonnes) for chain in Chain.objects.all()) == ["16.000", "27.000"]


def test_lines_of_one_stone_from_one_supplier_are_one_chain_however_far_each_of_them_is_known(
    cast: Cast, upload: Upload
) -> None:
    heads = "Datum;Materiaal;Handelsnaam;Toepassing;Volume (ton);Leverancier;Land leverancier;Fabriek;Groeve"
    ways = ["Een Works;onbekend", "EEN WORKS;Een quarry 1", "onbekend;onbekend", "weigert;?"]
    products = ["terras", "grafmonumenten"]
    lines = [
        f"2020-01-{n % 28 + 1:02};graniet;Nero;{products[n % 2]};1,5;{'EEN Steen' if n % 3 else 'Een steen'};India;"
        f"{ways[n % 4]}"
        for n in range(40)
    ]
    kept = confirm_columns(cast, upload(*lines, heads=heads))
    assert kept.rows.values("group").distinct().count() == 1
    shown = queries.rows_page(kept, queries.RowFilter(show="all"), 1, pack_of(cast.years[1]))
    assert [(row.lines, row.levels[1]["text"], row.levels[3]["text"]) for row in shown] == [
        (40, "Een Works, India", "Een quarry 1, India")
    ]
    kept = take_over(cast, kept)
    assert kept.facts["done"]["added"] == 1
    chain = Chain.objects.get()
    assert (str(chain.volume_tonnes), chain.product_group) == ("60.000", "")
    assert {link for link in links(chain) if link[0] in ("factories", "quarries")} == {
        ("factories", "known", "Een Works"), ("quarries", "known", "Een quarry 1"),
    }  # fmt: skip


def test_the_command_and_the_import_agree_on_what_purchase_lines_come_to(cast: Cast, upload: Upload) -> None:
    heads = "Datum;Materiaal;Handelsnaam;Volume (ton);Leverancier;Land leverancier;Fabriek"
    stones = ["graniet;Nero Zimbabwe", "graniet;Nero Zimbabwe", "marmer;Bianco Carrara", ";G654", "graniet;Onbekend X"]
    sellers = ["Een Steen;India", "EEN STEEN;India", "Twee Steen;China", "Drie;Italië"]
    lines = [
        f"2020-01-{n % 28 + 1:02};{stones[n % 5]};1;{sellers[n % 4]};{'Works' if n % 7 else '?'}" for n in range(120)
    ]
    file = sheet(*lines, heads=heads)
    kept = confirm_columns(cast, upload(file=file))
    result = reading.read(kept.file.path)
    groups = kept.rows.filter(grade__lt=3).values("group").distinct().count()
    assert groups == len(result.aggregates) == 12
    assert take_over(cast, kept).facts["done"]["added"] == 12
    tonnes = sorted(str(a.tonnes.quantize(importing.THOUSANDTH)) for a in result.aggregates)
    assert tonnes == sorted(str(chain.volume_tonnes) for chain in Chain.objects.all())


def test_a_district_in_a_sheet_becomes_a_quarry_area_with_its_place(cast: Cast, upload: Upload) -> None:
    kept = take_over(cast, confirm_columns(cast, upload()))
    link = ChainLink.objects.select_related("quarry_area").get(level="quarry_areas", state="known")
    assert link.quarry_area is not None
    assert (link.quarry_area.name, link.quarry_area.place_id, link.quarry_area.listed) == ("Bundi", "IN.24.121", False)
    assert link.quarry_area.lat is not None
    # The same sheet once more finds the area that it made, and changes nothing.
    again = upload()
    assert set(again.rows.values_list("change", flat=True)) == {"same"}
    assert kept.state == "done"


def test_idem_in_a_corrected_row_means_the_row_above(cast: Cast, upload: Upload) -> None:
    kept = confirm_columns(
        cast, upload(ROWS[0], "zandsteen;Kandla Grey;30;idem;idem;idem;onbekend;onbekend;?", ROWS[1])
    )
    row = kept.rows.get(position=1)
    edit = RowEdit(row.pk, row.row_version, {"Volume (ton)": "31", "Fabriek": "idem"})
    services.decide_row(
        actor=cast.actor("editor"), import_id=kept.pk, edit=edit, year=cast.years[1], now=NOW, today=TODAY
    )
    row.refresh_from_db()
    levels = row.understood["levels"]
    assert levels["direct_supplier"]["sites"][0]["name"].startswith("SECRET-sheet-mason")
    assert levels["factory"]["sites"][0]["name"] == "Zeta Works"
    assert (row.cells["Leverancier"], str(row.tonnes)) == ("idem", "31.000")


def test_a_sheet_with_square_metres_and_kilograms_goes_on_as_it_was_read(cast: Cast, upload: Upload) -> None:
    heads = "Materiaal;Handelsnaam;Aantal m2;Gewicht kg;Leverancier;Land"
    kept = upload("zandsteen;Kandla Grey;4250;382500;Kandla Stones;India", heads=heads)
    fields = [column["field"] for column in kept.layout[0]["columns"]]
    if fields.count("volume") < 2:
        pytest.skip("the reader chose one of the two")
    assert confirm_columns(cast, kept).state == "review"


def test_a_name_in_another_spelling_is_asked_about_and_can_be_made_one(cast: Cast, upload: Upload) -> None:
    kept = confirm_columns(
        cast,
        upload(
            "graniet;Nero Zimbabwe;120;Kandla Stones Pvt. Ltd.;Kota;India;Zeta Works;Bundi;onbekend",
            "zandsteen;Kandla Grey;30;KANDLA STONES PVT LTD;Kota;India;Zeta Works;Kota;?",
        ),
    )
    assert queries.counts_of(kept).doubles == 1
    pack = pack_of(cast.years[1])
    shown = queries.rows_page(kept, queries.RowFilter(show="double"), 1, pack).object_list
    (cell,) = [cell for cell in shown[0].cells if cell.one]
    assert (cell.value, cell.one) == ("KANDLA STONES PVT LTD", "Kandla Stones Pvt. Ltd.")
    edit = RowEdit(shown[0].id, shown[0].version, {cell.header: cell.one})
    services.decide_row(
        actor=cast.actor("editor"), import_id=kept.pk, edit=edit, year=cast.years[1], now=NOW, today=TODAY
    )
    assert queries.counts_of(kept).doubles == 0
    take_over(cast, kept)
    named = ChainLink.objects.filter(level="direct_suppliers").values_list("name", flat=True)
    assert set(named) == {"Kandla Stones Pvt. Ltd."}
