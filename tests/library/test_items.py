"""Items of the secretariat: who finds them, their versions, their files, and how they are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from tests.documents.conftest import PDF
from tests.library.conftest import Make, about, upload, version
from toetssteen.covenant import queries as covenant
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.library import permissions, queries, services, shelf
from toetssteen.library.models import Copy, Item, ItemVersion
from toetssteen.library.shelf import Wanted

EVERYBODY = ("visitor", "editor", "reader", "authority", "union", "committee", "operator", "assessor")
READS = {
    "company": {"editor", "reader", "assessor"},
    "authority": {"authority", "assessor"},
    "civil_society": {"union", "assessor"},
    "supplier": {"editor", "reader", "assessor"},
    "public": set(EVERYBODY),
}
SECRET = "Geheim naslagwerk"


@pytest.mark.parametrize("audience", READS)
def test_an_item_is_found_by_whom_it_is_for_and_by_nobody_else(
    cast: Cast, make: Make, client: Any, audience: str
) -> None:
    """List, search, filters, counts, beside a question, its own page and its file."""
    pack = covenant.pack_of(cast.years[1])
    before = {who: shelf.find(cast.actor(who), pack, Wanted()).total for who in EVERYBODY}
    item = make(audience, title_nl=SECRET, themes=("site_closure",), countries=("AQ",), steps=(4,))
    for who in EVERYBODY:
        actor, may = cast.actor(who), who in READS[audience]
        found = shelf.find(actor, pack, Wanted(search="geheim"))
        assert [row.own_id for row in found.rows] == ([item.pk] if may else []), who
        assert found.total == before[who] + may
        assert ("AQ" in found.facets["country"]) == may
        beside = shelf.shelf_for(actor, themes=["site_closure"], countries=["AQ"], pack=pack, most=99)
        assert (item.pk in [row.own_id for row in beside]) == may
        assert bool(permissions.can_view_item(actor, item)) == may
        assert (item in permissions.visible_items(actor)) == may
        cast.sign_in(client, who)
        for address in (f"/library/items/own-{item.pk}/", f"/library/files/{Copy.objects.get().pk}/"):
            assert client.get(address).status_code == (200 if may else 404), (who, address)
        assert (SECRET in client.get("/library/", headers={"accept-language": "nl"}).content.decode()) == may


def test_what_was_withdrawn_is_for_the_secretariat_until_it_is_brought_back(
    cast: Cast, make: Make, client: Any
) -> None:
    item, assessor = make("public", title_nl=SECRET), cast.actor("assessor")
    pack, address, copy = covenant.pack_of(cast.years[1]), f"/library/items/own-{item.pk}/", Copy.objects.get()
    with pytest.raises(ValidationError):
        services.withdraw_item(actor=assessor, item_id=item.pk, reason=" ", now=NOW)
    services.withdraw_item(actor=assessor, item_id=item.pk, reason="Wrong figures", now=NOW)
    assert [client.get(a).status_code for a in (address, f"/library/files/{copy.pk}/")] == [404, 404]
    assert shelf.find(cast.actor("editor"), pack, Wanted(search=SECRET)).rows == []
    assert shelf.find(assessor, pack, Wanted(search=SECRET)).rows == []
    assert [row.own_id for row in shelf.find(assessor, pack, Wanted(withdrawn=True)).rows] == [item.pk]
    assert item.pk not in [row.own_id for row in shelf.shelf_for(assessor, ids=[f"own-{item.pk}"], pack=pack)]
    with pytest.raises(Refused):
        services.add_version(actor=assessor, item_id=item.pk, version=version(note_nl="a", note_en="b"), now=NOW)
    cast.sign_in(client, "assessor")
    assert "Wrong figures" in client.get(address).content.decode()
    client.post(f"/secretariat/library/{item.pk}/restore/")
    client.logout()
    assert client.get(address).status_code == 200


def test_a_new_version_leaves_the_earlier_one_readable(cast: Cast, make: Make, client: Any) -> None:
    item, assessor = make("company"), cast.actor("assessor")
    with pytest.raises(ValidationError):
        services.add_version(actor=assessor, item_id=item.pk, version=version(), now=NOW)  # what changed?
    services.add_version(
        actor=assessor,
        item_id=item.pk,
        version=version(
            services.CopyIn(("nl", "en"), upload=upload(PDF + b"% second", "second.pdf")),
            services.CopyIn(("zh",), url="https://example.org/zh"),
            dated_on=dt.date(2020, 9, 1),
            note_nl="Voorbeelden erbij",
            note_en="Examples added",
        ),
        now=NOW,
    )
    pack = covenant.pack_of(cast.years[1])
    found = queries.item_page(cast.actor("editor"), pack, f"own-{item.pk}")
    assert found is not None
    assert [(v.number, v.dated, v.note.en, len(v.readings)) for v in found.versions] == [
        (2, dt.date(2020, 9, 1), "Examples added", 2),
        (1, dt.date(2020, 5, 1), "", 1),
    ]
    assert (found.row.version, found.row.languages) == (2, ("nl", "en", "zh"))
    cast.sign_in(client, "editor")
    first, second = Copy.objects.filter(url="").order_by("pk")
    old, new = (client.get(f"/library/files/{copy.pk}/") for copy in (first, second))
    assert (b"".join(old.streaming_content), b"".join(new.streaming_content)) == (PDF, PDF + b"% second")
    assert old["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
    page = client.get(f"/library/items/own-{item.pk}/", headers={"accept-language": "nl"}).content.decode()
    assert "Voorbeelden erbij" in page
    assert "https://example.org/zh" in page
    services.withdraw_version(actor=assessor, version_id=found.versions[0].id, reason="wrong file", now=NOW)
    assert client.get(f"/library/files/{second.pk}/").status_code == 404
    assert "Voorbeelden erbij" not in client.get(f"/library/items/own-{item.pk}/").content.decode()
    services.restore_version(actor=assessor, version_id=found.versions[0].id, now=NOW)
    assert client.get(f"/library/files/{second.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["visitor", "editor", "authority", "operator"])
def test_only_the_secretariat_keeps_the_library(cast: Cast, make: Make, client: Any, who: str) -> None:
    item, actor = make("public"), cast.actor(who)
    given: dict[str, Any] = {"actor": actor, "now": NOW}
    newest = ItemVersion.objects.get()
    for deed in (
        lambda: services.add_item(about=about("public"), version=version(), **given),
        lambda: services.edit_item(item_id=item.pk, about=about("public"), row_version=0, **given),
        lambda: services.add_version(item_id=item.pk, version=version(note_nl="a", note_en="b"), **given),
        lambda: services.withdraw_item(item_id=item.pk, reason="no", **given),
        lambda: services.withdraw_version(version_id=newest.pk, reason="no", **given),
    ):
        with pytest.raises(Refused):
            deed()
    cast.sign_in(client, who)
    client.post(f"/secretariat/library/{item.pk}/withdraw/", {"reason": "no"})
    item.refresh_from_db()
    assert item.withdrawn_at is None
    assert Copy.objects.count() == 1


def test_a_file_is_what_is_in_it_and_a_text_has_one_place(cast: Cast) -> None:
    assessor = cast.actor("assessor")
    script = services.CopyIn(("nl",), upload=upload(b"<script>alert(1)</script>", "sheet.pdf"))
    both = services.CopyIn(("nl",), "https://example.org/", upload())
    odd = services.CopyIn(("nl",), "javascript:alert(1)")
    unsaid = services.CopyIn((), upload=upload())
    for copies in ((script,), (both,), (odd,), (unsaid,)):
        with pytest.raises(ValidationError):
            services.add_item(actor=assessor, about=about(), version=version(*copies), now=NOW)
    assert not Item.objects.exists()  # nothing stays behind, whatever went wrong


def test_the_secretariat_adds_and_changes_an_item_on_its_pages(cast: Cast, client: Any) -> None:
    cast.sign_in(client, "assessor")
    entered = {
        "kind": "theme_sheet", "title_nl": "Fiche loon", "title_en": "Sheet wages", "audience": ["company", "public"],
        "themes": ["living_wage"], "countries": ["IN"], "steps": ["2", "3"], "materials": ["granite"],
        "tags": "loon,  leefbaar , loon", "dated_on": "2020-06-01", "language_1": "nl,en", "language_2": "zh",
        "url_2": "https://example.org/zh",
    }  # fmt: skip
    page = client.post("/secretariat/library/add/", entered | {"upload_1": upload(b"no file", "a.pdf")})
    assert not Item.objects.exists()
    assert "Fiche loon" in page.content.decode()
    client.post("/secretariat/library/add/", entered | {"upload_1": upload()})
    item = Item.objects.get()
    assert (item.themes, item.steps, item.tags) == (["living_wage"], [2, 3], ["loon", "leefbaar"])
    assert item.audience == {"company", "public"}
    assert [copy.languages for copy in Copy.objects.all()] == [["nl", "en"], ["zh"]]
    changed = entered | {"title_nl": "Fiche leefbaar loon", "audience": ["company"], "row_version": 0}
    client.post(f"/secretariat/library/{item.pk}/", changed)
    item.refresh_from_db()
    assert (item.title_nl, item.audience) == ("Fiche leefbaar loon", {"company"})
    event = AuditEvent.objects.get(verb="library.edit_item")
    assert (event.detail["before"], event.detail["after"]) == (["company", "public"], ["company"])
    with pytest.raises(StaleRow):
        services.edit_item(actor=cast.actor("assessor"), item_id=item.pk, about=about(), row_version=0, now=NOW)


def test_words_are_found_without_accents_in_both_languages(cast: Cast, make: Make) -> None:
    item = make("company", summary_en="Silicosis in the café", tags=("kwartsstof",), countries=("TR",))
    pack, actor = covenant.pack_of(cast.years[1]), cast.actor("editor")

    def search(words: str) -> list[int | None]:
        return [row.own_id for row in shelf.find(actor, pack, Wanted(search=words)).rows if row.own_id]

    for words in ("ciftlik", "ÇIFTLİK stof", "silicosis CAFE", "kwartsstof", "turkije", "booklet"):
        assert search(words) == [item.pk], words
    assert search("ciftlik niets") == []
    found = shelf.find(actor, pack, Wanted(country="TR"))
    assert found.facets["kind"]["guide"] == 1
    assert found.facets["country"]["IN"] > 1  # a filter says what another choice of it would leave


def test_filters_are_kept_in_the_address_and_an_empty_answer_leads_on(cast: Cast, make: Make, client: Any) -> None:
    make("company", title_nl="Over graniet", kind="instrument", steps=(2,))
    cast.sign_in(client, "editor")
    page = client.get("/library/?q=graniet&kind=instrument&step=2&language=nl", headers={"accept-language": "nl"})
    assert "Over graniet" in page.content.decode()
    assert "Themafiche leefbaar loon" not in page.content.decode()
    empty = client.get("/library/?q=graniet&kind=webinar", headers={"accept-language": "nl"}).content.decode()
    assert "Over graniet" not in empty
    assert "Toon alles" in empty
    assert "/help/?from=/library/" in empty


@pytest.mark.parametrize("address", ["/library/", "/library/items/own-{pk}/"])
def test_pages_ask_the_same_number_of_queries(cast: Cast, make: Make, client: Any, address: str) -> None:
    cast.sign_in(client, "assessor")
    item = make("company")
    counts = []
    for _ in range(2):
        client.get(address.format(pk=item.pk))
        with CaptureQueriesContext(connection) as found:
            client.get(address.format(pk=item.pk))
        counts.append(len(found))
        for _ in range(2):
            make("company", "public")
            services.add_version(
                actor=cast.actor("assessor"), item_id=item.pk, version=version(note_nl="a", note_en="b"), now=NOW
            )
    assert counts[0] == counts[1]
