"""The figures of a year that is published again, or beside another year: nothing about the few that came follows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.cast import NOW, Cast
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Assessment, Decision
from toetssteen.core.access import Audience
from toetssteen.insights.models import FigureSet
from toetssteen.insights.queries import figures
from toetssteen.insights.services import freeze_public_figures
from toetssteen.organisations.models import Organisation
from toetssteen.plans.models import Contribution
from toetssteen.reporting.choices import ReportState, SnapshotKind
from toetssteen.reporting.models import Report, Snapshot
from toetssteen.risks.models import Risk

LATER = NOW + dt.timedelta(days=30)
PUBLIC_ANYWAY = ("register", "none")


@dataclass
class Decided:
    """Companies with a final decision on their report, and publications of their figures."""

    cast: Cast
    made: int = 0

    def company(self) -> Organisation:
        self.made += 1
        reference = f"F{self.made:03}"
        return Organisation.objects.create(
            kind="company", reference=reference, name=f"Firma {reference}", country="NL", region="NL"
        )

    def report(
        self,
        known: int = 5,
        chains: int = 10,
        total: str = "50.00",
        meets: bool = True,
        actions: tuple[tuple[str, str], ...] = (),
        year: int = 1,
        at: dt.datetime = NOW,
        of: Organisation | None = None,
    ) -> Organisation:
        """One company of which this many of its chains are known down to the quarry."""
        company = of or self.company()
        report = Report.objects.create(
            organisation=company, year=self.cast.years[year], report_year=year, situation="C",
            state=ReportState.FINAL, due_on=NOW.date(), opened_at=NOW, submitted_at=NOW,
        )  # fmt: skip
        rows = [{"text": "x", "state": "done", "adds": kind, "shared": shared} for kind, shared in actions]
        content = {
            "report": {"report_year": year, "situation": "C"}, "facts": {"chains.count": chains}, "chains": [],
            "coverage": {"quarries": {"part": known, "whole": chains}},
            "proposal": {"checks": {"score": meets, "coverage": meets}}, "decision": {"extension_until": None},
            "score": {"groups": {}},
            "plan": {"delivered_on": None, "present": True, "objectives": [{"theme": "ohs", "actions": rows}]},
        }  # fmt: skip
        snapshot = Snapshot.objects.create(
            report=report, kind=SnapshotKind.DECISION, number=1, content=content, made_at=at
        )
        Decision.objects.create(
            assessment=Assessment.objects.create(report=report), number=1, kind=DecisionKind.FINAL, total=total,
            meets=meets, proposal="green", colour="green", reason="x", decided_at=at, snapshot=snapshot,
        )  # fmt: skip
        return company

    def publish(self, number: int, at: dt.datetime = NOW, year: int = 1) -> dict[str, dict[str, Any]]:
        actor = self.cast.actor("coordinator")
        frozen = freeze_public_figures(actor=actor, year_id=self.cast.years[year].pk, number=number, now=at)
        return {row["id"]: row for row in frozen.content}


@pytest.fixture
def decided(cast: Cast) -> Decided:
    return Decided(cast)


def guarded() -> set[str]:
    """The figures that are about companies and public nowhere else."""
    from toetssteen.covenant.queries import pack_of, years
    from toetssteen.insights.definitions import definitions
    from toetssteen.insights.earlier import is_guarded

    pack = pack_of(years()[0])
    return {d.id for d in definitions(pack) if d.public and d.year == 1 and is_guarded(d, pack)}


def test_who_got_more_time_does_not_follow_from_the_second_publication(decided: Decided, client: Client) -> None:
    """By hand: 21 companies know half of their chains, the 22nd knows all: 22 x 52.27 - 21 x 50 would be its 100."""
    for _n in range(21):
        decided.report()
    first = decided.publish(1)
    assert first["avg_quarries_known_y1"]["value"] == 50
    decided.report(known=10, total="90.00", meets=False, at=LATER)
    second = decided.publish(2, LATER)
    assert second["assessed_y1"]["value"] == 22, "how many reports were decided on stands in the register"
    assert second["avg_quarries_known_y1"]["value"] == 50
    assert len(guarded()) > 20
    for name in guarded() - {"complaints"}:
        before = {**first[name], "kept_until": NOW.isoformat()}
        assert second[name] == before or first[name]["status"] == "unknown", name
    everything = figures(1, Audience.SECRETARIAT, today=LATER.date())
    exact = next(f.plain for f in everything if f.id == "avg_quarries_known_y1")
    assert exact == 52.2727, "the secretariat sees all"
    for language, words in (("nl", "blijft staan zoals het toen is gepubliceerd"), ("en", "stays as it was published")):
        page = client.get("/figures/1/", headers={"accept-language": language}).content.decode()
        assert words in page
    for body in (client.get("/figures/1/figures.csv").content, client.get("/figures/1/figures.json").content):
        assert b"52" not in body.split(b"avg_quarries_known_y1")[1][:40]


def test_a_few_at_a_time_stay_few_together(decided: Decided) -> None:
    """Two, and two more: four companies since the first publication. With the fifth all figures are made anew."""
    for _n in range(21):
        decided.report()
    decided.publish(1)
    for number in (1, 2):
        at = NOW + dt.timedelta(days=30 * number)
        for _n in range(2):
            decided.report(known=10, at=at)
        assert decided.publish(number + 1, at)["avg_quarries_known_y1"]["value"] == 50
    decided.report(known=10, at=NOW + dt.timedelta(days=90))
    found = decided.publish(4, NOW + dt.timedelta(days=90))
    assert found["avg_quarries_known_y1"]["value"] == 60, "(21 x 50 + 5 x 100) / 26 = 59.6"
    assert "kept_until" not in found["avg_quarries_known_y1"]


def test_of_many_newcomers_no_small_part_follows(decided: Decided) -> None:
    """By hand: seven more were decided on, two of them in one band of scores: that band shows nothing more."""
    for number in range(24):
        decided.report(total="30.00" if number < 12 else "50.00")
    first = decided.publish(1)
    assert (first["score_band_20_40"]["value"], first["score_band_40_60"]["value"]) == (12, 12)
    for number in range(7):
        decided.report(total="30.00" if number < 2 else "50.00", at=LATER)
    second = decided.publish(2, LATER)
    assert second["score_band_20_40"]["status"] == "suppressed"
    assert second["score_band_40_60"]["status"] == "suppressed", "it would follow from the 31 that meet the year"
    assert second["meet_score_y1"]["value"] == 31


def test_the_same_figure_of_another_year_does_not_tell_either(decided: Decided) -> None:
    """Six contributed in year 1, the same six and one more in year 2."""
    firms = [decided.report(actions=(("new", ""),)) for _n in range(6)]
    assert decided.publish(1)["contributing_companies_y1"]["value"] == 6
    for firm in (*firms, decided.company()):
        decided.report(actions=(("new", ""),), of=firm, year=2)
    assert decided.publish(2, year=2)["contributing_companies_y2"]["status"] == "suppressed"


def test_the_same_figure_of_another_year_is_compared_with_what_stood_in_it(decided: Decided) -> None:
    """The seventh of year 1 was decided on later and its six stayed six; so the seven of year 2 would tell."""
    firms = [decided.report(actions=(("new", ""),)) for _n in range(6)]
    decided.publish(1)
    firms.append(decided.report(actions=(("new", ""),), at=LATER))
    assert decided.publish(2, LATER)["contributing_companies_y1"]["value"] == 6
    for firm in firms:
        decided.report(actions=(("new", ""),), of=firm, year=2, at=LATER)
    assert decided.publish(3, LATER, year=2)["contributing_companies_y2"]["status"] == "suppressed"


def test_a_number_that_rows_of_today_moved_by_few_stays(decided: Decided) -> None:
    """Nobody was decided on since, but one more company named a contribution: seven beside six, and 28 % beside 24."""
    firms = [decided.report() for _n in range(25)]

    def name(count: int) -> None:
        for firm in firms[:count]:
            Contribution.objects.get_or_create(organisation=firm, year_number=1, kind="merger")
            Risk.objects.get_or_create(organisation=firm, year_number=1, theme="ohs", is_actual=True)

    name(6)
    first = decided.publish(1)
    name(7)
    second = decided.publish(2, LATER)
    for figure in ("contributing_companies_y1", "companies_reporting_risks_y1", "share_reporting_risks_y1"):
        assert second[figure]["value"] == first[figure]["value"] != None, figure  # noqa: E711
    assert (first["share_reporting_risks_y1"]["value"], first["contributing_companies_y1"]["value"]) == (24, 6)
    name(11)
    assert decided.publish(3, LATER)["contributing_companies_y1"]["value"] == 11


def test_percentages_are_public_without_decimals(decided: Decided, client: Client) -> None:
    for number in range(7):
        decided.report(known=number, chains=9)
    row = decided.publish(1)["avg_quarries_known_y1"]
    assert (row["value"], type(row["value"])) == (33, int), "3 of 9 on average"
    decided.report(known=4, chains=9, year=2)
    rows = csv.DictReader(io.StringIO(client.get("/figures/1/figures.csv").content.decode()))
    for said in [row["value"] for row in rows if row["unit"] == "%"]:
        assert "." not in said
    found = json.loads(client.get("/figures/1/figures.json").content)["figures"]
    assert all(isinstance(row["value"], int | None) for row in found if row["unit"] == "%")


@pytest.mark.parametrize(("reporters", "shown"), [(4, None), (5, "child_labour")])
def test_the_theme_that_few_reported_is_not_named(decided: Decided, reporters: int, shown: str | None) -> None:
    firms = [decided.report() for _n in range(21)]
    for firm in firms[:reporters]:
        Risk.objects.create(organisation=firm, year_number=1, theme="child_labour", is_actual=True)
    assert decided.publish(1)["most_reported_theme_y1"]["value"] == shown
    everything = {f.id: f.plain for f in figures(1, Audience.SECRETARIAT, today=NOW.date())}
    assert everything["most_reported_theme_y1"] == "child_labour"


def test_contributions_come_from_plans_unless_they_were_recorded(decided: Decided) -> None:
    """By hand: three companies, two of them behind one action; then one company has a recorded contribution."""

    def counted() -> tuple[Any, ...]:
        found = {f.id: f.plain for f in figures(1, Audience.SECRETARIAT, today=NOW.date())}
        names = ("contributing_companies_y1", "contribution_answers_y1", "contributions_by_kind_y1")
        return tuple(found[name] for name in names)

    assert counted() == (0, 0, {})
    firm = decided.report(actions=(("new", ""), ("collective", "SA-1"), ("", "")))
    decided.report(actions=(("collective", "SA-1"),))
    decided.report(actions=(("strengthened", ""),))
    decided.report()
    assert counted() == (3, 3, {"collective": 1, "new": 1, "strengthened": 1})
    Contribution.objects.create(organisation=firm, year_number=1, kind="merger")
    assert counted() == (1, 1, {"merger": 1})


def test_publishing_takes_as_many_queries_after_one_publication_as_after_three(decided: Decided) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _n in range(6):
        decided.report()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            figures(1, Audience.PUBLIC, today=NOW.date())
        return len(found)

    decided.publish(1)
    one = queries()
    for number in (2, 3):
        decided.publish(number, LATER)
    assert FigureSet.objects.count() == 3
    assert queries() == one
