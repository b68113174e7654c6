"""Putting things right with a supplier: only the own company sees it, and an exit has reasons."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PEOPLE, TODAY
from tests.plans.conftest import SECRET
from tests.reporting import world
from toetssteen.foundation import clock
from toetssteen.foundation.models import ImmutableError
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.plans import permissions, queries, services
from toetssteen.plans.frozen import frozen_corrections
from toetssteen.plans.models import CorrectivePlan, CorrectiveReview, CorrectiveStep
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain
from toetssteen.workspace import due

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
            lambda: services.restore_corrective_step(step_id=one.pk, **keys),
            lambda: services.delete_corrective_plan(**keys),
            lambda: services.restore_corrective_plan(**keys),
            lambda: services.take_exit_back(reason="Because", today=TODAY, **keys),
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
    assert "You can still correct that decision or take it back." in page

    def count():
        with CaptureQueriesContext(connection) as found:
            client.get("/plan/corrective/")
        return len(found)

    one = count()
    for _ in range(2):
        step(correct())
    assert count() == one
    assert queries.corrective_plans(cast.actor("editor")).count() == 3


def test_a_chain_that_closed_and_a_file_that_was_removed_stay_with_the_agreement(cast, client, correct, step):
    world.chain(cast, "mason", known=1, trade_name="Blue Dream")
    chain = Chain.objects.get()
    plan = correct(chain_id=chain.pk)
    Chain.objects.update(closed_on=TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    page = client.get(f"/plan/corrective/{plan.pk}/edit/").content.decode()
    assert f'value="{chain.pk}" selected' in page
    plan.refresh_from_db()
    entered = {"supplier_name": "Saw mill", "problem": "Still dry", "agreed_on": "2020-11-01",
               "review_on": "2020-12-15", "chain_id": chain.pk, "row_version": plan.row_version}  # fmt: skip
    assert client.post(f"/plan/corrective/{plan.pk}/edit/", entered).status_code == 302
    plan.refresh_from_db()
    assert (plan.problem, plan.chain_id) == ("Still dry", chain.pk)
    assert dict(queries.chain_choices(cast.actor("editor"))) == {}


def test_a_step_and_a_plan_that_were_removed_come_back(cast, client, correct, step):
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    plan = correct()
    one = step(plan, text="Connect four saws")
    home, there = f"/plan/corrective/{plan.pk}/", f"/plan/corrective/{plan.pk}/steps/{one.pk}/"
    assert "Take this step off?" in client.get(f"{there}remove/").content.decode()
    assert CorrectiveStep.objects.exists()
    page = client.post(f"{there}remove/", follow=True).content.decode()
    assert not CorrectiveStep.objects.exists()
    assert f"{there}restore/" in page
    assert f"{home}restore/" not in page
    client.post(f"{there}restore/")
    assert list(plan.steps.all()) == [one]

    def frozen():
        return len(frozen_corrections(plan.organisation_id, cast.years[3]))

    assert frozen() == 1
    page = client.post(f"{home}remove/", follow=True).content.decode()
    assert (frozen(), CorrectivePlan.objects.count()) == (0, 0)
    assert f"{home}restore/" in page
    assert client.get(home).status_code == 404
    page = client.post(f"{home}restore/", follow=True).content.decode()
    assert "Connect four saws" in page
    assert frozen() == 1


def test_what_was_found_at_each_review_is_kept_as_it_was_written(cast, client, monkeypatch, correct):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    plan = correct()
    address = f"/plan/corrective/{plan.pk}/review/"
    entered = {
        "held_on": "2020-11-15",
        "state": "improving",
        "review_on": "2021-01-10",
        "row_version": plan.row_version,
    }
    assert client.post(address, entered).status_code == 200, "a review says what was found"
    assert not CorrectiveReview.objects.exists()
    assert client.post(address, {**entered, "finding": "Four of six run with water"}).status_code == 302
    late = client.post(address, {**entered, "finding": "I looked at an older page", "state": "done"}).content.decode()
    assert "in the meantime" in late
    assert CorrectivePlan.objects.get().state == "improving"
    version = CorrectivePlan.objects.get().row_version
    solved = {"held_on": "2020-11-15", "state": "done", "finding": "All six", "row_version": version}
    page = client.post(address, solved, follow=True).content.decode()
    assert "Four of six run with water" in page
    assert "All six" in page
    assert [row.review_on for row in CorrectiveReview.objects.order_by("pk")] == [dt.date(2021, 1, 10), None]
    row = CorrectiveReview.objects.first()
    row.finding = "Something nicer"
    with pytest.raises(ImmutableError):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        CorrectiveReview.objects.update(finding="Something nicer")


def test_an_exit_is_corrected_and_taken_back_and_every_word_stays(cast, client, monkeypatch, correct, step):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    plan = correct()
    step(plan, state="in progress")
    keys = {"actor": cast.actor("editor"), "corrective_id": plan.pk, "now": NOW, "today": TODAY}
    ended = services.end_relation(data=EXIT, **keys)
    address = f"/plan/corrective/{plan.pk}/"
    page = client.get(f"{address}exit/").content.decode()
    assert "Correct this decision?" in page
    assert "Three years of talks" in page
    better = {"reasons": "Four years of talks", "effects": "40 jobs", "measures": "Six months", "sure": "on",
              "decided_on": "2020-11-15", "row_version": ended.row_version}  # fmt: skip
    page = client.post(f"{address}exit/", better, follow=True).content.decode()
    assert "Four years of talks" in page
    assert "Three years of talks" in page, "what was written before stays readable"
    with pytest.raises(StaleRow):
        services.end_relation(data=EXIT, row_version=ended.row_version, **keys)
    with pytest.raises(ValidationError, match="why the relation goes on"):
        services.take_exit_back(reason=" ", **keys)
    page = client.post(f"{address}resume/", {"reason": "They paid the wages"}, follow=True).content.decode()
    open_again = CorrectivePlan.objects.get()
    assert (open_again.state, open_again.exit_reasons, open_again.decided_on) == ("improving", "", None)
    for words in ("They paid the wages", "Four years of talks", "Add a step"):
        assert words in page


def test_a_step_changed_by_a_colleague_is_not_overwritten(cast, correct, step):
    plan = correct()
    one = step(plan)
    keys = {"actor": cast.actor("editor"), "corrective_id": plan.pk, "step_id": one.pk, "now": NOW}
    data = services.CorrectiveStepData(text="By a colleague", due_on=TODAY)
    services.save_corrective_step(data=data, row_version=one.row_version, **keys)
    with pytest.raises(StaleRow):
        services.save_corrective_step(data=data, row_version=one.row_version, **keys)


def test_the_home_page_names_agreements_that_wait(cast, client, monkeypatch, correct, step):
    """By hand: a review today and a late step; not a review tomorrow, a step that is done, or the rival's."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    day = dt.timedelta(days=1)
    agreed = TODAY - 30 * day
    correct(supplier_name="Review came", agreed_on=agreed, review_on=TODAY)
    correct(supplier_name="Tomorrow", agreed_on=agreed, review_on=TODAY + day)
    step(correct(supplier_name="Step late"), due_on=TODAY - day)
    step(correct(supplier_name="Step done"), due_on=TODAY - day, state="done")
    correct(who="rival", supplier_name="Of the rival", agreed_on=agreed, review_on=TODAY)
    page = client.get("/home/", follow=True).content.decode()
    names = ("Review came", "Step late", "Tomorrow", "Step done", "Of the rival")
    assert [name for name in names if name in page] == ["Review came", "Step late"]


def test_reviews_and_steps_are_due_until_they_are_done(cast, correct, step):
    """By hand: a review on the 60th day and a step today; solved, ended or removed nothing is due."""
    plan = correct()
    step(plan, text=f"{SECRET}-step")
    step(plan, state="done")
    firm = cast.organisations["mason"].pk

    def found():
        rows = due.due_of(firm, TODAY)
        assert SECRET not in "".join(row.title for row in rows)
        return [row.on for row in rows if row.kind is due.Kind.CORRECTION]

    assert found() == [TODAY, LATER]
    keys = {"actor": cast.actor("editor"), "corrective_id": plan.pk, "now": NOW}
    services.delete_corrective_plan(**keys)
    assert found() == []
    services.restore_corrective_plan(**keys)
    services.review_corrective_plan(state="done", review_on=None, today=TODAY, **keys)
    assert found() == []
