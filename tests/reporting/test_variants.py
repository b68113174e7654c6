"""The lighter profile: off until it is decided, granted one by one, scored by hand, answers only suggested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, PEOPLE, TODAY, Cast, raw_pack
from tests.reporting import world
from toetssteen.core.frameworks import load_pack
from toetssteen.core.scoring import asked, score
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.reporting import permissions, queries, services, variants
from toetssteen.reporting.choices import CaseState
from toetssteen.reporting.facts import facts_of
from toetssteen.reporting.models import Answer, Report, VariantCase, VariantYear

LIGHT = "trustone-2019-small"
WHY = "Steering group, minutes of 12 October, item 4."


def adopt(cast: Cast, who: str = "coordinator", year: int = 1) -> VariantYear:
    return services.adopt_variant(
        actor=cast.actor(who), year_id=cast.years[year].pk, variant=LIGHT, adopted_on=dt.date(2020, 10, 12),
        reason=WHY, today=TODAY, now=NOW,
    )  # fmt: skip


def ask(cast: Cast, who: str = "editor", staff: str = "4.5") -> VariantCase:
    actor = cast.actor(who)
    return services.ask_variant(
        actor=actor, organisation_id=actor.organisation_id or 0, year_id=cast.years[1].pk, staff_fte=Decimal(staff),
        now=NOW,
    )  # fmt: skip


def decide(cast: Cast, case: VariantCase, granted: bool = True, who: str = "assessor") -> VariantCase:
    return services.decide_variant(
        actor=cast.actor(who), case_id=case.pk, granted=granted, reason="Small and willing.", row_version=None, now=NOW
    )


def test_points_by_hand() -> None:
    """Policy: 22 points of the merged question and 8 of 1.1.2 are 30, since 1.1.5 is dropped: 22/30 of 9 is 6.60.

    In the whole questionnaire the same three answers give 22 of 36: 5.50.
    """
    pack = load_pack(raw_pack())
    light = score(pack, "C", {"q-s-1-1-a": "fully"}, {}, LIGHT)
    assert (light.groups["g-1-1"].earned, light.groups["g-1-1"].possible) == (22, 30)
    assert light.group_rounded("g-1-1") == Decimal("6.60")
    whole = score(pack, "C", dict.fromkeys(("q-1-1-01", "q-1-1-03", "q-1-1-04"), "fully"), {})
    assert whole.group_rounded("g-1-1") == Decimal("5.50")
    assert light.groups["g-1-1"].weight == whole.groups["g-1-1"].weight == 9
    # 2.1.6 goes only when no chain has much hand work; 2.3.4 only when the company takes part in a project.
    facts = {"chains.hand_work_count": 0, "projects.joined_count": 1}
    gone = {q.id for q in asked(pack, "C", 5, {}, LIGHT)} - {q.id for q in asked(pack, "C", 5, facts, LIGHT)}
    assert gone == {"q-2-1-06", "q-2-3-04"}


def test_it_is_off_until_a_coordinator_records_the_decision(cast: Cast, at: Callable[..., Any]) -> None:
    assert at().get("/reports/light-profile/").status_code == 404
    with pytest.raises(ValidationError, match="No lighter profile is tried"):
        ask(cast)
    for name in ("assessor", "operator", "company_admin"):
        with pytest.raises(Refused):
            adopt(cast, name)
    adopt(cast)
    with pytest.raises(ValidationError, match="already"):
        adopt(cast)
    page = at().get("/reports/light-profile/").content.decode()
    assert "This is a proposal." in page
    assert "fewer than 10 full-time staff" in page.lower()
    assert "every second year" not in page  # nobody settled that, so it is not promised
    assert at("euro").get("/reports/light-profile/").status_code == 404  # type B has no lighter form
    event = AuditEvent.objects.get(verb="reporting.adopt_variant")
    assert event.detail["adopted_on"] == "2020-10-12"


def test_a_company_asks_and_the_secretariat_decides_with_what_is_known(cast: Cast, at: Callable[..., Any]) -> None:
    for country in ("IN", "CN", "NL"):
        world.chain(cast, "mason", extraction_country=country, processing_country=country, share_of_volume=None)
    adopt(cast)
    at().post("/reports/light-profile/", {"staff_fte": "4.5"})
    case = VariantCase.objects.get()
    assert (case.staff_fte, case.state) == (Decimal("4.5"), CaseState.ASKED)
    known = variants.known_of(case.organisation_id, cast.years[1], pack_of(cast.years[1]), case.staff_fte)
    assert known == {"staff_fte": Decimal("4.5"), "chains_non_eea": 2, "actual_severe_harm_open": 0}
    found = variants.checks(pack_of(cast.years[1]).variants[LIGHT], known)
    assert [check.met for check in found] == [True, True, True]
    too_many = variants.checks(pack_of(cast.years[1]).variants[LIGHT], {**known, "staff_fte": Decimal(10)})
    assert not variants.all_met(too_many)
    report = world.open_report(cast)
    assert report.variant == ""
    page = at("assessor").get(f"/secretariat/light-profile/{case.pk}/").content.decode()
    assert "all conditions are met" in page
    assert "Not so: there is an open file on actual severe harm" in page
    assert "May a report be full every second year" in page
    at("assessor").post(
        f"/secretariat/light-profile/{case.pk}/", {"granted": "yes", "reason": "Small.", "row_version": "1"}
    )
    report.refresh_from_db()
    assert report.variant == LIGHT
    event = AuditEvent.objects.get(verb="reporting.decide_variant")
    assert event.detail["conditions_met"] is True
    assert event.detail["known"]["chains_non_eea"] == "2"
    own = at().get("/reports/light-profile/").content.decode()
    assert "Small." in own
    assert "Small." not in at("rival").get("/reports/light-profile/").content.decode()


def test_answers_of_the_whole_questionnaire_are_only_suggested(cast: Cast, at: Callable[..., Any]) -> None:
    world.chain(cast, "mason")
    report = world.open_report(cast)
    for question, level in (("q-1-1-01", "fully"), ("q-1-1-03", "partly"), ("q-1-1-04", "largely")):
        world.answer(cast, report, question, level, text=f"Words of {question}")
    adopt(cast)
    decide(cast, ask(cast))
    report.refresh_from_db()
    merged = Answer.objects.get(report=report, question="q-s-1-1-a")
    assert (merged.level, merged.needs_confirmation) == ("partly", True)  # the lowest of the three, to be looked at
    assert "Words of q-1-1-01" in merged.text
    numbers = {line.id for step in queries.question_lines(report) for p in step.parts for line in p.questions}
    assert "q-s-1-1-a" in numbers
    assert not {"q-1-1-01", "q-1-1-03", "q-1-1-04", "q-1-1-05"} & numbers
    stops = [f.place_id for f in queries.findings(report) if f.code == "unconfirmed"]
    assert "q-s-1-1-a" in stops
    page = at().get(f"/reports/{report.pk}/questions/q-s-1-1-a/").content.decode()
    assert "Words of q-1-1-03" in page
    # The secretariat changes its mind: nothing that was answered is lost.
    decide(cast, VariantCase.objects.get(), granted=False)
    report.refresh_from_db()
    assert report.variant == ""
    assert Answer.objects.get(report=report, question="q-1-1-01").text == "Words of q-1-1-01"


def test_a_new_report_starts_light_and_is_frozen_light(cast: Cast) -> None:
    world.chain(cast, "mason")
    adopt(cast)
    decide(cast, ask(cast))
    report = world.open_report(cast)
    assert report.variant == LIGHT
    assert world.open_report(cast, who="rival").variant == ""
    pack = pack_of(report.year)
    for question in asked(pack, "C", 1, facts_of(report, pack), LIGHT):
        world.answer(cast, report, question.id, "largely", text="As agreed.")
    snapshot = world.submit(cast, report)
    assert snapshot.content["report"]["variant"] == LIGHT
    with pytest.raises(ValidationError, match="handed in"):
        decide(cast, VariantCase.objects.get(), granted=False)
    services.end_variant(actor=cast.actor("coordinator"), year_id=cast.years[1].pk, now=NOW)
    assert Report.objects.get(pk=report.pk).variant == LIGHT


@pytest.mark.parametrize("name", [*PEOPLE, "visitor"])
def test_rows_and_verdicts_agree(cast: Cast, name: str) -> None:
    adopt(cast)
    case, actor = ask(cast), cast.actor(name)
    seen = permissions.visible_variant_cases(actor)
    assert (case in seen) == bool(permissions.can_view_variant_case(actor, case))
    assert (case in seen) == (name in {"company_admin", "editor", "reader", "assessor", "coordinator"})
    if name not in {"assessor", "coordinator"}:
        with pytest.raises(Refused):
            decide(cast, case, who=name)
