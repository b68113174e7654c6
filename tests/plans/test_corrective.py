"""Putting things right with a supplier: only the own company sees it, and an exit has reasons."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PEOPLE, TODAY
from tests.plans.conftest import SECRET
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused
from toetssteen.plans import permissions, queries, services
from toetssteen.plans.models import CorrectivePlan, CorrectiveStep
from toetssteen.risks.models import Risk

LATER = TODAY + dt.timedelta(days=60)
EXIT = services.ExitData(
    reasons="Three years of talks", effects="40 jobs", measures="Six months notice", decided_on=TODAY
)


@pytest.fixture
def correct(cast):
    def make(who="editor", pk=None, version=None, **fields):
        actor = cast.actor(who)
        data = services.CorrectiveData(
            **{"supplier_name": "Saw mill", "problem": "Dry saws", "agreed_on": TODAY, "review_on": LATER, **fields}
        )
        return services.save_corrective_plan(
            actor=actor, organisation_id=cast.organisations["mason"].pk if who != "rival" else actor.organisation_id,
            corrective_id=pk, data=data, row_version=version, now=NOW,
        )  # fmt: skip

    return make


@pytest.fixture
def step(cast):
    def make(plan, who="editor", pk=None, **fields):
        data = services.CorrectiveStepData(**{"text": "Connect water", "due_on": TODAY, **fields})
        return services.save_corrective_step(
            actor=cast.actor(who), corrective_id=plan.pk, step_id=pk, data=data, now=NOW
        )

    return make


@pytest.mark.parametrize("name", [*PEOPLE, "visitor"])
def test_nobody_but_the_own_company_sees_or_changes_it(cast, client, correct, step, name):
    mine = correct(supplier_name=f"{SECRET}-supplier", problem=f"{SECRET}-problem")
    one = step(mine, text=f"{SECRET}-step")
    foreign = correct(who="rival", supplier_name="Of the rival")
    actor, own = cast.actor(name), name in {"company_admin", "editor", "reader"}
    seen = set(permissions.visible_corrective_plans(actor))
    for plan in (mine, foreign):
        assert (plan in seen) == bool(permissions.can_view_corrective_plan(actor, plan))
    assert (mine in seen, foreign in seen) == (own, name == "rival")
    cast.sign_in(client, name)
    base = f"/plan/corrective/{mine.pk}/"
    for path in ("/plan/corrective/", base, f"{base}edit/", f"{base}review/", f"{base}exit/", f"{base}steps/{one.pk}/"):
        assert (SECRET in client.get(path, follow=True).content.decode()) == own, path
    if name not in {"company_admin", "editor"}:
        keys = {"actor": actor, "corrective_id": mine.pk, "now": NOW}
        tries = [
            lambda: correct(who=name, pk=mine.pk),
            lambda: step(mine, who=name),
            lambda: services.review_corrective_plan(state="done", review_on=LATER, today=TODAY, **keys),
            lambda: services.end_relation(data=EXIT, today=TODAY, **keys),
            lambda: services.delete_corrective_step(step_id=one.pk, **keys),
        ]
        for attempt in tries:
            with pytest.raises(Refused):
                attempt()
        assert CorrectivePlan.objects.get(pk=mine.pk).problem == f"{SECRET}-problem"
        assert CorrectiveStep.objects.filter(pk=one.pk).exists()


def test_steps_move_a_plan_and_a_review_ends_it(cast, correct, step):
    plan = correct()
    first = step(plan)
    assert CorrectivePlan.objects.get().state == "open"
    step(plan, pk=first.pk, state="done")
    assert CorrectivePlan.objects.get().state == "improving"
    keys = {"actor": cast.actor("editor"), "corrective_id": plan.pk, "now": NOW, "today": TODAY}
    with pytest.raises(ValidationError, match="page of its own"):
        services.review_corrective_plan(state="exit", review_on=LATER, **keys)
    with pytest.raises(ValidationError, match="lies ahead"):
        services.review_corrective_plan(state="improving", review_on=TODAY - dt.timedelta(days=1), **keys)
    assert services.review_corrective_plan(state="done", review_on=TODAY, **keys).state == "done"
    with pytest.raises(ValidationError, match="after the day"):
        correct(review_on=TODAY - dt.timedelta(days=1))
    foreign = Risk.objects.create(
        organisation=cast.organisations["granite"], year_number=1, theme="ohs", is_actual=True
    )
    with pytest.raises(ValidationError, match="your own risks"):
        correct(risk_id=foreign.pk)


def test_an_exit_needs_reasons_effects_and_measures_and_closes_the_plan(cast, correct, step):
    plan = correct()
    keys = {"actor": cast.actor("editor"), "corrective_id": plan.pk, "now": NOW, "today": TODAY}
    for field in ("reasons", "effects", "measures"):
        with pytest.raises(ValidationError, match="responsible"):
            services.end_relation(data=services.ExitData(**{**vars(EXIT), field: " "}), **keys)
    with pytest.raises(ValidationError, match="not come yet"):
        services.end_relation(data=services.ExitData(**{**vars(EXIT), "decided_on": LATER}), **keys)
    ended = services.end_relation(data=EXIT, **keys)
    assert (ended.state, ended.exit_effects, ended.decided_by_id) == ("exit", "40 jobs", cast.people["editor"].pk)
    with pytest.raises(Refused, match="was ended"):
        step(plan)


def test_the_pages_from_agreement_to_exit(cast, client, monkeypatch, correct, step):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    entered = {"supplier_name": "Saw mill", "problem": "Dry saws", "agreed_on": "2020-11-01", "review_on": "2020-11-15"}
    page = client.post("/plan/corrective/add/", entered, follow=True).content.decode()
    plan = CorrectivePlan.objects.get()
    assert "You agreed to look at this again on 15 November 2020." in page
    new = {"text": "Connect four saws", "due_on": "2020-11-10", "state": "not started"}
    page = client.post(f"/plan/corrective/{plan.pk}/", new, follow=True).content.decode()
    assert "Connect four saws" in page
    assert "1 step is late" in client.get("/plan/corrective/").content.decode()
    asked = {"reasons": "Talks failed", "effects": "40 jobs", "measures": "", "decided_on": "2020-11-15"}
    page = client.post(f"/plan/corrective/{plan.pk}/exit/", asked).content.decode()
    assert "Tick that you considered staying and improving." in page
    assert CorrectivePlan.objects.get().state == "improving" or CorrectivePlan.objects.get().state == "open"
    asked |= {"measures": "Six months notice", "sure": "on"}
    page = client.post(f"/plan/corrective/{plan.pk}/exit/", asked, follow=True).content.decode()
    assert "Six months notice" in page
    assert "What was decided stays as it is." in page

    def count():
        with CaptureQueriesContext(connection) as found:
            client.get("/plan/corrective/")
        return len(found)

    one = count()
    for _ in range(2):
        step(correct())
    assert count() == one
    assert queries.corrective_plans(cast.actor("editor")).count() == 3
