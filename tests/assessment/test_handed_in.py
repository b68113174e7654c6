"""The whole report as it was handed in: what stands on it, for whom, and that only the frozen form is read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import world as worlds
from tests.assessment import world
from tests.cast import NOW, Cast, raw_pack
from tests.reporting import world as reports
from tests.world import secret
from toetssteen.assessment import filed
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import pack_of
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.reporting.models import Report, Snapshot
from toetssteen.supplychain.models import Chain, ChainLink

OUTSIDERS = ("visitor", "company_admin", "editor", "reader", "rival", "euro", "authority", "union", "committee")
SEEN = ("chain", "answer", "evidence", "plan")


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    """It is the day of the cast."""
    settings.DEMO_TODAY = NOW.date().isoformat()


def page(client: Client, name: str, *args: Any, **headers: str) -> str:
    response = client.get(reverse(name, args=args), headers={"accept-language": "en", **headers})
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def full_report(cast: Cast) -> Report:
    """Mason Stone's report with a plan that says everything, and a chain with every kind of gap."""
    plan = Plan.objects.create(organisation=cast.organisations["mason"], year=cast.years[1], summary="In short.")
    goal = Objective.objects.create(
        plan=plan, theme="child-labour", text="No child breaks stone.", indicator="visits", baseline="2 visits",
        target="9 visits", deadline="2021-06-01", is_smart=True,
    )  # fmt: skip
    PlannedAction.objects.create(
        objective=goal, text="Visit the quarries.", owner="J. Mason", means="4000 euro", together="collective",
        due_on="2021-03-01", progress=40, state="in progress",
    )  # fmt: skip
    chain = reports.chain(cast, "mason", known=2, trade_name="Grey Star")
    levels = list(chain.links.order_by("position", "pk"))
    assert levels
    for link, state in zip([x for x in levels if x.state != "known"], ("asked", "refused"), strict=False):
        ChainLink.objects.filter(pk=link.pk).update(state=state, asked_on="2020-02-01", answered_on=None)
    report = reports.open_report(cast)
    reports.answer_all(cast, report, "largely")
    reports.submit(cast, report)
    return Report.objects.select_related("year").get(pk=report.pk)


def test_the_page_says_everything_that_was_handed_in(cast: Cast, client: Client) -> None:
    report = full_report(cast)
    cast.sign_in(client, "assessor")
    text = page(client, "report_as_submitted", report.pk)
    for said in (
        "No child breaks stone.", "2 visits", "9 visits", "1 June 2021", "Visit the quarries.", "J. Mason",
        "4000 euro", "40%", "In short.", "Grey Star", "As agreed.",
    ):  # fmt: skip
        assert said in text, said
    known = Snapshot.objects.get(report=report).content["chains"][0]["links"]
    words = {
        "asked": "Asked, no answer yet", "refused": "Asked and refused", "unknown": "Unknown, not asked yet"
    }  # fmt: skip
    for state in {link["state"] for link in known} - {"known"}:
        assert words[state] in text
    dutch = page(client, "report_as_submitted", report.pk, **{"accept-language": "nl"})
    assert "Verslag zoals ingeleverd" in dutch
    assert "Beginwaarde" in dutch


def test_what_changes_afterwards_is_not_shown(cast: Cast, client: Client) -> None:
    report = full_report(cast)
    Chain.objects.update(trade_name="LATER-NAME")
    ChainLink.objects.update(name="LATER-LINK")
    Objective.objects.update(text="LATER-GOAL")
    Plan.objects.update(summary="LATER-PLAN")
    PlannedAction.objects.update(text="LATER-ACTION")
    report.answers.update(text="LATER-ANSWER")
    cast.sign_in(client, "assessor")
    for text in (
        page(client, "report_as_submitted", report.pk),
        *(page(client, "assess_question", report.pk, q) for q in ("q-2-1-01", "q-3-2-01")),
    ):
        assert "LATER" not in text
    assert "Grey Star" in page(client, "assess_question", report.pk, "q-2-1-01")


def test_nobody_but_the_secretariat_reads_it(cast: Cast, client: Client) -> None:
    rows = worlds.build(cast).rows["mason"]
    report = rows["report"]
    cast.sign_in(client, "assessor")
    text = page(client, "report_as_submitted", report.pk)
    assert all(secret(kind, "mason") in text for kind in SEEN)
    assert secret("chain", "granite") not in text
    assert reverse("evidence_file", args=[rows["evidence"].pk]) in text
    for who in OUTSIDERS:
        cast.sign_in(client, who)
        response = client.get(reverse("report_as_submitted", args=[report.pk]))
        assert response.status_code == (302 if who == "visitor" else 404)
        assert "SECRET" not in response.content.decode()


def test_a_draft_has_no_page_and_shows_nowhere(cast: Cast, client: Client) -> None:
    rows = worlds.build(cast).rows["mason"]
    cast.sign_in(client, "coordinator")
    hidden = client.get(reverse("report_as_submitted", args=[rows["draft"].pk]))
    assert hidden.status_code == 404
    for text in (hidden.content.decode(), page(client, "report_as_submitted", rows["report"].pk)):
        assert secret("draft-plan", "mason") not in text
        assert secret("draft-answer", "mason") not in text


def test_without_a_report_there_is_only_that_sentence(cast: Cast, client: Client) -> None:
    report = reports.open_report(cast)
    reports.answer(cast, report, "q-1-1-01", text="DRAFTED-WORDS")
    Report.objects.filter(pk=report.pk).update(state="provisional")
    cast.sign_in(client, "assessor")
    text = page(client, "report_as_submitted", report.pk)
    assert "No report was handed in." in text
    assert "DRAFTED-WORDS" not in text


def test_the_desk_shows_the_parts_that_a_question_rests_on(cast: Cast, client: Client) -> None:
    report = full_report(cast)
    pack = pack_of(report.year)
    cast.sign_in(client, "assessor")
    seen = set()
    for question in pack.questions_for(report.situation, None):
        parts = filed.parts_behind(pack, question)
        if parts in seen or question.visible_if is not None:
            continue
        seen.add(parts)
        text = page(client, "assess_question", report.pk, question.id)
        assert ("No child breaks stone." in text) == ("plan" in parts), question.id
        assert ("Grey Star" in text) == ("chains" in parts), question.id
        assert "The whole report as handed in" in text
    assert {part for parts in seen for part in parts} == {"chains", "risks", "plan", "public"}
    assert () in seen


def test_which_parts_a_question_rests_on_follows_from_its_facts() -> None:
    from toetssteen.core.frameworks import load_pack

    pack: Pack = load_pack(raw_pack())
    derived = {q.derived_from: q for q in pack.framework.questions.values() if q.derived_from}
    assert "chains" in filed.parts_behind(pack, derived["coverage.quarries"])
    assert "plan" in filed.parts_behind(pack, derived["plan.actions_done_share"])
    assert "plan" in filed.parts_behind(pack, derived["evaluation.goals_evaluated_share"])
    assert "public" in filed.parts_behind(pack, derived["publication.age_months"])
    for fact, question in derived.items():
        beside = [q for q in pack.framework.questions.values() if q.sub_step == question.sub_step]
        if fact.startswith("plan."):
            assert all("plan" in filed.parts_behind(pack, q) for q in beside)


def test_an_address_that_leads_nowhere_is_no_link() -> None:
    rows = filed.public_reports_of(
        {"public_reports": [{"title": "A", "published_on": "2020-01-01", "address": "javascript:alert(1)"}]}
    )
    assert rows[0]["address"] == ""


def test_three_chains_need_as_many_queries_as_one(cast: Cast, client: Client) -> None:
    first = full_report(cast)
    for known in (1, 3, 4):
        reports.chain(cast, "granite", known=known, share_of_volume=None)
    second = world.submitted(cast, "rival")
    cast.sign_in(client, "assessor")
    counts = []
    for report in (first, second):
        address = reverse("report_as_submitted", args=[report.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
