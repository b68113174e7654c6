"""The pages of a spreadsheet: who sees them, what they say, and that nothing typed gets lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import NOW, TODAY, Cast
from tests.sheets.conftest import ROWS, SECRET, Upload, confirm_columns, read, sheet, take_over
from toetssteen.sheets import services
from toetssteen.sheets.models import SheetImport, SheetRow, TradeName

WRONG = f"steen;Vreemd;veel;{SECRET} Twee;Kota;India;;;"


def page(client: Any, cast: Cast, who: str, name: str, *args: Any, **more: Any) -> str:
    response = cast.sign_in(client, who).get(reverse(name, args=args), **more)
    assert response.status_code == 200, (who, name, response.status_code)
    return str(response.content.decode())


@pytest.mark.parametrize("who", ["reader", "rival", "assessor", "coordinator", "operator", "authority", "visitor"])
def test_nobody_else_sees_a_word_of_a_spreadsheet(cast: Cast, upload: Upload, client: Any, who: str) -> None:
    kept = confirm_columns(cast, upload(*ROWS, WRONG))
    assert SECRET in page(client, cast, "editor", "sheet_rows", kept.pk, data={"show": "all"}), "it could leak"
    cast.sign_in(client, who)
    row = kept.rows.order_by("position")[0]
    for name in ("sheet_import", "sheet_columns", "sheet_rows", "sheet_take_over", "sheet_wrong", "sheet_undo"):
        response = client.get(reverse(name, args=[kept.pk]))
        assert response.status_code in (302, 404)
        assert SECRET not in response.content.decode(errors="replace")
    assert client.get(reverse("sheet_row", args=[kept.pk, row.pk])).status_code in (302, 404)
    listed = client.get(reverse("sheet_list"))
    assert SECRET not in listed.content.decode()
    assert "ketens.csv" not in listed.content.decode()
    before = list(SheetRow.objects.order_by("pk").values())
    client.post(reverse("sheet_rows", args=[kept.pk]), {f"v{row.pk}": "0", f"d{row.pk}": "out"})
    client.post(reverse("sheet_remove", args=[kept.pk]))
    assert list(SheetRow.objects.order_by("pk").values()) == before


def test_a_cell_is_corrected_in_place_and_the_row_is_read_again(cast: Cast, upload: Upload, client: Any) -> None:
    kept = confirm_columns(cast, upload(ROWS[0], WRONG))
    text = page(client, cast, "editor", "sheet_rows", kept.pk)
    assert "1 rij heeft uw hulp nodig" in text
    assert "Schrijf het met alleen cijfers" in text
    row = kept.rows.get(number=3)
    heads = list(row.cells)
    sent = {
        f"v{row.pk}": row.row_version, f"d{row.pk}": "",
        f"r{row.pk}-{heads.index('Materiaal')}": "graniet", f"r{row.pk}-{heads.index('Volume (ton)')}": "7,5",
    }  # fmt: skip
    response = client.post(reverse("sheet_rows", args=[kept.pk]), sent, follow=True)
    assert "1 rij is opnieuw gelezen. 1 is nu goed." in response.content.decode()
    row.refresh_from_db()
    assert (row.understood["material"], str(row.tonnes), row.grade < 3) == ("granite", "7.500", True)
    assert row.written["Volume (ton)"] == "veel", "what the file said is kept"


def test_the_second_of_two_tabs_keeps_what_was_typed(cast: Cast, upload: Upload, client: Any) -> None:
    kept = confirm_columns(cast, upload(ROWS[0], WRONG))
    row = kept.rows.get(number=3)
    cell = f"r{row.pk}-{list(row.cells).index('Materiaal')}"
    cast.sign_in(client, "editor")
    address = reverse("sheet_rows", args=[kept.pk])
    client.post(address, {f"v{row.pk}": 0, cell: "graniet"})
    response = client.post(address + "?show=all", {f"v{row.pk}": 0, cell: "zandsteen"})
    text = response.content.decode()
    assert "Iemand heeft deze rij intussen gewijzigd" in text
    row.refresh_from_db()
    assert row.cells["Materiaal"] == "graniet"
    client.post(address + "?show=all", {f"v{row.pk}": row.row_version, cell: "zandsteen"})
    row.refresh_from_db()
    assert row.understood["material"] == "sandstone"


def test_a_page_of_rows_takes_the_same_number_of_queries(cast: Cast, upload: Upload, client: Any) -> None:
    counts = []
    for n in (1, 3):
        kept = confirm_columns(cast, upload(*[f"graniet;Steen {n}{i};1;Wie {i};;;;;" for i in range(n)]))
        cast.sign_in(client, "editor")
        client.get(reverse("sheet_rows", args=[kept.pk]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("sheet_rows", args=[kept.pk]), {"show": "all"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_whole_way_without_a_script(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "editor")
    response = client.post(reverse("sheet_list"), {"upload": sheet(*ROWS)})
    kept = SheetImport.objects.get()
    assert response["Location"] == reverse("sheet_import", args=[kept.pk])
    assert "wordt gelezen" in client.get(response["Location"]).content.decode()
    read(cast, kept)
    assert client.get(reverse("sheet_import", args=[kept.pk]))["Location"].endswith("/columns/")
    text = client.get(reverse("sheet_columns", args=[kept.pk])).content.decode()
    assert "Leverancier: plaats" in text
    fields = dict(re.findall(r'<select class="in in--s" id="[^"]+" name="(c[\d-]+)">(?:(?!</select>).)*?'
                             r'value="([^"]*)" selected', text, re.DOTALL))  # fmt: skip
    seen = re.search(r'name="row_version" value="(\d+)"', text)
    response = client.post(reverse("sheet_columns", args=[kept.pk]), {"row_version": seen[1] if seen else "", **fields})
    assert response["Location"] == reverse("sheet_rows", args=[kept.pk])
    text = client.get(reverse("sheet_take_over", args=[kept.pk])).content.decode()
    assert "In 1 rij wilde men u een plaats niet noemen" in text
    seen = re.search(r'name="row_version" value="(\d+)"', text)
    sent = {"row_version": seen[1] if seen else "", "opened_on": TODAY.isoformat(), "situation": ""}
    assert "Vul de dag in" in client.post(reverse("sheet_take_over", args=[kept.pk]), sent).content.decode()
    response = client.post(reverse("sheet_take_over", args=[kept.pk]), {**sent, "asked_on": TODAY.isoformat()})
    assert response["Location"] == reverse("sheet_import", args=[kept.pk])
    services.run_import(actor=cast.actor("editor"), import_id=kept.pk, year=cast.years[1], now=NOW, today=TODAY)
    assert "2 nieuwe ketens" in client.get(response["Location"]).content.decode()


def test_a_refused_file_says_what_to_do(cast: Cast, upload: Upload, client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken = upload(file=SimpleUploadedFile("stuk.xlsx", b"PK\x03\x04 not really a workbook"))
    assert broken.state == "refused"
    assert "bewaar het als XLSX" in page(client, cast, "editor", "sheet_import", broken.pk)
    sent = {"upload": SimpleUploadedFile("plan.pdf", b"%PDF-1.4 hello")}
    assert "Dit is geen spreadsheet" in client.post(reverse("sheet_list"), sent).content.decode()
    assert SheetImport.objects.count() == 1


def test_file_and_rows_go_for_good_and_the_hash_stays(
    cast: Cast, upload: Upload, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kept = take_over(cast, confirm_columns(cast, upload()))
    name, digest = kept.file.name, kept.sha256
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        cast.sign_in(client, "editor").post(reverse("sheet_remove", args=[kept.pk]))
    kept.refresh_from_db()
    assert not default_storage.exists(name)
    assert (kept.rows.count(), kept.sha256, kept.layout) == (0, digest, [])
    assert SECRET not in str(SheetImport.objects.values().get())


def test_the_secretariat_extends_the_trade_names(cast: Cast, upload: Upload, client: Any) -> None:
    line = "?;Zwarte Kikkersteen;5;Wie;Kota;India;;;"
    kept = confirm_columns(cast, upload(line))
    assert kept.rows.get().grade >= 3
    cast.sign_in(client, "assessor").post(
        reverse("trade_name_list"), {"name": "Zwarte Kikkersteen", "material": "granite"}
    )
    assert TradeName.objects.get().material == "granite"
    assert upload(line).rows.get().understood["material"] == "granite"
    assert cast.sign_in(client, "editor").get(reverse("trade_name_list")).status_code == 404
