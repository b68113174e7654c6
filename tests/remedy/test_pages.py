"""The pages: one record for several places, proof, a supplier's own answer, remedy, and how many queries they take."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, TODAY
from tests.remedy.conftest import IN_YEAR, SECRET
from toetssteen.documents.models import Evidence
from toetssteen.foundation import hooks
from toetssteen.inquiries.models import Inquiry, Reply
from toetssteen.remedy import queries
from toetssteen.remedy.models import GivenRemedy, MadeKnown, SupplierMechanism
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain, ChainLink

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def editor(cast, client):
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    return client


def test_from_nothing_told_to_several_places_at_once_with_proof(cast, editor, places):
    page = editor.get("/remedy/").content.decode()
    assert "Make a poster for one factory or quarry" in page
    assert "0 of 3" in page  # two factories and a quarry, not the supplier
    assert SECRET not in page
    form = editor.get("/remedy/made-known/add/?missing=1").content.decode()
    assert form.count(" checked") >= 4  # every place without anything is ticked
    keys = [places[name].key for name in ("Alpha Works", "Beta Saws")]
    entered = {
        "mechanism": "covenant", "audiences": ["factory_workers"], "way": "poster", "languages": ["en", "hi"],
        "made_on": IN_YEAR.isoformat(), "places": keys, "note": "At the gate",
        "upload": SimpleUploadedFile("gate.pdf", PDF, "application/pdf"), "upload_on": IN_YEAR.isoformat(),
    }  # fmt: skip
    page = editor.post("/remedy/made-known/add/", entered, follow=True).content.decode()
    row = MadeKnown.objects.get()
    assert row.reached is None  # unknown stays unknown
    assert "People reached: unknown." in page
    assert {at.name for at in row.places.all()} == {"Alpha Works", "Beta Saws"}
    proof = row.evidence.get()
    assert (proof.document_on, proof.organisation_id) == (IN_YEAR, cast.organisations["mason"].pk)
    assert proof.title in page
    assert "It was recorded, for the report over 2019-2020." in page
    assert "At 4 places nothing was made known since 1 October 2020" in page  # that year is over
    assert "2019-2020: 2 March, poster; English, Hindi" in page
    assert "Complaints made known" in editor.get("/evidence/").content.decode()


def test_what_is_made_known_today_is_seen_at_once_and_counts_for_the_report_of_its_own_year(
    cast, editor, pack, places, tell
):
    """Year 1 has ended and its report is being made; today lies in year 2."""
    tell(places=(places["Gamma Pit"],))
    form = editor.get("/remedy/made-known/add/?missing=1").content.decode()
    assert (
        "A day up to 30 September 2020 counts for the report over 2019-2020, a day since then for the report over "
        "2020-2021." in form
    )
    assert len(re.findall(r'name="places"[^>]* checked', form)) == 4  # also Gamma Pit: that letter was of last year
    entered = {
        "mechanism": "covenant", "audiences": ["factory_workers"], "way": "poster", "languages": ["en"],
        "made_on": TODAY.isoformat(), "places": [places[name].key for name in ("Alpha Works", "Beta Saws")],
    }  # fmt: skip
    page = editor.post("/remedy/made-known/add/", entered, follow=True).content.decode()
    assert "It was recorded, for the report over 2020-2021." in page
    assert "At 2 places nothing was made known since 1 October 2020" in page
    assert "Made known since 1 October 2020: 1 time, for the report over 2020-2021." in page
    table = page.partition('id="places"')[2].partition('id="records"')[0]
    alpha = table.partition("Alpha Works")[2].partition("</tr>")[0]
    assert "15 November<small>poster; English; for the report over 2020-2021</small>" in alpha
    assert "2019-2020: nothing recorded" in alpha
    assert "not yet" not in alpha
    gamma = table.partition("Gamma Pit")[2].partition("</tr>")[0]
    assert "not yet" in gamma
    assert "2019-2020: 2 March, letter or e-mail; English" in gamma
    only = editor.get("/remedy/?show=open").content.decode()
    table = only.partition('id="places"')[2].partition('id="records"')[0]
    assert "Gamma Pit" in table
    assert "Beta Saws" not in table
    assert queries.remedy_facts(cast.organisations["mason"].pk, cast.years[1], pack=pack)[queries.COUNT] == 1
    assert queries.remedy_facts(cast.organisations["mason"].pk, cast.years[2], pack=pack)[queries.COUNT] == 1
    own = {**entered, "mechanism": "supplier"}  # what the covenant does not count is not promised to count
    assert "It was recorded.<" in editor.post("/remedy/made-known/add/", own, follow=True).content.decode()


def test_places_that_came_or_left_after_the_year_are_not_lost(cast, client, editor, pack, places, chain, judge):
    firm, year = cast.organisations["mason"], cast.years[1]
    new = chain(factories="New Works")
    Chain.objects.filter(pk=new.pk).update(opened_on=TODAY)
    beta = ChainLink.objects.get(name="Beta Saws").chain
    judge(places["Beta Saws"])
    judge(places["Gamma Pit"], description="A box at the gate")
    Chain.objects.filter(pk=beta.pk).update(closed_on=dt.date(2020, 10, 20))
    page = editor.get("/remedy/").content.decode()
    table = page.partition('id="places"')[2].partition('id="records"')[0]
    assert "No longer in the chain." in table.partition("Beta Saws")[2].partition("</tr>")[0]
    assert "not yet" in table.partition("New Works")[2].partition("</tr>")[0]
    assert "At 4 of them nothing was made known since" in page  # not Beta Saws, where nothing can be done any more
    assert "0 of 3" in page  # the figure is about the year
    assert queries.remedy_facts(firm.pk, year, pack=pack)[queries.WORKING].whole == 3
    for address in ("/remedy/made-known/add/", "/remedy/posters/add/"):
        form = editor.get(address).content.decode()
        assert "New Works" in form
        assert "Beta Saws" in form
    ChainLink.objects.filter(name="Gamma Pit").delete()
    page = editor.get("/remedy/").content.decode()
    gone = page.partition('id="elsewhere"')[2]
    assert f'href="/remedy/mechanisms/{places["Gamma Pit"].key}/">Gamma Pit</a>' in gone
    cast.sign_in(client, "assessor")
    page = client.get(f"/secretariat/remedy/{firm.pk}/").content.decode()
    assert "A box at the gate" in page
    Running = queries.Running
    assert queries.running_since(list(cast.years.values()), year, TODAY) == Running(dt.date(2020, 10, 1), cast.years[2])
    client_page = client.get(f"/secretariat/remedy/{firm.pk}/1/").content.decode()
    assert f'href="/secretariat/remedy/{firm.pk}/2/"' in client_page


def test_no_complaints_desk_is_not_the_same_as_no_complaints(editor, places, monkeypatch):
    sentence = "The complaints desk is not part of this installation yet."
    assert sentence in editor.get("/remedy/").content.decode()
    monkeypatch.setitem(hooks._answers, "complaints_of_year", [lambda **_about: 2])
    page = editor.get("/remedy/").content.decode()
    assert "Complaints in this year: 2." in page
    assert sentence not in page


def test_a_language_that_is_not_on_the_list_is_typed(editor, places):
    entered = {
        "mechanism": "covenant", "audiences": ["suppliers"], "way": "letter", "made_on": IN_YEAR.isoformat(),
        "languages": ["en"], "other_languages": "Marathi, hindi,English ; ",
    }  # fmt: skip
    page = editor.post("/remedy/made-known/add/", entered, follow=True).content.decode()
    row = MadeKnown.objects.get()
    assert row.languages == ["en", "Marathi", "hi"]  # what is on the list is not typed twice
    assert "English, Marathi, Hindi" in page
    form = editor.get(f"/remedy/made-known/{row.pk}/").content.decode()
    assert 'name="other_languages" value="Marathi"' in form
    blank = editor.get("/remedy/made-known/add/").content.decode()
    assert "(optional)" not in blank.partition("In which languages?")[2].partition('value="en"')[0]
    none = editor.post("/remedy/made-known/add/", {**entered, "languages": [], "other_languages": " , "})
    assert "Choose at least one language, or type one." in none.content.decode()
    assert MadeKnown.objects.count() == 1
    editor.post("/remedy/made-known/add/", {**entered, "languages": [], "other_languages": "Marathi"})
    assert MadeKnown.objects.order_by("pk").last().languages == ["Marathi"]


def test_what_is_wrong_is_said_and_nothing_is_kept(editor, places):
    wrong = {
        "mechanism": "covenant", "audiences": ["nobody"], "way": "poster", "languages": ["en"], "places": ["0" * 32],
        "made_on": (TODAY + dt.timedelta(days=1)).isoformat(),
    }  # fmt: skip
    assert (
        "nobody is not one of the available choices" in editor.post("/remedy/made-known/add/", wrong).content.decode()
    )
    later = {**wrong, "audiences": ["suppliers"], "places": []}
    assert "lies in the future" in editor.post("/remedy/made-known/add/", later).content.decode()
    assert not MadeKnown.objects.exists()


def test_changing_keeps_a_place_that_left_the_chain_and_a_lost_update_is_refused(cast, editor, places, tell, chain):
    row = tell(places=(places["Alpha Works"],))
    for mine in chain().__class__.objects.filter(organisation=cast.organisations["mason"]):
        mine.links.all().delete()
    address = f"/remedy/made-known/{row.pk}/"
    assert "Alpha Works" in editor.get(address).content.decode()
    entered = {
        "mechanism": "covenant", "audiences": ["suppliers"], "way": "letter", "languages": ["nl"], "reached": "12",
        "made_on": IN_YEAR.isoformat(), "places": [places["Alpha Works"].key], "row_version": row.row_version,
    }  # fmt: skip
    editor.post(address, entered)
    assert MadeKnown.objects.get().reached == 12
    assert MadeKnown.objects.get().places.get().name == "Alpha Works"
    stale = editor.post(address, {**entered, "reached": "13"}).content.decode()
    assert "changed this in the meantime" in stale
    assert MadeKnown.objects.get().reached == 12
    editor.post(f"{address}remove/")
    assert not MadeKnown.objects.exists()


def test_a_mechanism_from_the_suppliers_own_answer(cast, editor, pack, places):
    for firm, said in (("mason", "At the foreman. A water tank came."), ("granite", SECRET)):
        asked = Inquiry.objects.create(
            organisation=cast.organisations[firm], pack=cast.pack, asked_kind="factory", supplier_name="ALPHA WORKS",
            language="en", state="answered", made_at=NOW, ended_at=NOW, ended_on=IN_YEAR,
        )  # fmt: skip
        Reply.objects.create(inquiry=asked, question="sq-16", value=said, saved_at=NOW)
    address = f"/remedy/mechanisms/{places['Alpha Works'].key}/"
    page = editor.get(address).content.decode()
    assert "A water tank came" in page
    assert SECRET not in page
    assert page.count('value="unknown" selected') == 8  # nothing is judged before somebody judges it
    own = Inquiry.objects.get(organisation=cast.organisations["mason"])
    taken = editor.get(f"{address}?from={own.pk}").content.decode()
    assert f'value="{own.pk}"' in taken
    assert taken.count("A water tank came") == 2  # what was answered, and the same as a first description
    assert not re.search(r'name="has_one"[^>]*checked', taken)  # "nowhere" is an answer too: the reader says yes or no
    open_yet = editor.post(address, {"source": "supplier", "said_on": IN_YEAR.isoformat(), "inquiry_id": own.pk})
    assert 'href="#id_has_one' in open_yet.content.decode()
    theirs = Inquiry.objects.exclude(pk=own.pk).get()
    entered = {"has_one": "yes", "source": "supplier", "said_on": IN_YEAR.isoformat(), "fit_accessible": "partly",
               "sentence_accessible": "A box at the canteen", "fit_learning": "unknown"}  # fmt: skip
    assert "did not answer you that" in editor.post(address, {**entered, "inquiry_id": theirs.pk}).content.decode()
    assert not SupplierMechanism.objects.exists()
    no_source = editor.post(address, {"has_one": "yes"}).content.decode()
    assert "Say how you know this" in no_source
    editor.post(address, {**entered, "inquiry_id": own.pk})
    row = SupplierMechanism.objects.get()
    assert (row.inquiry_id, row.name, row.level) == (own.pk, "Alpha Works", "factories")
    assert [(one.criterion, one.fit, one.sentence) for one in row.judged.all()] == [
        ("accessible", "partly", "A box at the canteen")
    ]
    first = editor.post(f"{address}?from={own.pk}", {**entered, "sentence_accessible": "Mine"}).content.decode()
    assert "Somebody changed this in the meantime" in first  # who opened an empty form does not write over a colleague
    assert f'name="row_version" value="{row.row_version}"' in first
    assert SupplierMechanism.objects.get().judged.get().sentence == "A box at the canteen"
    editor.post(address, {**entered, "has_one": "no", "row_version": row.row_version})
    assert not SupplierMechanism.objects.get().judged.exists()  # without a mechanism there is nothing to judge
    assert editor.get(f"/remedy/mechanisms/{'0' * 32}/").status_code == 404


def test_remedy_belongs_to_own_harm_and_needs_a_day_once_it_is_done(cast, editor):
    own = Risk.objects.create(
        organisation=cast.organisations["mason"], year_number=1, theme="ohs", is_actual=True, description="Saw"
    )
    theirs = Risk.objects.create(
        organisation=cast.organisations["granite"], year_number=1, theme="ohs", is_actual=True, description=SECRET
    )
    page = editor.get("/remedy/cases/add/").content.decode()
    assert SECRET not in page
    entered = {"harm": "A sawyer lost a finger", "known_on": IN_YEAR.isoformat(), "agreed": "yes", "state": "done",
               "satisfied": "partly", "risk_id": own.pk}  # fmt: skip
    assert "Say when it was carried out" in editor.post("/remedy/cases/add/", entered).content.decode()
    done = {**entered, "done_on": (IN_YEAR + dt.timedelta(days=9)).isoformat()}
    assert "choice" in editor.post("/remedy/cases/add/", {**done, "risk_id": theirs.pk}).content.decode()
    assert not GivenRemedy.objects.exists()
    page = editor.post("/remedy/cases/add/", done, follow=True).content.decode()
    assert "A sawyer lost a finger" in page
    assert "Partly satisfied" in page
    assert GivenRemedy.objects.get().risk == own


def test_queries_do_not_grow_with_what_is_recorded(cast, editor, places, pack, tell, judge, print_poster, make_good):
    """One row of everything takes as many queries as three."""
    proof = [
        Evidence.objects.create(
            organisation=cast.organisations["mason"], kind="policy", title=f"Photo {n}", file_name="x.pdf",
            sha256=str(n) * 64, uploaded_at=NOW,
        )
        for n in range(3)
    ]  # fmt: skip
    counts = []
    named = list(places.values())
    for number in range(3):
        tell(places=(named[number],), made_on=IN_YEAR + dt.timedelta(days=number), note=f"note {number}")
        MadeKnown.objects.order_by("-pk")[0].evidence.add(proof[number])
        judge(named[number], fits={"accessible": "met"}).evidence.add(proof[number])
        print_poster(named[number])
        make_good(harm=f"Harm {number}").evidence.add(proof[number])
        if number in (0, 2):
            taken = []
            for path in ("/remedy/", f"/remedy/mechanisms/{named[0].key}/", "/remedy/made-known/add/"):
                editor.get(path)
                with CaptureQueriesContext(connection) as asked:
                    assert f"{named[0].name}" in editor.get(path).content.decode()
                taken.append(len(asked))
            with CaptureQueriesContext(connection) as asked:
                queries.remedy_facts(cast.organisations["mason"].pk, cast.years[1], pack=pack)
            counts.append([*taken, len(asked)])
    assert counts[0] == counts[1]
    assert counts[1][3] <= 6  # three of our own beside the chains


def test_a_reader_looks_and_does_not_write(cast, client, places, tell):
    client.cookies["language"] = "en"
    tell(places=(places["Alpha Works"],))
    cast.sign_in(client, "reader")
    page = client.get("/remedy/").content.decode()
    assert "Alpha Works" in page
    assert "Make a poster" not in page
    form = client.get("/remedy/made-known/add/").content.decode()
    assert "Only administrators and editors of this company" in form
    entered = {"mechanism": "covenant", "audiences": ["suppliers"], "way": "letter", "languages": ["nl"],
               "made_on": IN_YEAR.isoformat()}  # fmt: skip
    client.post("/remedy/made-known/add/", entered)
    assert MadeKnown.objects.count() == 1
