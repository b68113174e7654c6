"""Posters and the page behind their code: nothing on them tells whose they are, and nobody can guess a code."""

from __future__ import annotations

import re

import pytest
import segno
from django.core.exceptions import ValidationError
from django.db import connection

from tests.cast import NOW
from tests.remedy.paper import objects_of, words_of
from toetssteen.remedy import policies, presentation, printing, services
from toetssteen.remedy.models import Poster

LANGUAGES = ("en", "nl")


def test_codes_are_made_by_chance_and_are_easy_to_type(monkeypatch):
    codes = {policies.new_code("en") for _ in range(500)}
    assert len(codes) == 500
    assert all(
        re.fullmatch(r"en-[23456789bcdfghjkmnpqrstvwxz]{4}(-[23456789bcdfghjkmnpqrstvwxz]{4}){2}", c) for c in codes
    )
    spread = {letter for code in codes for letter in code[3:]} - {"-"}
    assert spread == set(policies.LETTERS)  # every letter comes up, so no place in the code is fixed
    assert all(len({code[at] for code in codes}) > 20 for at in (3, 7 - 1, 8, 13, 15))
    for typed in ("en-bcdf-2345-ghjk", "EN-BCDF-2345-GHJK", " enbcdf2345ghjk ", "en-bcdf2345-ghjk"):
        assert policies.language_of_code(typed) == "en"
    assert policies.language_of_code("../../etc") == ""


def noting(asked):
    """Note every query as it is sent; the log of Django has no text for those that PostgreSQL keeps prepared."""

    def run(execute, sql, params, many, context):
        asked.append(str(sql))
        return execute(sql, params, many, context)

    return run


def test_the_page_is_the_same_for_every_code_and_looks_none_up(cast, client, places, print_poster):
    """No page tells which codes there are, so codes cannot be tried out; nothing about the visit is kept."""
    mine = print_poster(places["Alpha Works"], contact="Call Priya", shows_place=True, shows_company=True)
    other = print_poster(places["Gamma Pit"], who="rival")
    gone = print_poster(places["Beta Saws"])
    services.withdraw_poster(actor=cast.actor("editor"), pk=gone.pk, now=NOW)
    pages = {}
    client.get(f"/r/{mine.code}/")
    for code in (mine.code, other.code, gone.code, "en-2222-2222-2222", "en-no-such-code", "EN"):
        asked: list[str] = []
        with connection.execute_wrapper(noting(asked)):
            answer = client.get(f"/r/{code}/")
        assert not [sql for sql in asked if "remedy" in sql or "INSERT" in sql or "UPDATE" in sql]
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        pages[code] = answer.content.decode()
    page = pages[mine.code]
    assert set(pages.values()) == {page}
    for word in ("Mason", "Granite", "Alpha", "Gamma", "Delta", "Priya", "Kota", mine.code):
        assert word not in page
    assert "script" not in page
    assert "<form" not in page


def test_a_signed_in_visitor_gets_the_same_page(cast, client, places, print_poster):
    code = print_poster(places["Alpha Works"]).code
    as_visitor = client.get(f"/r/{code}/").content
    cast.sign_in(client, "editor")
    assert client.get(f"/r/{code}/").content == as_visitor


def test_the_page_says_what_is_known_and_marks_the_rest_in_both_languages(cast, client, pack):
    for language, unknown, proposed in (
        ("en", "Not known yet", "Do not count on this"),
        ("nl", "Nog niet bekend", "Reken hier nog niet op"),
    ):
        page = client.get(f"/r/{language}-bcdf-2345-ghjk/").content.decode()
        assert f'<html lang="{language}">' in page
        assert "https://imvoconvenanten.nl/en/trustone/initiatief/complaints-and-disputes" in page
        text = pack.grievance.text_in(language)
        known, unsure = page.partition('<h2 id="promises"')[0].split(unknown)
        assert text.reach["web"] in known
        for name in ("phone", "email", "organisation"):
            assert text.reach[name] in unsure
        adopted, rest = page.split(proposed)
        for name in ("confidential", "no_trace"):
            assert text.promises[name] in adopted
        for name in ("name", "anonymous", "reprisals"):
            assert text.promises[name] in rest
            assert text.promises[name] not in adopted
    assert '<html lang="nl">' in client.get("/r/en-bcdf-2345-ghjk/?l=nl").content.decode()
    assert '<html lang="en">' in client.get("/r/xx-bcdf-2345-ghjk/?l=zz").content.decode()


def paper(poster, pack):
    poster = Poster.objects.select_related("organisation").get(pk=poster.pk)
    return printing.pdf_of(presentation.poster_context(poster, pack))


def test_the_pdf_holds_no_name_unless_chosen(cast, pack, places, print_poster):
    plain = paper(print_poster(places["Alpha Works"]), pack)
    assert plain.startswith(b"%PDF")
    assert sum(b"/Type /Page/" in body or b"/Type /Page " in body for body in objects_of(plain).values()) == 1
    said = words_of(plain)
    assert "Issomethingwrongatworkornearyourhome?" in said  # so the text can be read back
    for name in ("Mason", "Alpha", "Kota", "Call"):
        assert name not in said
        assert not any(name.encode() in body for body in objects_of(plain).values())
    chosen = print_poster(places["Alpha Works"], contact="Call Priya 0123", shows_place=True, shows_company=True)
    said = words_of(paper(chosen, pack))
    assert "CallPriya0123" in said
    assert "AlphaWorks" in said
    assert "MasonStoneBV" in said
    text = pack.grievance.text_in("en")
    assert text.promises["confidential"].replace(" ", "") in said
    for name in ("name", "anonymous", "reprisals"):  # only proposed: a poster does not promise them
        assert text.promises[name].replace(" ", "") not in said


SCRIPTS = ("लाल पत्थर खदान", "ఎర్ర రాయి గని", "சிவப்பு கல்", "红石采石场", "Mỏ đá Thanh Hóa", "حجر أحمر")


def test_other_scripts_have_signs_on_paper(pack, places, print_poster):
    made = paper(print_poster(places["Alpha Works"], contact=" ".join(SCRIPTS)), pack)
    fonts = re.findall(rb"/BaseFont /\w+\+([\w-]+)", b"".join(objects_of(made).values()))
    drawn = b" ".join(fonts)
    for script in (b"Devanagari", b"Telugu", b"Tamil", b"CJK", b"Arabic"):  # a font of its own, instead of boxes
        assert script in drawn
    assert "MỏđáThanhHóa" in words_of(made)


def test_the_drawing_is_the_address_with_room_around_it(cast, places, print_poster, settings):
    settings.SITE_URL = "https://complain.example"
    code = print_poster(places["Alpha Works"]).code
    assert printing.short_address(code) == ("complain.example/r/", code)
    drawing = printing.drawing_of(code)
    made = segno.make(f"https://complain.example/r/{code}/", error="q", micro=False)
    assert made.error in ("Q", "H")
    assert drawing == made.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    assert "style=" not in drawing
    assert printing.is_reachable()
    settings.SITE_URL = "http://localhost:8000"
    assert not printing.is_reachable()


def test_a_place_keeps_its_code_per_language_and_missing_languages_are_refused(cast, pack, places, print_poster):
    first = print_poster(places["Alpha Works"])
    again = print_poster(places["Alpha Works"], contact="Call Priya", shows_company=True)
    assert (again.pk, again.code) == (first.pk, first.code)
    assert print_poster(places["Alpha Works"], language="nl").code != first.code
    assert print_poster(places["Beta Saws"]).code != first.code
    services.withdraw_poster(actor=cast.actor("editor"), pk=first.pk, now=NOW)
    assert print_poster(places["Alpha Works"]).code != first.code
    with pytest.raises(ValidationError, match="no words"):
        print_poster(places["Alpha Works"], language="hi")
    missing = {language.code for language in pack.grievance.missing}
    assert {"hi", "te", "ta", "zh", "vi"} <= missing
    assert not missing & set(LANGUAGES)


def test_nothing_that_stands_on_a_poster_is_lost(cast, client, places, print_poster):
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    mine = print_poster(places["Alpha Works"], contact="Call Priya", shows_company=True)
    theirs = print_poster(places["Gamma Pit"], who="rival", contact="Call Nobody")
    detail = client.get(f"/remedy/posters/{mine.pk}/").content.decode()
    assert f'href="/remedy/posters/add/?poster={mine.pk}"' in detail
    assert "Hung today, it counts for the report over 2020-2021." in detail
    form = client.get(f"/remedy/posters/add/?poster={mine.pk}").content.decode()
    assert 'value="Call Priya"' in form
    assert re.search(r'name="shows_company"[^>]*checked', form)
    assert not re.search(r'name="shows_place"[^>]*checked', form)
    assert "Call Nobody" not in client.get(f"/remedy/posters/add/?poster={theirs.pk}").content.decode()
    entered = {"place": places["Alpha Works"].key, "language": "en", "contact": "", "poster": ""}
    page = client.post("/remedy/posters/add/", entered).content.decode()
    assert "This place has a poster in this language, with its own details" in page
    mine.refresh_from_db()
    assert (mine.contact, mine.shows_company) == ("Call Priya", True)
    client.post("/remedy/posters/add/", {**entered, "contact": "Call Ravi", "poster": mine.pk})  # who saw it may
    mine.refresh_from_db()
    assert (mine.contact, mine.shows_company) == ("Call Ravi", False)
    client.post("/remedy/posters/add/", {**entered, "language": "nl", "contact": "Call Ravi", "poster": mine.pk})
    assert Poster.objects.filter(contact="Call Ravi", key=mine.key).count() == 2  # the same words in another language


def test_without_the_library_the_page_says_how_to_print(cast, client, places, print_poster, monkeypatch):
    poster = print_poster(places["Alpha Works"])

    def broken(context):
        raise printing.NoPrinter

    monkeypatch.setattr(printing, "pdf_of", broken)
    client.cookies["language"] = "en"
    cast.sign_in(client, "reader")
    page = client.get(f"/remedy/posters/{poster.pk}/poster.pdf").content.decode()
    assert "Choose Print in the menu of your browser" in page
    sheet = client.get(f"/remedy/posters/{poster.pk}/print/").content.decode()
    assert "Is something wrong at work" in sheet
    assert "Mason" not in sheet
