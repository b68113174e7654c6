"""What an approved plan says of measured values: a figure that every reader gets in the own language."""

from __future__ import annotations

from django.utils import translation

from tests.evaluation.conftest import LAST, NOW
from toetssteen.covenant.queries import pack_of
from toetssteen.plans import presentation, queries, services
from toetssteen.plans.public import content_of, says_the_same


def test_an_approval_freezes_figures_and_not_the_language_of_who_approved(cast, line, note):
    goal = line(years=(LAST,), baseline="1.000 euro", target="90.000 euro")[0]
    note(goal, "12345.5")
    plan, pack = goal.plan, pack_of(cast.years[LAST])

    def whole():
        return queries.plan_of(plan.organisation_id, plan.year_id)

    with translation.override("nl"):
        version = whole().row_version
        approved = services.approve_public_plan(
            actor=cast.actor("company_admin"), plan_id=plan.pk, row_version=version, now=NOW
        ).public_content
        assert (
            presentation.public_content(approved, pack, "nl")["objectives"][0]["measured"].now == "12.345,5\u00a0euro"
        )
    shown = presentation.public_content(approved, pack, "en")["objectives"][0]["measured"]
    assert shown.now == "12,345.5\u00a0euro"
    assert str(shown.bar.value) == "12345.5"  # a thousand in English words would not be read as a number
    assert approved["objectives"][0]["values"] == [
        {"year": LAST, "span": "2021-2022", "value": "12345.5", "unit": "euro"}
    ]
    assert presentation.public_state(whole(), content_of(whole()))["changed"] is False


def test_an_earlier_form_in_the_words_of_who_approved_still_reads_and_is_no_change(cast, line, note):
    goal = line(years=(LAST,))[0]
    note(goal, 58)
    plan = queries.plan_of(goal.plan.organisation_id, goal.plan.year_id)
    now = content_of(plan)
    frozen = {**now, "objectives": [{**now["objectives"][0]}]}
    frozen["objectives"][0]["values"] = [{"year": LAST, "span": "2021-2022", "said": "58\u00a0%"}]
    assert says_the_same(frozen, now)
    plan.public_content = frozen
    assert presentation.public_state(plan, now)["changed"] is False
    shown = presentation.public_content(frozen, pack_of(cast.years[LAST]), "en")["objectives"][0]["measured"]
    assert (shown.now, str(shown.bar.value)) == ("58\u00a0%", "58")
    frozen["objectives"][0]["values"][0]["said"] = "57\u00a0%"
    assert not says_the_same(frozen, now)
    assert not says_the_same({**now, "summary": "Other words"}, now)
