"""What becomes public of a plan: only fields that were chosen, whatever else the plan holds."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from tests.cast import NOW, TODAY
from tests.plans.conftest import SECRET
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import clock, hooks
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.plans import presentation, queries, services
from toetssteen.plans.choices import PublicField, proposed_public_fields
from toetssteen.plans.measured import measured
from toetssteen.plans.models import Plan
from toetssteen.plans.public import content_of
from toetssteen.risks.models import Risk

# Where each field's words would be found if they leaked.
MARKED = {
    PublicField.COUNTRY: "ZW",
    PublicField.INDICATOR: "MARK-indicator",
    PublicField.BASELINE: "MARK-baseline 7",
    PublicField.TARGET: "MARK-target 9",
    PublicField.DEADLINE: "2021-06-29",
    PublicField.ACTIONS: "MARK-action",
    PublicField.PARTNERS: "MARK-partner",
    PublicField.ROOT_CAUSE: "MARK-cause",
    PublicField.PROGRESS: "MARK-measured",
}
NEEDS_ACTIONS = {PublicField.PARTNERS, PublicField.CONTRIBUTION}


@pytest.fixture
def plan(cast, start, goal, action, monkeypatch):
    """A plan in which everything that may never be public is marked as a secret."""
    made = start()
    risk = Risk.objects.create(
        organisation=cast.organisations["mason"], year_number=1, theme="child_labour", is_actual=True, country="ZW",
        severity_reason=f"{SECRET}-risk", site_text=f"{SECRET}-site", description=f"{SECRET}-about",
    )  # fmt: skip
    shown = goal(
        made, risk_id=risk.pk, indicator="MARK-indicator", baseline="MARK-baseline 7", target="MARK-target 9",
        deadline=dt.date(2021, 6, 29), root_cause="MARK-cause",
    )  # fmt: skip
    hidden = goal(made, text=f"{SECRET} hidden goal of us", is_public=False)
    deed = action(
        shown, text="MARK-action", owner=f"{SECRET}-owner", means=f"{SECRET}-means", cost=Decimal("987654"),
        partners="MARK-partner", contribution_type="strengthened",
    )  # fmt: skip
    action(shown, text=f"{SECRET} hidden action", partners=f"{SECRET} partner", is_public=False)
    action(hidden, text=f"{SECRET} action of the hidden goal")
    services.tell_progress(
        actor=cast.actor("editor"), plan_id=made.pk, action_id=deed.pk, pack=pack_of(made.year), today=TODAY, now=NOW,
        data=services.UpdateData(said_on=TODAY, state="in progress", progress=30, note=f"{SECRET}-note"),
    )  # fmt: skip
    rows = [
        {"year_number": 1, "is_given": True, "value": "8", "unit": "MARK-measured", "said": "8 MARK-measured"},
        {"year_number": 2, "is_given": True, "value": "9", "unit": f"{SECRET}-later", "said": f"9 {SECRET}-later"},
    ]
    monkeypatch.setattr(hooks, "_answers", {"readings_of_goals": [lambda goals: {shown.pk: rows, hidden.pk: rows}]})
    return made


def choose(cast, plan, fields, who="editor", version=None):
    shown = queries.plan_of(plan.organisation_id, plan.year_id)
    first = shown.objectives.all()[0]
    return services.choose_public_fields(
        actor=cast.actor(who), plan_id=plan.pk, now=NOW, row_version=shown.row_version if version is None else version,
        chosen={first.pk: services.Shown(True, fields, [a.pk for a in first.actions.all() if a.text == "MARK-action"])},
    )  # fmt: skip


def content(plan):
    return content_of(queries.plan_of(plan.organisation_id, plan.year_id))


def test_no_choice_of_fields_lets_anything_else_out(cast, plan):
    every = list(PublicField)
    combinations = [[], every, *([f] for f in every), *([g for g in every if g != f] for f in every)]
    combinations += [[f, PublicField.ACTIONS] for f in every]
    for fields in combinations:
        choose(cast, plan, fields)
        shown = content(plan)
        text = json.dumps(shown, ensure_ascii=False)
        assert SECRET not in text, fields
        assert "987654" not in text, fields
        for field, mark in MARKED.items():
            wanted = field in fields and (field not in NEEDS_ACTIONS or PublicField.ACTIONS in fields)
            assert (mark in text) == wanted, (field, fields)
        assert ("strengthened" in text) == ({PublicField.CONTRIBUTION, PublicField.ACTIONS} <= set(fields)), fields
        assert len(shown["objectives"]) == 1
        assert ("theme" in shown["objectives"][0]) == (PublicField.THEME in fields)


def test_partners_and_root_causes_are_never_proposed(cast, plan, goal):
    fresh = goal(plan)
    assert fresh.public_fields == proposed_public_fields()
    assert not {"partners", "root_cause"} & set(fresh.public_fields)
    text = json.dumps(content(plan))
    assert "MARK-partner" not in text
    assert "MARK-cause" not in text
    assert "MARK-measured" in text


def test_a_choice_is_refused_to_others_and_when_the_plan_changed_meanwhile(cast, plan):
    before = content(plan)
    for who in ("reader", "rival", "assessor", "visitor"):
        with pytest.raises(Refused):
            choose(cast, plan, [], who=who)
    with pytest.raises(StaleRow):
        choose(cast, plan, [], version=0)
    assert content(plan) == before


def test_the_preview_is_what_visitors_will_read(cast, plan, client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    page = client.get("/plan/1/public/choose/").content.decode()
    assert "Where you started: MARK-baseline 7" in page
    first, version = plan.objectives.first(), Plan.objects.get(pk=plan.pk).row_version
    entered = {"row_version": version, f"goal_{first.pk}": "on", f"fields_{first.pk}": ["target", "progress"]}
    page = client.post("/plan/1/public/choose/", entered, follow=True).content.decode()
    assert "MARK-measured" in page
    assert "MARK-target 9" in page
    for hidden in ("MARK-baseline", "MARK-action", "MARK-cause", "Zimbabwe", SECRET):
        assert hidden not in page, hidden
    plan.refresh_from_db()
    client.post("/plan/1/public/", {"row_version": plan.row_version, "sure": "on"})
    plan.refresh_from_db()
    assert plan.public_content == content(plan)


def test_the_summary_is_public_only_where_the_company_chose_it(cast, plan, client):
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    keys = {"actor": cast.actor("editor"), "plan_id": plan.pk, "now": NOW}
    assert "Show the summary" not in client.get("/plan/1/public/choose/").content.decode()
    services.save_summary(summary=f"{SECRET} of our supplier", row_version=None, **keys)
    assert content(plan)["summary"] == "", "nothing of it is public unless it is chosen"
    Plan.objects.update(state="delivered")  # also after the plan was handed in
    assert "Show the summary" in client.get("/plan/1/public/choose/").content.decode()
    for chosen in ({"summary": "on"}, {}):
        version = Plan.objects.get().row_version
        page = client.post("/plan/1/public/choose/", {"row_version": version, **chosen}, follow=True).content.decode()
        assert (SECRET in page) == bool(chosen)


def test_a_summary_that_was_approved_before_one_could_choose_stays_public(plan, start):
    Plan.objects.filter(pk=plan.pk).update(summary="Words", public_content={"summary": "Words", "objectives": []})
    never = start(who="rival")
    Plan.objects.filter(pk=never.pk).update(summary="Never approved")
    move = import_module("toetssteen.plans.migrations.0003_written_once")
    move.keep_approved_summaries(apps, None)
    assert list(Plan.objects.order_by("pk").values_list("summary_is_public", flat=True)) == [True, False]


def test_a_plan_that_was_approved_in_the_earlier_form_still_reads(cast):
    old = {
        "language": "nl",
        "summary": "Words",
        "objectives": [
            {
                "theme": "ohs", "text": "Wet sawing", "indicator": "saws", "baseline": "20 %", "target": "80 %",
                "deadline": "2021-06-30",
                "actions": [
                    {"text": "Pay", "together": "individual", "due_on": None, "state": "done", "progress": 100}
                ],
            }
        ],
    }  # fmt: skip
    shown = presentation.public_content(old, pack_of(cast.years[1]), "en")["objectives"][0]
    assert shown["theme_name"] == "Occupational safety and health"
    assert (shown["measured"].is_given, shown["country_name"]) == (False, "")
    assert shown["actions"][0]["state_name"] == "Done"
    assert presentation.public_content({}, pack_of(cast.years[1]), "en") == {"objectives": []}


@pytest.mark.parametrize(
    ("said", "target", "bar"),
    [
        ("58 %", "100 %", ("58", "100", "100")),
        ("33", "100 %", ("33", "100", "100")),
        ("12", "4", ("12", "4", "12")),
        ("2", "12", ("2", "12", "12")),
        ("120 %", "100 %", ("120", "100", "120")),
        ("0", "0", None),
        ("3 saws", "100 %", None),
        ("many", "100 %", None),
        ("3 of 12", "12", ("3", "12", "12")),
        ("3 van 12", "9 van 12", ("3", "9", "12")),
        ("3 van 12", "100 %", ("25", "100", "100")),
        ("3 or 12", "12", None),
        ("-2", "3", None),
    ],
)
def test_a_bar_is_drawn_only_where_figures_allow_one(said, target, bar):
    found = measured(said, target, ()).bar
    assert (found and (str(found.value), str(found.need), str(found.of))) == bar


def test_a_year_without_a_reading_is_not_given_and_not_skipped_silently():
    rows = [{"span": "one", "said": "33 %"}, {"span": "two", "said": None}, {"span": "three", "said": "58 %"}]
    found = measured("20 %", "100 %", rows)
    assert (found.now, found.now_in, found.before, found.before_in) == ("58 %", "three", "33 %", "one")
    assert [row["said"] for row in found.rows] == ["33 %", None, "58 %"]
    nothing = measured("20 %", "100 %", [])
    assert (nothing.is_given, str(nothing.bar.value)) == (False, "20")
