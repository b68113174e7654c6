"""The pages of the registry and the company's own question: found, shown, constant in queries, in both languages."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW
from tests.sites.conftest import BARE, OTHER, WORKS, asked_of_company, assessor, link, mention, recognise
from toetssteen.sites import services
from toetssteen.sites.models import Mention, Question, Run, SiteChange
from toetssteen.sites.queries.sides import side_by_side
from toetssteen.sites.recognition import searching
from toetssteen.sites.services.keeping import SiteData
from toetssteen.supplychain.models import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast, client, add):
    """An assessor with a registry of two sites and one question."""
    add(link(WORKS), link(OTHER, "direct_suppliers"))
    add(link(BARE), by="rival")
    recognise(cast)
    client.cookies["language"] = "en"
    return cast.sign_in(client, "assessor")


def text(client, path: str, **data) -> str:
    return client.get(path, data).content.decode()


@pytest.mark.parametrize(
    "words", ["velavzari", "Velavzary Granite", "GRANITES velavzari", "indraprastha kota", "वेलवज़ारी"]
)
def test_a_site_is_found_under_any_spelling(cast, desk, words):
    site = mention(cast, "mason", "Velavzari").site
    services.edit_site(
        actor=assessor(cast), site_id=site.pk, now=NOW,
        data=SiteData(name=site.name, kinds=("factory",), address=site.address, names=(("वेलवज़ारी", "hi"),)),
    )  # fmt: skip
    page = text(desk, "/secretariat/sites/", q=words)
    assert site.code in page
    assert "Tanzikeshi" not in page


def test_a_site_is_found_by_its_code_with_spaces_or_small_letters_and_by_a_number_elsewhere(cast, desk):
    site = mention(cast, "mason", "Velavzari").site
    data = SiteData(name=site.name, kinds=("factory",), identifiers=(("os_id", "IN2020123ABCDE"),))
    services.edit_site(actor=assessor(cast), site_id=site.pk, data=data, now=NOW)
    for words in (site.code.lower().replace("-", " "), "in2020123abcde"):
        page = text(desk, "/secretariat/sites/", q=words)
        assert f"/secretariat/sites/{site.pk}/" in page
        assert "Tanzikeshi" not in page


def test_filters_narrow_the_list(cast, desk):
    page = text(desk, "/secretariat/sites/", kind="factory")
    assert "Velavzari" in page
    assert "Tanzikeshi" not in page
    assert "Velavzari" not in text(desk, "/secretariat/sites/", country="CN")
    assert "Velavzari" not in text(desk, "/secretariat/sites/", state="closed")


def test_the_page_of_a_site_shows_who_names_it_how_and_in_which_chain(cast, desk):
    site = mention(cast, "mason", "Velavzari").site
    page = text(desk, f"/secretariat/sites/{site.pk}/")
    for words in (site.code, "Mason Stone BV", "first mention of its site", "Black", "1 mention may be this site"):
        assert words in page
    assert "Granite House NV" in page, "whose mention is in doubt"


def test_the_desk_shows_both_sides_with_the_difference_and_goes_on_after_an_answer(cast, desk):
    question = Question.objects.get()
    page = desk.get("/secretariat/sites/questions/", follow=True).content.decode()
    for words in ("As the company wrote it", "In the registry", "Granite House NV", "Only one of the two names a plot"):
        assert words in page
    answer = desk.post(f"/secretariat/sites/questions/{question.pk}/", {"answer": "same"}, follow=True)
    assert "is the same place as" in answer.content.decode()
    assert "No question waits here." in answer.content.decode()
    assert mention(cast, "granite").site == mention(cast, "mason", "Velavzari").site
    change = SiteChange.objects.get()
    desk.post(f"/secretariat/sites/changes/{change.pk}/undo/", {"back": "desk"})
    assert mention(cast, "granite").site is None


def test_merging_shows_what_changes_before_it_happens(cast, desk):
    kept, gone = mention(cast, "mason", "Velavzari").site, mention(cast, "mason", "Tanzikeshi").site
    page = text(desk, f"/secretariat/sites/{kept.pk}/merge/", **{"with": gone.pk})
    for words in (
        f"1 mention moves from {gone.code}",
        "1 chain then points",
        "Mason Stone BV (1)",
        "You can undo the merge",
    ):
        assert words in page
    assert Site.objects.filter(merged_into__isnull=True).count() == 2
    done = desk.post(f"/secretariat/sites/{kept.pk}/merge/", {"with": gone.pk}, follow=True).content.decode()
    assert f"{gone.code} is now part of {kept.code}" in done
    assert "Undo" in done


def test_splitting_shows_what_changes_before_it_happens_and_keeps_one_mention(cast, desk, add):
    add(link(WORKS), by="euro", situation="B")
    recognise(cast, "euro")
    site, ours = mention(cast, "mason", "Velavzari").site, mention(cast, "mason", "Velavzari")
    every = list(Mention.objects.filter(site=site).values_list("pk", flat=True))
    page = text(desk, f"/secretariat/sites/{site.pk}/split/", look=1, mention=every)
    assert "Leave at least one mention with this site." in page
    page = text(desk, f"/secretariat/sites/{site.pk}/split/", look=1, mention=ours.pk)
    assert "of Mason Stone BV moves to it." in page
    desk.post(f"/secretariat/sites/{site.pk}/split/", {"mention": ours.pk})
    ours.refresh_from_db()
    assert ours.site != site


def test_a_company_answers_takes_back_and_sees_its_own_words_only(cast, add, client):
    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    page = text(client, "/chains/places/")
    assert WORKS["name"] in page
    assert BARE["name"] in page
    from toetssteen.sites.queries.company import token_of

    token = token_of(asked_of_company(cast)[0])
    answered = client.post("/chains/places/", {"question": token, "answer": "same"}, follow=True).content.decode()
    assert "No question waits for you." in answered
    assert "the same place" in answered
    again = client.post("/chains/places/", {"undo": token}, follow=True).content.decode()
    assert "1 question open" in again


def test_a_site_is_added_with_names_and_numbers(cast, desk):
    sent = {
        "name": "New Works", "kinds": ["factory"], "country": "IN", "lat": "25,1", "lon": "75,8",
        "names-TOTAL_FORMS": 2, "names-INITIAL_FORMS": 0, "names-0-name": "新厂", "names-0-language": "zh",
        "numbers-TOTAL_FORMS": 2, "numbers-INITIAL_FORMS": 0, "numbers-0-scheme": "os_id", "numbers-0-value": "CN2019",
    }  # fmt: skip
    page = desk.post("/secretariat/sites/add/", sent, follow=True).content.decode()
    for words in ("New Works was saved.", "新厂", "CN2019", "OS ID"):
        assert words in page
    assert (
        "Enter both numbers, or neither." in desk.post("/secretariat/sites/add/", {**sent, "lon": ""}).content.decode()
    )


def test_exports_hold_stable_numbers_and_no_formula(cast, desk):
    site = mention(cast, "mason", "Velavzari").site
    Site.objects.filter(pk=site.pk).update(name="=1+1", lat="25.1", lon="75.8")
    answer = desk.get("/secretariat/sites/export.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["site_id"] for row in rows} == set(Site.objects.values_list("code", flat=True))
    assert next(row for row in rows if row["site_id"] == site.code)["name"] == "'=1+1"
    found = json.loads(desk.get("/secretariat/sites/export.geojson").content)
    feature = next(f for f in found["features"] if f["id"] == site.code)
    assert feature["geometry"] == {"type": "Point", "coordinates": [75.8, 25.1]}
    assert b"sheet1.xml" in desk.get("/secretariat/sites/export.xlsx").content
    assert zipfile.ZipFile(io.BytesIO(desk.get("/secretariat/sites/export.xlsx").content)).testzip() is None


def test_recognising_everything_again_shows_its_progress(cast, desk):
    Run.objects.create(started_at=NOW, total=9, done=4)
    assert "4 of 9 companies done" in text(desk, "/secretariat/sites/recognise/")
    Run.objects.all().delete()
    page = desk.post("/secretariat/sites/recognise/", follow=True).content.decode()
    assert "Finished on" in page


def test_a_part_for_progress_has_no_frame(desk):
    page = desk.get("/secretariat/sites/recognise/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page


def test_queries_do_not_grow_with_the_registry(cast, desk, add):
    site = mention(cast, "mason", "Velavzari").site
    paths = (
        "/secretariat/sites/", f"/secretariat/sites/{site.pk}/", f"/secretariat/sites/{site.pk}/close/",
        f"/secretariat/sites/{site.pk}/split/", f"/secretariat/sites/questions/{Question.objects.get().pk}/",
        "/secretariat/sites/export.csv",
    )  # fmt: skip

    def counts() -> list[int]:
        found = []
        for path in paths:
            desk.get(path)
            with CaptureQueriesContext(connection) as seen:
                desk.get(path)
            found.append(len(seen))
        return found

    before = counts()
    for number in range(3):
        add(link({**WORKS, "name": f"Works {number} Marble"}), by="rival")
        add(link(WORKS), by="euro", situation="B", trade_name=f"More {number}")
    add(link(WORKS), by="rival", trade_name="And")
    recognise(cast, "mason", "granite", "euro")
    assert counts() == before


def test_differences_are_marked_and_an_empty_side_marks_nothing():
    class Row:
        name, address, place, country, lat, lon = "Blue Herron Unit I", "", "Ongole", "Indië", None, None

    class Known(Row):
        name, address, country = "Blue Heron", "Plot 8", "IN"

    lines = {line.left[0].text if line.left else line.right[0].text: line for line in side_by_side(Row(), Known())}
    marked = [piece.text.strip() for line in lines.values() for piece in line.left if piece.marked]
    assert marked == ["Herron Unit I"]
    assert not any(piece.marked for piece in lines["Plot 8"].right)


def test_countries_are_understood_in_many_languages():
    assert [searching.country_code(word) for word in ("India", "Indië", "IND", "Chine", "nowhere")] == [
        "IN", "IN", "IN", "CN", "",
    ]  # fmt: skip
