"""The pages of risks: what they show, to whom, and what they cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.cast import NOW
from tests.reporting import world
from tests.risks.test_facts import risk
from toetssteen.covenant.queries import pack_of
from toetssteen.inquiries.models import Inquiry, Line
from toetssteen.plans.models import Objective, Plan
from toetssteen.risks.models import Move, Rejection, Risk, RiskSource, StakeholderView

SECRET = "SECRET-OF-GRANITE-HOUSE"


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def editor(cast, client):
    return cast.sign_in(client, "editor") or client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_list_and_matrix_show_the_own_risks_only(cast, client):
    risk(cast, theme="ohs", scores=(5, 3, 5), likelihood=4, site_text="Prakasam")
    risk(cast, theme="living_wage")
    risk(cast, firm="granite", theme="ohs", site_text=SECRET, severity_reason=SECRET)
    cast.sign_in(client, "editor")
    page = text(client.get(reverse("risk_year", args=[1])))
    assert "Prakasam" in page
    assert "niet beoordeeld" in page
    assert SECRET not in page
    assert "Voorlopige norm" in page  # the scale is our own proposal
    first = Risk.objects.get(site_text="Prakasam")
    assert f'href="#r{first.pk}"' in page
    assert f'id="r{first.pk}"' in page


def test_up_asks_why_before_it_goes_against_severity(cast, client):
    risk(cast, theme="ohs", scores=(5, 3, 5), likelihood=4)
    low = risk(cast, theme="living_wage", scores=(2, 2, 2), likelihood=2)
    cast.sign_in(client, "editor")
    asked = client.post(reverse("risk_move", args=[low.pk]), {"to": "up"})
    assert asked.url == reverse("risk_move", args=[low.pk]) + "?to=up"
    assert not Move.objects.exists()
    assert 'name="reason"' in text(client.get(asked.url))
    client.post(asked.url, {"reason": "De vakbond vroeg dit."})
    page = text(client.get(reverse("risk_year", args=[1])))
    assert "De vakbond vroeg dit." in page
    assert page.index(f'id="r{low.pk}"') < page.index("Redenen voor")
    assert Move.objects.get().risk == low


def test_the_list_says_what_to_do_next_and_what_the_plan_takes_up(cast, client):
    grave = risk(cast, theme="ohs", scores=(5, 3, 5), likelihood=4)
    risk(cast, theme="living_wage", scores=(5, 5, 5), likelihood=3)
    unrated = risk(cast, theme="child_labour", scores=(5, None, 5))
    for row in Risk.objects.all():
        RiskSource.objects.create(risk=row, kind="stakeholder", said_on=NOW.date(), noted_at=NOW)
    plan = Plan.objects.create(organisation=cast.organisations["mason"], year=cast.years[1])
    Objective.objects.create(plan=plan, risk=grave, theme="ohs", text="Water at every saw")
    theirs = Plan.objects.create(organisation=cast.organisations["granite"], year=cast.years[1])
    Objective.objects.create(plan=theirs, risk=unrated, theme="ohs", text=SECRET)
    cast.sign_in(client, "editor")
    page = text(client.get(reverse("risk_year", args=[1])))
    assert "kernvraag vanaf jaar 2" in page
    assert "Nu doen: Beoordeel risico C" in page
    assert page.index("Beoordeel risico C") < page.index("Stel een doel voor risico B"), "first rate, then plan"
    assert f'href="{reverse("risk_rate", args=[unrated.pk])}"' in page
    assert page.count("Water at every saw") == 1
    assert SECRET not in page
    assert "Niet beoordeeld, dus niet in de tabel" in page


def test_an_order_like_that_of_volume_is_questioned_on_the_page(cast, client):
    for share, likelihood in ((40, 5), (30, 4), (20, 3), (10, 2)):
        risk(cast, theme="ohs", chain=world.chain(cast, "mason", share_of_volume=share), scores=(4, 4, 4),
             likelihood=likelihood)  # fmt: skip
    cast.sign_in(client, "editor")
    question = "Deze volgorde is die van het volume."
    assert question in text(client.get(reverse("risk_year", args=[1])))
    Risk.objects.filter(likelihood=2).update(scope=5)
    assert question not in text(client.get(reverse("risk_year", args=[1])))


def test_nobody_reaches_or_moves_a_risk_of_another_company(cast, client):
    theirs = risk(cast, firm="granite", theme="ohs", description=SECRET, scores=(1, 1, 1), likelihood=1)
    risk(cast, firm="granite", theme="ohs", scores=(5, 5, 5), likelihood=5)
    source = RiskSource.objects.create(risk=theirs, kind="stakeholder", text=SECRET, noted_at=NOW)
    said = StakeholderView.objects.create(
        organisation=theirs.organisation, year_number=1, who=SECRET, said_on=NOW.date(), said=SECRET, recorded_at=NOW
    )
    cast.sign_in(client, "editor")
    names = [("risk_source_edit", theirs.pk, source.pk), ("risk_source_remove", theirs.pk, source.pk),
             ("risk_move", theirs.pk), ("risk_detail", theirs.pk), ("stakeholder_view_edit", 1, said.pk),
             ("stakeholder_view_remove", 1, said.pk)]  # fmt: skip
    before = [list(model.objects.order_by("pk").values_list()) for model in (Risk, RiskSource, StakeholderView)]
    for name, *args in names:
        for answer in (
            client.get(reverse(name, args=args)),
            client.post(reverse(name, args=args), {"to": "up", "reason": "Mine", "kind": "audit", "involvement": ""}),
        ):
            assert answer.status_code == 404
            assert SECRET.encode() not in answer.content
    assert before == [list(m.objects.order_by("pk").values_list()) for m in (Risk, RiskSource, StakeholderView)]
    assert not Move.objects.exists()


def test_the_part_is_said_on_the_page_of_the_risk(cast, client):
    row = risk(cast, theme="ohs")
    cast.sign_in(client, "editor")
    address = reverse("risk_detail", args=[row.pk])
    page = text(client.get(address))
    assert "Dan stopt u het" in page
    assert "Via een leverancier" in page
    client.post(address, {"involvement": "directly linked", "row_version": row.row_version})
    row.refresh_from_db()
    assert row.involvement == "directly linked"
    stale = text(client.post(address, {"involvement": "cause", "row_version": 0}))
    assert "intussen" in stale
    row.refresh_from_db()
    assert row.involvement == "directly linked"


def test_a_new_risk_is_noted_and_rated_in_two_plain_pages(cast, client):
    chain = world.chain(cast, "mason", extraction_country="IN")
    cast.sign_in(client, "editor")
    saved = client.post(
        reverse("risk_add", args=[1]),
        {"theme": "ohs", "is_actual": "yes", "chain_ids": [chain.pk], "country": "IN", "harmed": "Zagers",
         "involvement": "contribute", "kind": "worker voice", "said_on": "2020-06-01"},
    )  # fmt: skip
    row = Risk.objects.get()
    assert saved.url == reverse("risk_rate", args=[row.pk])
    assert (row.is_actual, row.chain, row.found_on) == (True, chain, dt.date(2020, 6, 1))
    page = text(client.get(saved.url))
    assert "blijvende ziekte" in page  # the pack's own example
    assert "checked" in page
    assert 'value="5" checked' not in page
    client.post(saved.url, {"scale": 5, "scope": 3, "irremediable": 5, "likelihood": 4, "row_version": row.row_version})
    page = text(client.get(reverse("risk_detail", args=[row.pk])))
    assert "Zagers" in page
    assert "Werknemers zelf" in page
    assert "helpt u bij herstel" in page
    row.refresh_from_db()
    assert (row.scale, row.likelihood, row.prioritised_by) == (5, 4, "severity and likelihood")


def test_proposals_show_source_age_and_what_suppliers_said(cast, client):
    chain = world.chain(cast, "mason", material="granite", extraction_country="IN", processing_country="IN")
    asked = Inquiry.objects.create(
        organisation=cast.organisations["mason"], pack_id=cast.years[1].pack_id, asked_kind="supplier", language="en",
        supplier_name="Quarry and Sons", email="a@a.example", state="answered", made_at=NOW, sent_at=NOW,
        ended_at=NOW, ended_on=NOW.date(), expires_at=NOW,
    )  # fmt: skip
    Line.objects.create(inquiry=asked, chain=chain, kind="risk", theme="ohs")
    Rejection.objects.create(
        organisation=cast.organisations["granite"], key="profile:rp-09", year_number=1, reason=SECRET, rejected_at=NOW
    )
    cast.sign_in(client, "editor")
    address = reverse("risk_proposals", args=[1])
    page = text(client.get(address))
    assert "Quarry and Sons" in page
    assert "2017-08" in page
    assert "dat zegt niet dat het in uw keten voorkomt" in page
    assert SECRET not in page
    client.post(reverse("risk_proposal_reject", args=[1]) + "?key=profile:rp-09", {"reason": "Daar geweest."})
    page = text(client.get(address))
    assert "Daar geweest." in page
    assert "Opzij leggen" in page


def test_the_secretariat_reads_and_others_do_not(cast, client):
    world.chain(cast, "mason")
    row = risk(cast, theme="ohs", severity_reason="Gezien in mei", scores=(4, 4, 4), likelihood=4)
    address = reverse("company_risks_year", args=[row.organisation_id, 1])
    cast.sign_in(client, "assessor")
    way = reverse("company_risks", args=[row.organisation_id])
    assert f'href="{way}"' in text(client.get(reverse("company_chains", args=[row.organisation_id])))
    page = text(client.get(address))
    assert "Mason" in page
    assert f'id="r{row.pk}"' in page
    assert reverse("risk_move", args=[row.pk]) not in page
    assert "Gezien in mei" in text(client.get(reverse("risk_detail", args=[row.pk])))
    for who in ("rival", "authority", "union"):
        cast.sign_in(client, who)
        for hidden in (address, reverse("risk_detail", args=[row.pk]), reverse("risk_rate", args=[row.pk])):
            answer = client.get(hidden)
            assert answer.status_code == 404
            assert b"Gezien in mei" not in answer.content


def test_the_pages_cost_the_same_for_one_risk_and_for_three(cast, client):
    cast.sign_in(client, "editor")
    addresses = [reverse("risk_list"), *(reverse(name, args=[year]) for name in ("risk_year", "risk_proposals")
                                         for year in (1, 2))]  # fmt: skip

    def cost():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as spent:
                text(client.get(address))
            counts.append(len(spent))
        return counts

    def one():
        chain = world.chain(cast, "mason", extraction_country="IN", processing_country="IN")
        row = risk(cast, theme="ohs", chain=chain, scores=(4, 4, 4), likelihood=4)
        row.other_chains.add(chain)
        Move.objects.create(
            organisation=row.organisation, year_number=1, risk=row, passed=row, up=True, reason="Why",
            moved_by=cast.people["editor"], moved_at=NOW,
        )  # fmt: skip
        for number in range(2):
            RiskSource.objects.create(risk=row, kind="site visit", noted_at=NOW, text=str(number))
        said = StakeholderView.objects.create(
            organisation=row.organisation, year_number=1, who="Union", said_on=NOW.date(), said="x", recorded_at=NOW,
        )  # fmt: skip
        StakeholderView.objects.create(
            organisation=row.organisation, year_number=1, who="Union", said_on=NOW.date(), said="y", recorded_at=NOW,
            corrects=said,
        )  # fmt: skip
        risk(cast, year=2, theme="ohs", carried_from=row)
        plan, _made = Plan.objects.get_or_create(organisation=row.organisation, year=cast.years[1])
        Objective.objects.create(plan=plan, risk=row, theme="ohs", text="Water")

    one()
    cost()
    before = cost()
    for _ in range(2):
        one()
    assert cost() == before


def test_the_menu_and_the_question_lead_here(cast, client):
    world.open_report(cast)
    cast.sign_in(client, "editor")
    page = text(client.get(reverse("risk_year", args=[1])))
    assert f'href="{reverse("risk_list")}" aria-current' in page
    pack = pack_of(cast.years[1])
    derived = [q.id for q in pack.framework.questions.values() if q.derived_from == "risks.prioritised_share"]
    from toetssteen.reporting.models import Report

    asked = text(client.get(reverse("answer_edit", args=[Report.objects.get().pk, derived[0]])))
    assert asked.count(f'href="{reverse("risk_list")}"') == 2
