"""The pages: one record for several places, proof, a supplier's own answer, remedy, and how many queries they take."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, TODAY
from tests.remedy.conftest import IN_YEAR, SECRET
from toetssteen.documents.models import Evidence
from toetssteen.inquiries.models import Inquiry, Reply
from toetssteen.remedy import queries
from toetssteen.remedy.models import GivenRemedy, MadeKnown, SupplierMechanism
from toetssteen.risks.models import Risk

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
    assert "At 2 places nothing was made known this year" in page
    only = editor.get("/remedy/?show=open").content.decode()
    table = only.partition('id="places"')[2].partition('id="records"')[0]
    assert "Gamma Pit" in table
    assert "Beta Saws" not in table
    assert "Complaints made known" in editor.get("/evidence/").content.decode()


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
