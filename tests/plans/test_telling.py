"""Saying how far an action is, what proves it, and which actions are late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW, TODAY
from tests.plans.conftest import SECRET
from toetssteen.config.demo.pdf import small_pdf
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.models import Evidence
from toetssteen.documents.permissions import visible_evidence
from toetssteen.documents.queries import evidence_list
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused
from toetssteen.plans import queries, services
from toetssteen.plans.models import Plan


@pytest.fixture
def tell(cast):
    def make(action, who="editor", upload=None, on=TODAY, state="in progress", progress=50, **fields):
        return services.tell_progress(
            actor=cast.actor(who), plan_id=action.objective.plan_id, action_id=action.pk, today=TODAY, now=NOW,
            pack=pack_of(cast.years[1]), upload=upload,
            data=services.UpdateData(said_on=on, state=state, progress=progress, **fields),
        )  # fmt: skip

    return make


def test_an_action_stands_as_its_newest_update_says(start, goal, action, tell):
    deed = action(goal(start()))
    tell(deed, on=dt.date(2020, 11, 10), progress=60)
    tell(deed, on=dt.date(2020, 11, 1), progress=20)  # about an earlier day, told later
    deed.refresh_from_db()
    assert (deed.state, deed.progress) == ("in progress", 60)
    tell(deed, state="done", progress=10)
    deed.refresh_from_db()
    assert (deed.state, deed.progress) == ("done", 100)
    assert [row.progress for row in queries.updates_of(deed)] == [100, 60, 20]
    with pytest.raises(ValidationError, match="not come yet"):
        tell(deed, on=TODAY + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="why you stop"):
        tell(deed, state="stopped")


def test_progress_can_be_told_after_the_plan_was_handed_in_and_by_its_editors_only(cast, start, goal, action, tell):
    plan = start()
    deed = action(goal(plan))
    services.deliver_plan(
        actor=cast.actor("editor"), organisation_id=plan.organisation_id, year_id=plan.year_id, today=TODAY, now=NOW
    )
    version = Plan.objects.get(pk=plan.pk).row_version
    tell(deed)
    assert Plan.objects.get(pk=plan.pk).row_version == version + 1  # what was shown for approval is no longer all
    for who in ("reader", "rival", "assessor", "visitor"):
        with pytest.raises(Refused):
            tell(deed, who=who, progress=99)
    deed.refresh_from_db()
    assert deed.progress == 50


def test_proof_is_kept_with_the_evidence_and_opens_with_the_plan(cast, start, goal, action, tell, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    plan = start()
    deed = action(goal(plan), means="16 hours", owner="Ann", due_on=TODAY)
    tell(deed, upload=SimpleUploadedFile("water.pdf", small_pdf("Water", ["The saws run wet."])), note="Water is there")
    deed.refresh_from_db()
    proof = deed.evidence.get()
    assert (deed.has_proof, proof.title, proof.organisation_id) == (True, "Water is there", plan.organisation_id)
    found = evidence_list(cast.actor("editor"), plan.organisation_id, pack=pack_of(plan.year), today=TODAY)
    assert [use.label for row in found.rows for use in row.uses] == ["Plan of action 2019-2020"]
    assert proof not in visible_evidence(cast.actor("assessor"))
    keys = {"actor": cast.actor("editor"), "organisation_id": plan.organisation_id, "year_id": plan.year_id}
    services.deliver_plan(today=TODAY, now=NOW, **keys)
    assert proof in visible_evidence(cast.actor("assessor"))
    later = NOW + dt.timedelta(days=30)
    Evidence.objects.filter(pk=proof.pk).update(uploaded_at=later)  # added after the plan was handed in
    assert proof not in visible_evidence(cast.actor("assessor"))
    assert proof not in visible_evidence(cast.actor("rival"))


def test_a_file_of_another_company_proves_nothing(cast, start, goal, action, tell):
    deed = action(goal(start()))
    foreign = Evidence.objects.create(
        organisation=cast.organisations["granite"], kind="action_proof", title=f"{SECRET}-file", file_name="a.png",
        sha256="1" * 64, uploaded_at=NOW,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="own evidence"):
        tell(deed, evidence_id=foreign.pk)
    with pytest.raises(ValidationError, match="own evidence"):
        services.save_action(
            actor=cast.actor("editor"), plan_id=deed.objective.plan_id, objective_id=deed.objective_id, now=NOW,
            action_id=deed.pk, data=services.ActionData(text="x"), row_version=None, evidence_ids=[foreign.pk],
        )  # fmt: skip
    deed.refresh_from_db()
    assert (deed.evidence.count(), deed.progress, deed.has_proof) == (0, 0, False)


def test_late_actions_are_said_on_the_plan_and_in_the_list(cast, client, monkeypatch, start, goal, action):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    first = goal(start())
    yesterday = TODAY - dt.timedelta(days=1)
    late = action(first, text="This one is late", due_on=yesterday)
    action(first, text="Ready in time", due_on=yesterday, state="done")
    action(first, text="Stopped", due_on=yesterday, state="stopped")
    action(first, text="Due today", due_on=TODAY)
    assert [row.pk for row in queries.overdue_actions(first.plan.organisation_id, TODAY)] == [late.pk]
    page = client.get("/plan/1/").content.decode()
    assert "1 action is late." in page
    assert page.count("Late: was due on 14 November 2020") == 1
    page = client.post(
        f"/plan/1/goals/{first.pk}/actions/{late.pk}/progress/",
        {"said_on": "2020-11-15", "state": "done", "progress": 80, "note": "It works now"}, follow=True,
    ).content.decode()  # fmt: skip
    assert "Your update was saved." in page
    assert "It works now" in page
    assert "is late." not in page


def test_updates_cost_no_more_queries_with_three_than_with_one(
    cast, client, monkeypatch, start, goal, action, tell, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    monkeypatch.setattr(clock, "today", lambda: TODAY)
    cast.sign_in(client, "editor")
    deed = action(goal(start()))
    address = f"/plan/1/goals/{deed.objective_id}/actions/{deed.pk}/progress/"
    tell(deed, note="First words")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert "First words" in client.get(address).content.decode()
    tell(deed, note="Second")
    tell(deed, note="Third words")
    with django_assert_num_queries(len(one)):
        assert "Third words" in client.get(address).content.decode()
