"""The pages of the public report, for the company, for everybody and for the secretariat."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.cast import NOW, TODAY
from tests.communication.conftest import OPEN_WORDS, Firm
from toetssteen.communication import pdf, presentation, queries, services
from toetssteen.communication.compose import compose
from toetssteen.communication.models import Edition, EditionFile
from toetssteen.communication.selection import selection_of
from toetssteen.foundation import clock
from toetssteen.foundation.models import AuditEvent
from toetssteen.plans.models import Objective, PlannedAction
from toetssteen.risks.models import Risk


@pytest.fixture(autouse=True)
def in_the_cast_s_time(settings: Any) -> None:
    settings.DEMO_TODAY = TODAY.isoformat()


def test_a_visitor_reads_nothing_before_the_approval_and_exactly_the_preview_after_it(
    firm: Firm, client: Client
) -> None:
    draft, page = firm.start(), "/due-diligence/T001/1/"
    client.get("/")
    for address in (page, f"{page}nl/", f"{page}nl/1/", f"{page}nl/1/report.docx", "/due-diligence/T001/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert OPEN_WORDS not in answer.content.decode()
    firm.cast.sign_in(client, "editor")
    preview = client.get("/plan/1/public-report/preview/en/").content.decode()
    firm.publish(draft)
    client.logout()
    shown = client.get(f"{page}en/").content.decode()
    article = preview[preview.index("<article") : preview.index("</article>")]
    assert article in shown
    assert OPEN_WORDS in article
    assert client.get("/due-diligence/T999/1/").status_code == 404


def test_the_address_shows_the_newest_version_in_the_readers_language(firm: Firm, client: Client) -> None:
    draft = firm.start()
    firm.publish(draft)
    firm.write(draft, "policy", words={"policy": {"nl": "Nieuwe woorden."}})
    firm.publish(draft, "nl")
    page = client.get("/due-diligence/T001/1/").content.decode()
    assert "Nieuwe woorden." in page
    assert '<article class="stack" lang="nl">' in page
    old = client.get("/due-diligence/T001/1/en/1/").content.decode()
    assert '<article class="stack" lang="en">' in old
    assert "eerdere versie" in old
    assert '<a href="/due-diligence/T001/1/nl/" hreflang="nl">Lees de nieuwste versie, in het Nederlands</a>' in old
    # The newest version is in Dutch only: the address of the English one shows the newest in English.
    english = client.get("/due-diligence/T001/1/en/")
    assert english.status_code == 200
    assert "in het Nederlands</a>" in english.content.decode()
    services.withdraw_report(
        actor=firm.cast.actor("editor"), organisation_id=firm.id, year_number=1, number=1, reason="Fout.", now=NOW
    )
    nothing = client.get("/due-diligence/T001/1/en/")
    assert (nothing.status_code, nothing.headers["Location"]) == (302, "/due-diligence/T001/1/")
    assert client.get("/due-diligence/T001/1/fr/").status_code == 404


def test_a_withdrawn_version_shows_only_that_it_was_there_and_why(firm: Firm, client: Client) -> None:
    firm.publish(firm.start(), "nl")
    services.withdraw_report(
        actor=firm.cast.actor("editor"), organisation_id=firm.id, year_number=1, number=1,
        reason="Een cijfer klopte niet.", now=NOW,
    )  # fmt: skip
    for address in ("/due-diligence/T001/1/", "/due-diligence/T001/1/nl/1/"):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 410
        assert "Een cijfer klopte niet." in text
        assert OPEN_WORDS not in text
    assert client.get("/due-diligence/T001/1/nl/1/report.docx").status_code == 404
    assert client.get("/due-diligence/T001/1/nl/1/report.pdf").status_code == 404


def test_the_file_is_offered_by_its_state_and_the_browser_can_always_print(firm: Firm, client: Client) -> None:
    row = firm.publish(firm.start(), "nl")[0]
    EditionFile.objects.update(made_at=clock.now())
    page = "/due-diligence/T001/1/nl/"
    assert "De pdf wordt gemaakt" in client.get(page).content.decode()
    assert client.get(f"{page}1/report.pdf").status_code == 404
    # Nothing came within ten minutes: it says so, and how to print meanwhile.
    EditionFile.objects.update(made_at=clock.now() - dt.timedelta(minutes=11))
    assert "Van deze versie is er nu geen pdf." in client.get(page).content.decode()
    EditionFile.objects.update(state="unavailable")
    text = client.get(page).content.decode()
    assert "pdf wordt gemaakt" not in text
    assert "Ctrl+P" in text
    EditionFile.objects.update(state="waiting")
    services.make_pdf(actor=None, edition_id=row.pk, now=NOW)
    sent = client.get(f"{page}1/report.pdf")
    assert "report.pdf" in client.get(page).content.decode()
    assert sent["Content-Disposition"] == 'attachment; filename="due-diligence-t001-2019-2020-nl-v1.pdf"'


def test_a_company_asks_again_for_a_pdf_that_is_not_there(firm: Firm, client: Client) -> None:
    dutch, english = firm.publish(firm.start())
    services.make_pdf(actor=None, edition_id=english.pk, now=NOW)
    again, home = "/plan/1/public-report/versions/1/pdf/", "/plan/public-report/"
    EditionFile.objects.filter(edition=dutch).update(made_at=clock.now())
    firm.cast.sign_in(client, "editor")
    assert again not in client.get(home).content.decode(), "it is being made"
    EditionFile.objects.filter(edition=dutch).update(state="unavailable", made_at=NOW)
    for who, status in (("reader", 403), ("rival", 302), ("visitor", 302)):
        firm.cast.sign_in(client, who)
        assert client.post(again).status_code == status
        assert EditionFile.objects.get(edition=dutch).state == "unavailable"
    firm.cast.sign_in(client, "editor")
    assert again in client.get(home).content.decode()
    client.post(again)
    assert {row.edition.language: row.state for row in EditionFile.objects.all()} == {"nl": "waiting", "en": "ready"}
    assert again not in client.get(home).content.decode()
    assert AuditEvent.objects.filter(verb="communication.make_pdf_again").count() == 1


def test_the_pages_say_one_thing_about_when_a_report_counts(firm: Firm, client: Client, settings: Any) -> None:
    firm.start()
    firm.cast.sign_in(client, "editor")
    home = client.get("/plan/public-report/").content.decode()
    assert "12 maanden na toetreding" in home
    assert "24 maanden" in home
    assert "keer per jaar" not in home
    assert "Vanaf uw tweede verslag" not in client.get("/plan/public-reports/").content.decode()
    # On 15 November 2020 reports about 2019-2020 are made: publishing now does nothing for that year.
    page = "/plan/1/public-report/publish/"
    said = client.get(page).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Bij de beoordeling van 2019-2020 telt alleen wat uiterlijk op 30 september 2020 openbaar was." in said
    settings.DEMO_TODAY = "2020-09-30"
    assert "uiterlijk op" not in client.get(page).content.decode()


def test_a_company_composes_looks_twice_and_publishes(firm: Firm, client: Client) -> None:
    firm.cast.sign_in(client, "editor")
    assert client.post("/plan/public-report/").headers["Location"] == "/plan/1/public-report/"
    overview = client.get("/plan/1/public-report/").content.decode()
    assert "Schrijf in een paar zinnen wat uw beleid is." in overview
    part = client.get("/plan/1/public-report/parts/policy/")
    form = part.context["form"]
    data = {name: "on" for name, field in form.fields.items() if name.startswith("field_") and form[name].value()}
    data |= {"row_version": "0", "words_policy_nl": "Wij zijn gecertificeerd.", "words_policy_en": "We look."}
    client.post("/plan/1/public-report/parts/policy/", data)
    page = client.get("/plan/1/public-report/").content.decode()
    assert "beloven meer dan u kunt weten" in page
    assert "“gecertificeerd”" in page
    look = client.get("/plan/1/public-report/publish/")
    text = look.content.decode()
    assert "Namen van directe leveranciers" in text[text.index('id="stays"') :]
    assert "SECRET" not in text
    digests = {name: look.context["form"][name].value() for name in ("digest_nl", "digest_en")}
    refused = client.post("/plan/1/public-report/publish/", {**digests, "languages": ["nl"]})
    assert refused.status_code == 200
    assert not Edition.objects.exists()
    client.post("/plan/1/public-report/publish/", {**digests, "languages": ["nl"], "sure": "on"})
    assert [row.language for row in Edition.objects.all()] == ["nl"], "claims warn, they do not block"


def test_after_a_change_the_page_shows_it_and_the_next_yes_counts(firm: Firm, client: Client) -> None:
    firm.start()
    firm.cast.sign_in(client, "editor")
    page = "/plan/1/public-report/publish/"
    names = ("digest_nl", "digest_en")
    seen = {name: client.get(page).context["form"][name].value() for name in names}
    firm.goal.text = "Changed by a colleague"
    firm.goal.save()
    answer = client.post(page, {**seen, "languages": ["nl"], "sure": "on"})
    assert not Edition.objects.exists()
    assert "Changed by a colleague" in answer.content.decode()
    form = answer.context["form"]
    assert not form["sure"].value(), "the yes was to something else"
    assert form["languages"].value() == ["nl"]
    now = {name: form[name].value() for name in names}
    assert now != seen
    client.post(page, {**now, "languages": ["nl"], "sure": "on"})
    assert "Changed by a colleague" in str(Edition.objects.get().content)


def test_without_a_yes_a_change_is_still_noticed(firm: Firm, client: Client) -> None:
    firm.start()
    firm.cast.sign_in(client, "editor")
    page = "/plan/1/public-report/publish/"
    seen = {name: client.get(page).context["form"][name].value() for name in ("digest_nl", "digest_en")}
    firm.goal.text = "Changed by a colleague"
    firm.goal.save()
    form = client.post(page, {**seen, "languages": ["nl"]}).context["form"]
    assert form["digest_nl"].value() == seen["digest_nl"], "a forgotten tick is no look at what changed"


def test_a_draft_is_only_for_its_own_company(firm: Firm, client: Client) -> None:
    firm.write(firm.start(), "policy", words={"policy": {"nl": "SECRET-DRAFT"}})
    paths = ["", "parts/policy/", "preview/nl/", "publish/"]
    for who, sees in (("reader", True), ("rival", False), ("assessor", False), ("visitor", False)):
        firm.cast.sign_in(client, who)
        for path in paths:
            text = client.get(f"/plan/1/public-report/{path}").content.decode()
            assert ("SECRET-DRAFT" in text) == (sees and path != ""), (who, path)


def test_one_page_fits_on_one_page_and_leaves_out_what_does_not(firm: Firm, client: Client) -> None:
    draft = firm.write(firm.start(), "risks", fields={"risk_ratings": True}, words={"reason": {"en": "It kills."}})
    for section, slot in (("policy", "policy"), ("policy", "responsible"), ("complaints", "contact"),
                          ("goals", "learned"), ("honest", "done_by")):  # fmt: skip
        firm.write(draft, section, words={slot: {"en": "Two sentences that say how it is. And one more. " * 2}})
    services.choose_length(actor=firm.cast.actor("editor"), draft_id=draft.pk, is_short=True, row_version=None, now=NOW)
    draft.refresh_from_db()
    short = compose(firm.source(), selection_of(draft), "en")
    assert short["is_short"]
    assert presentation.fits_one_page(short)
    assert not [block for section in short["sections"] for block in section["blocks"] if {"table", "h"} & block.keys()]
    assert "Why these come first: It kills." in str(short)
    file = pdf.as_pdf({**short, "number": 1, "published_on": "2020-11-15"}, "http://localhost/x", is_plain=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", file)) == 1
    firm.cast.sign_in(client, "editor")
    client.post("/plan/1/public-report/length/", {"is_short": "no", "row_version": draft.row_version})
    draft.refresh_from_db()
    assert not draft.is_short


def test_pages_ask_the_same_number_of_queries_for_one_and_for_three(firm: Firm, client: Client) -> None:
    draft = firm.start()
    firm.publish(draft)
    firm.cast.sign_in(client, "editor")
    pages = ["/plan/public-report/", "/plan/1/public-report/", "/plan/1/public-report/parts/goals/",
             "/plan/1/public-report/publish/", "/due-diligence/T001/1/nl/1/", "/due-diligence/T001/"]  # fmt: skip

    def counted() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as queries_made:
                assert client.get(page).status_code == 200
            found.append(len(queries_made))
        return found

    before = counted()
    for number in range(2):
        Risk.objects.create(organisation_id=firm.id, chain=firm.risk.chain, year_number=1, theme="ohs", is_actual=False)
        goal = Objective.objects.create(plan=firm.goal.plan, position=2 + number, theme="ohs", text="More")
        PlannedAction.objects.create(objective=goal, text="More")
    firm.publish(draft)
    firm.publish(draft)
    assert counted() == before


def test_the_secretariat_sees_who_is_late_in_a_fixed_number_of_queries(firm: Firm, client: Client) -> None:
    firm.cast.sign_in(client, "assessor")
    client.get("/secretariat/public-reports/")
    with CaptureQueriesContext(connection) as made:
        text = client.get("/secretariat/public-reports/").content.decode()
    # Joined on 1 October 2019, so due on 1 October 2020; it is 15 November 2020. Euro Stone (type B) is not asked.
    assert (
        text.count("1 maand te laat: het moest er op 1\N{NO-BREAK SPACE}oktober 2020 zijn.") == 2
        or text.count("1 maand te laat") == 2
    )
    assert "niet gevraagd" in text
    assert len(made) < 25
    for who in ("editor", "union", "visitor"):
        firm.cast.sign_in(client, who)
        assert "Granite House" not in client.get("/secretariat/public-reports/").content.decode()


def test_a_standing_follows_the_rules_of_the_pack(firm: Firm) -> None:
    year = firm.cast.years[2]
    found = queries.standing_of(firm.id, year, year.ends_on)
    assert (found.check.state, found.check.months_late) == ("late", 11)
    assert found.is_provisional
    assert found.months_first == 12
    assert found.months_held == 24
    firm.publish(firm.start(), "nl")
    assert queries.standing_of(firm.id, year, year.ends_on).check.state == "in_order"
    euro = firm.cast.organisations["euro"].pk
    assert queries.standing_of(euro, year, year.ends_on).check.state == "not_asked"


def test_the_pages_speak_english_too(firm: Firm, client: Client) -> None:
    firm.publish(firm.start())
    firm.cast.sign_in(client, "editor")
    client.post("/language/", {"language": "en", "next": "/"})
    with translation.override("en"):
        assert "Your public report" in client.get("/plan/public-report/").content.decode()
