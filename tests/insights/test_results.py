"""Tables from risk to result: counted by hand, frozen with a publication, and without what few companies said."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.cast import NOW, Cast
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Assessment, Decision
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.pages import Refused
from toetssteen.insights.models import ResultSet
from toetssteen.insights.results import tables
from toetssteen.insights.results.presentation import page_of
from toetssteen.insights.results.queries import all_results, to_publish
from toetssteen.insights.results.sources import year_said
from toetssteen.insights.services import freeze_public_results
from toetssteen.organisations.models import Organisation
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.register import content as register_content
from toetssteen.register import services as register_services
from toetssteen.reporting.choices import ReportState, SnapshotKind
from toetssteen.reporting.models import Report, Snapshot
from toetssteen.risks.models import Risk

OUTSIDERS = ["visitor", "company_admin", "authority", "union", "committee"]
HARM = {"scale": 5, "scope": 5, "irremediable": 5, "likelihood": 5}


def risk(theme: str, country: str, actual: bool = False, **rated: int) -> dict[str, Any]:
    """A risk as a report freezes it."""
    return {"theme": theme, "country": country, "is_actual": actual, "description": "geheim", "sources": [], **rated}


def goal(theme: str, *actions: dict[str, Any], smart: bool = True, baseline: str = "10 %") -> dict[str, Any]:
    """A goal as a report freezes it."""
    return {
        "theme": theme, "text": "geheim doel", "is_smart": smart, "indicator": "aandeel", "baseline": baseline,
        "target": "80 %", "deadline": "2021-09-30", "evaluated_on": None, "actions": list(actions),
    }  # fmt: skip


def action(kind: str = "new", state: str = "in progress", shared: str = "", due: str = "2021-09-30") -> dict[str, Any]:
    """An action as a report freezes it."""
    return {
        "text": "geheime actie", "state": state, "progress": 10, "due_on": due, "adds": kind,
        "shared": shared, "has_proof": False,
    }  # fmt: skip


def result(theme: str, value: str | None = None, conclusion: str = "") -> dict[str, Any]:
    """What became of a goal, as a report freezes it."""
    readings = [{"value": value, "unit": "%", "measured_on": "2020-08-01"}] if value else []
    evaluation = {"conclusion": conclusion, "consultations": []} if conclusion else None
    years = [{"number": 1, "readings": readings}]
    return {"text": "geheim doel", "theme": theme, "in_plan": True, "years": years, "evaluation": evaluation}


class World:
    """Companies with a final decision on what they said."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.made = 0

    def company(self) -> Organisation:
        self.made += 1
        reference = f"R{self.made:03}"
        return Organisation.objects.create(
            kind="company", reference=reference, name=f"Firma {reference}", country="NL", region="NL"
        )

    def says(
        self,
        risks: Iterable[dict[str, Any]] | None = (),
        goals: Iterable[dict[str, Any]] = (),
        setback: str = "",
        results: Iterable[dict[str, Any]] = (),
        year: int = 1,
        of: Organisation | None = None,
        at: dt.datetime = NOW,
        final: bool = True,
    ) -> Organisation:
        """One company's report, handed in and decided on; risks of None: frozen before they were kept."""
        company = of or self.company()
        report = Report.objects.create(
            organisation=company, year=self.cast.years[year], report_year=year, situation="C",
            state=ReportState.FINAL, due_on=NOW.date(), opened_at=NOW, submitted_at=NOW,
        )  # fmt: skip
        goals = list(goals)
        content: dict[str, Any] = {
            "report": {"report_year": year, "situation": "C"}, "facts": {}, "coverage": {}, "chains": [],
            "proposal": {"checks": {}}, "decision": {"extension_until": None}, "score": {"groups": {}},
            "plan": {"delivered_on": None, "present": bool(goals), "summary": "", "objectives": goals},
            "results": {
                "goals": list(results),
                "year": {"setback_kind": setback, "consultations": []} if setback else None,
            },
        }  # fmt: skip
        if risks is not None:
            content["risks"] = {"rows": list(risks), "moves": [], "views": [], "ended": []}
        kind = SnapshotKind.DECISION if final else SnapshotKind.SUBMISSION
        snapshot = Snapshot.objects.create(report=report, kind=kind, number=1, content=content, made_at=at)
        if final:
            Decision.objects.create(
                assessment=Assessment.objects.create(report=report), number=1, kind=DecisionKind.FINAL, total="60.00",
                meets=True, proposal="green", colour="green", decided_at=at, snapshot=snapshot,
            )  # fmt: skip
        return company

    def complete(self, year: int = 1) -> dict[str, dict[str, dict[str, Any]]]:
        return by_name(all_results(self.cast.actor("assessor"), self.cast.years[year], today=NOW.date()))

    def public(self, year: int = 1) -> dict[str, dict[str, dict[str, Any]]]:
        return by_name(to_publish(self.cast.years[year], NOW.date()))

    def publish(self, year: int = 1, number: int = 1, now: dt.datetime = NOW) -> ResultSet:
        actor = self.cast.actor("coordinator")
        return freeze_public_results(actor=actor, year_id=self.cast.years[year].pk, number=number, now=now)


def by_name(content: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """table -> row ("" is the total) -> column -> number, or None when hidden."""
    return {
        table["id"]: {
            row["id"]: dict(zip([c["id"] for c in table["columns"]], row["cells"], strict=True))
            for row in table["rows"]
        }
        for table in content["tables"]
    }


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


@pytest.fixture
def lonely(world: World) -> World:
    """Nine companies say the same of India; one of them alone names Zimbabwe, and alone found harm there."""
    for number in range(9):
        said = [risk("ohs", "IN")]
        if number == 0:
            said.append(risk("forced_labour", "ZW", actual=True, **HARM))
        world.says(said, [goal("ohs", action())])
    return world


def test_every_table_as_counted_by_hand(world: World) -> None:
    """Two companies share one action, the third never began; one report is not decided on yet."""
    world.says(
        [risk("ohs", "IN", actual=True, **HARM), risk("ohs", "IN"), risk("child_labour", "")],
        [
            goal("ohs", action("collective", shared="SA-1"), action("new", "done")),
            goal("ohs", smart=False, baseline=""),
        ],
        setback="site_closed",
        results=[result("ohs", "40", "adapt"), result("ohs")],
    )
    world.says([risk("ohs", "CN")], [goal("ohs", action("collective", shared="SA-1", due="2020-01-01"))])
    world.says([], [goal("child_labour", action("strengthened", "not started"))], final=False)
    found = world.complete()
    assert found["risks_by_theme"]["ohs"] == {
        "companies": 2, "actual": 1, "potential": 2, "first": 1, "records": 3, "first_records": 1
    }  # fmt: skip
    assert found["risks_by_theme"][""]["companies"] == 2
    assert found["risks_by_theme"][""]["records"] == 4
    assert found["risks_by_country"]["IN"] == {"companies": 1, "actual": 1, "potential": 1, "records": 2}
    assert found["risks_by_country"]["other"]["companies"] == 1, "a risk without a country is not lost"
    assert found["risks_by_theme_and_country"]["ohs"] == {"CN": 1, "IN": 1, "other": 0, "companies": 2}
    assert found["goals_by_theme"]["ohs"] == {
        "companies": 2, "smart": 2, "baseline": 2, "evaluated": 0, "goals": 3, "smart_goals": 2,
        "smart_share": "66.7", "evaluated_goals": 0,
    }  # fmt: skip
    assert found["actions_by_theme"][""]["companies"] == 3
    assert (found["actions_by_theme"]["ohs"]["actions"], found["actions_by_theme"][""]["actions"]) == (2, 3)
    assert found["actions_by_theme"]["ohs"]["late"] == 1, "due before the year ended, and not done"
    assert found["actions_by_theme"]["child_labour"]["not_started"] == 1
    assert found["contributions"] == {
        "new": {"companies": 1, "initiatives": 1, "actions": 1},
        "strengthened": {"companies": 1, "initiatives": 1, "actions": 1},
        "collective": {"companies": 2, "initiatives": 1, "actions": 2},
    }
    progress = found["progress_of_goals"]["ohs"]
    assert (progress["companies"], progress["read"], progress["adapt"], progress["new"]) == (2, 1, 1, 0)
    assert (progress["goals"], progress["read_goals"]) == (2, 1)
    assert found["setbacks"]["site_closed"]["companies"] == 1


def test_the_past_comes_from_frozen_reports_and_older_ones_from_rows(world: World) -> None:
    frozen = world.says([risk("ohs", "IN")], [goal("ohs", action())])
    Risk.objects.create(organisation=frozen, year_number=1, theme="environment", country="TR", is_actual=True)
    old = world.says(None, [{**goal("ohs"), "actions": [{"text": "x", "state": "done", "progress": 100}]}])
    Risk.objects.create(organisation=old, year_number=1, theme="land_rights", country="TR", is_actual=True)
    plan = Plan.objects.create(organisation=old, year=world.cast.years[1])
    wanted = Objective.objects.create(plan=plan, theme="ohs", text="doel", is_smart=True)
    PlannedAction.objects.create(objective=wanted, text="x", state="done", contribution_type="new")
    content = all_results(world.cast.actor("assessor"), world.cast.years[1], today=NOW.date())
    assert content["from_rows"] == 1
    found = by_name(content)
    assert "TR" in found["risks_by_country"]
    assert found["risks_by_theme"]["environment"]["companies"] == 0, "what was frozen does not follow later rows"
    assert found["contributions"]["new"]["companies"] == 2


def test_what_one_company_said_alone_stands_nowhere(lonely: World, client: Client) -> None:
    """Neither its country nor a number, in no form of the page, for nobody but the secretariat."""
    lonely.publish()
    urls = ["/figures/1/results/", "/figures/1/results/?view=all", "/figures/1/results/?view=next"]
    urls += [f"/figures/1/results.{ending}" for ending in ("csv", "json", "xlsx")]
    for who in ("visitor", "company_admin", "union"):
        lonely.cast.sign_in(client, who)
        for url in urls:
            for language in ("nl", "en") if url.endswith("/") else ("nl",):
                response = client.get(url, headers={"accept-language": language})
                assert response.status_code == 200
                text = _text(response.content)
                assert "Zimbabwe" not in text
                assert '"ZW"' not in text
                assert "geheim" not in text
                assert "Firma" not in text
        assert client.get("/secretariat/figures/1/results.csv").status_code in (302, 404)
    found = by_name(ResultSet.objects.get().content)
    assert set(found["risks_by_country"]) == {"IN", "other", ""}
    assert found["risks_by_country"]["other"]["companies"] is None
    assert found["risks_by_theme"]["forced_labour"]["companies"] is None
    assert found["risks_by_theme"][""] == {"companies": 9, "actual": None, "potential": 9, "first": None}
    lonely.cast.sign_in(client, "assessor")
    assert "Zimbabwe" in client.get("/figures/1/results/?view=all").content.decode()
    assert "ZW" in client.get("/secretariat/figures/1/results.csv").content.decode()


def _text(body: bytes) -> str:
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    return body.decode()


def test_files_hold_what_the_page_holds(lonely: World, client: Client) -> None:
    lonely.publish()
    rows = list(csv.DictReader(io.StringIO(client.get("/figures/1/results.csv").content.decode())))
    cells = {(row["table"], row["row"], row["column"]): row for row in rows}
    assert cells["risks_by_theme", "ohs", "companies"]["value"] == "9"
    hidden = cells["risks_by_theme", "forced_labour", "companies"]
    assert (hidden["value"], hidden["status"]) == ("", "suppressed")
    assert cells["risks_by_theme", "total", "companies"]["companies_in_all"] == "9"
    found = json.loads(client.get("/figures/1/results.json").content)
    assert found["licence"] == "CC BY 4.0"
    assert found["threshold"] == 5
    assert len(found["cells"]) == len(rows)
    page = client.get("/figures/1/results/", headers={"accept-language": "en"}).content.decode()
    assert "fewer than 5 companies" in page
    assert "Of 9 companies" in page


@pytest.mark.parametrize("who", OUTSIDERS)
def test_before_publication_only_the_secretariat_sees_anything(lonely: World, client: Client, who: str) -> None:
    lonely.cast.sign_in(client, who)
    for url in ("results/", "results/?view=all", "results/?view=next", "results.csv", "results.json", "results.xlsx"):
        response = client.get(f"/figures/1/{url}")
        assert response.status_code == 404
        assert "9" not in response.content.decode().split("<main")[-1].split("</main")[0]
    with pytest.raises(Refused):
        all_results(lonely.cast.actor(who), lonely.cast.years[1], today=NOW.date())
    with pytest.raises(Refused):
        freeze_public_results(actor=lonely.cast.actor(who), year_id=lonely.cast.years[1].pk, number=1, now=NOW)


def test_a_second_year_does_not_tell_who_came(world: World) -> None:
    """Six companies named a theme in year 1; in year 2 the same six and one newcomer: 7 - 6 would be that one."""
    firms = [world.says([risk("ohs", "IN")]) for _n in range(6)]
    assert world.public()["risks_by_theme"]["ohs"]["companies"] == 6
    world.publish(1)
    for firm in (*firms, world.company()):
        world.says([risk("ohs", "IN")], year=2, of=firm)
    assert world.public(2)["risks_by_theme"]["ohs"]["companies"] is None
    hidden = world.public(2)
    assert hidden["risks_by_country"]["IN"]["companies"] is None
    assert hidden["risks_by_theme"][""]["companies"] == 7, "how many reported risks is a figure of the covenant"
    assert hidden["risks_by_theme"]["child_labour"]["companies"] is None, "were all others 0, it would follow from 7"
    for _n in range(4):
        world.says([risk("ohs", "IN")], year=2)
    assert world.public(2)["risks_by_theme"]["ohs"]["companies"] == 11, "five newcomers are enough"


def test_a_third_year_does_not_tell_what_the_second_hid(world: World) -> None:
    """Year 1 shows six, year 2 hides seven; in year 3 the same seven beside the six of year 1 would be the newcomer."""
    firms = [world.says([risk("ohs", "IN")]) for _n in range(6)]
    world.publish(1)
    firms.append(world.company())
    for number in (2, 3):
        for firm in firms:
            world.says([risk("ohs", "IN")], year=number, of=firm)
        assert world.public(number)["risks_by_theme"]["ohs"]["companies"] is None
        assert world.public(number)["risks_by_country"]["IN"]["companies"] is None
        world.publish(number)


def test_an_earlier_year_published_again_does_not_tell_what_later_years_hid(world: World) -> None:
    firms = [world.says([risk("ohs", "IN")]) for _n in range(7)]
    for firm in firms[:6]:
        world.says([risk("ohs", "IN")], year=3, of=firm)
    world.publish(3)
    assert world.public(1)["risks_by_theme"]["ohs"]["companies"] is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_two_publications_together_tell_of_fewer_than_five(world: World, seed: int) -> None:
    """The attacker knows which companies joined when, and subtracts any two numbers that were ever published.

    What he may find is about five or more, or about companies of which some came and others went.
    """
    chance = random.Random(seed)
    themes = ("ohs", "child_labour", "land_rights")
    firms = [world.company() for _n in range(18)]
    likes = {firm.pk: {theme for theme in themes if chance.random() < 0.7} or {"ohs"} for firm in firms}
    decided: list[tuple[int, int, dt.datetime]] = []
    moments: dict[int, dt.datetime] = {}
    for number in (1, 2, 3):
        members = firms[: 8 + 3 * number]
        for at, group in ((NOW, members[:-2]), (NOW + dt.timedelta(days=9), members[-2:])):
            for firm in group:
                if chance.random() < 0.1:
                    likes[firm.pk] ^= {chance.choice(themes)}
                world.says([risk(theme, "IN") for theme in likes[firm.pk]], year=number, of=firm, at=at)
                decided.append((number, firm.pk, at))
            made = world.publish(number, number=len(moments) + 1, now=at)
            first = next((pk for pk, one in sets(number) if one == made.content), made.pk)
            moments[made.pk] = moments.get(first, at)
    said = {(number, pk): themes_of(number, pk) for number, pk, _at in decided}
    shown: list[tuple[str, int, frozenset[int]]] = []
    for made in ResultSet.objects.order_by("pk"):
        until = moments[made.pk]
        for theme in themes:
            who = frozenset(
                pk for n, pk, at in decided if n == made.year.number and at <= until and theme in said[n, pk]
            )
            number = by_name(made.content)["risks_by_theme"][theme]["companies"]
            if number is not None:
                assert number == len(who)
                shown.append((theme, number, who))
    assert shown
    for one, first, few in shown:
        for other, second, many in shown:
            if one == other and few < many:
                assert second - first >= 5, (one, few, many)


def sets(number: int) -> list[tuple[int, Any]]:
    return list(ResultSet.objects.filter(year__number=number).order_by("pk").values_list("pk", "content"))


def themes_of(number: int, company: int) -> set[str]:
    content = Snapshot.objects.get(report__year__number=number, report__organisation_id=company).content
    return {row["theme"] for row in content["risks"]["rows"]}


def test_publishing_again_does_not_tell_what_was_added(world: World) -> None:
    """While fewer than five came, everything stays: a seven beside the six tells, and so does a six that stays six."""
    for _n in range(6):
        world.says([risk("ohs", "IN")])
    before = world.publish()
    for day, more in ((30, 1), (60, 3)):
        for _n in range(more):
            world.says([risk("ohs", "IN"), risk("child_labour", "CN")], at=NOW + dt.timedelta(days=day))
        made = world.publish(number=day, now=NOW + dt.timedelta(days=day))
        assert made.content == before.content, "counted from the first publication on: one, then four in all"
    world.says([risk("ohs", "IN")], at=NOW + dt.timedelta(days=90))
    found = world.public()
    assert found["risks_by_theme"]["ohs"]["companies"] == 11, "five came: nothing is about fewer"
    assert found["risks_by_theme"]["child_labour"]["companies"] is None
    said = year_said(world.cast.years[1], pack_of(world.cast.years[1]), NOW.date())
    assert len(said.decided(NOW).companies) == 6
    assert tables.public(said)["companies"] == 11


def test_an_action_that_several_do_together_counts_once(world: World) -> None:
    """By hand: two companies behind one action, on two themes; it is done only when both say so."""
    world.says([], [goal("ohs", action("collective", "done", shared="SA-1"), action(state="done"))])
    world.says([], [goal("child_labour", action("collective", "done", shared="SA-1"))])
    world.says([], [goal("ohs", action("collective", "done", shared="SA-2"))])
    world.says([], [goal("ohs", action("collective", "in progress", shared="SA-2"))])
    found = world.complete()["actions_by_theme"]
    assert (found["ohs"]["actions"], found["ohs"]["done_actions"]) == (3, 2)
    assert (found["child_labour"]["actions"], found["child_labour"]["done_actions"]) == (1, 1)
    assert (found[""]["actions"], found[""]["done_actions"]) == (3, 2)


def test_initiatives_of_few_companies_are_hidden(world: World) -> None:
    """How many companies contributed may be shown however few; what each of them did may not."""
    firms = [world.says([], [goal("ohs", action("new"))]) for _n in range(6)]
    world.says([], [goal("ohs", action("strengthened"), action("strengthened"))], of=firms[0], year=2)
    found = world.public()["contributions"]
    assert found["new"] == {"companies": 6, "initiatives": 6}
    assert found["collective"] == {"companies": 0, "initiatives": 0}
    assert world.public(2)["contributions"]["strengthened"] == {"companies": 1, "initiatives": None}
    world.publish(1)
    for firm in (*firms[1:], world.company()):
        world.says([], [goal("ohs", action("new"))], of=firm, year=2)
    for firm in (*firms, world.company()):
        world.says([], [goal("ohs", action("new"))], of=firm, year=3)
    assert world.public(3)["contributions"]["new"] == {"companies": 7, "initiatives": None}, "7 - 6 is what one did"


@pytest.mark.parametrize(
    ("language", "words"), [("nl", ("ingeleverd", "beoordeeld")), ("en", ("handed in", "decided on"))]
)
def test_the_page_says_whose_reports_count(
    lonely: World, client: Client, language: str, words: tuple[str, str]
) -> None:
    """The public page counts reports with a decision; that of the secretariat everything that was handed in."""
    lonely.publish()
    handed_in, decided = words
    beside = {"headers": {"accept-language": language}}
    text = client.get("/figures/1/results/", **beside).content.decode().split('class="card')[0]
    assert decided in text.split("</nav>")[-1]
    assert handed_in not in text.split("</nav>")[-1]
    lonely.cast.sign_in(client, "assessor")
    text = client.get("/figures/1/results/?view=all", **beside).content.decode()
    assert handed_in in text


def test_the_preview_is_what_becomes_public(lonely: World, client: Client) -> None:
    year, coordinator = lonely.cast.years[1], lonely.cast.actor("coordinator")
    digest = register_services.digest_of(register_content.build(year, NOW.date()))
    lonely.says([risk("ohs", "IN")] * 2)
    with pytest.raises(Refused, match=r"Something changed|veranderd|gewijzigd"):
        register_services.publish(actor=coordinator, year_id=year.pk, expected_digest=digest, now=NOW)
    assert not ResultSet.objects.exists()
    lonely.cast.sign_in(client, "coordinator")
    assert "/figures/1/results/?view=next" in client.get("/publication/1/").content.decode()
    shown = client.get("/figures/1/results/?view=next").context["page"]
    digest = register_services.digest_of(register_content.build(year, NOW.date()))
    register_services.publish(actor=coordinator, year_id=year.pk, expected_digest=digest, now=NOW)
    assert client.get("/figures/1/results/").context["page"] == shown
    with pytest.raises(DatabaseError), transaction.atomic():
        ResultSet.objects.update(number=9)


def test_nothing_said_is_said_in_words(world: World, client: Client) -> None:
    world.cast.sign_in(client, "assessor")
    page = client.get("/figures/1/results/", headers={"accept-language": "en"}).content.decode()
    assert "No report of this year was handed in yet." in page
    world.says([], [])
    page = client.get("/figures/1/results/?view=next", headers={"accept-language": "en"}).content.decode()
    assert "None of the reports of this year holds this." in page
    assert "suppressed" not in page


def test_as_many_queries_for_one_company_as_for_ten(world: World, client: Client) -> None:
    world.cast.sign_in(client, "assessor")
    world.says([risk("ohs", "IN")], [goal("ohs", action())])

    def queries() -> int:
        from django.core.cache import cache

        cache.clear()
        with CaptureQueriesContext(connection) as found:
            client.get("/figures/1/results/?view=all")
            client.get("/figures/1/results/?view=next")
        return len(found)

    queries()
    one = queries()
    for _n in range(9):
        world.says([risk("ohs", "IN")], [goal("ohs", action())])
    assert queries() == one


@pytest.mark.parametrize(("shown", "all_hidden"), [(None, True), (0, True), (5, False)])
def test_a_table_without_any_number_says_so_in_a_sentence(shown: int | None, all_hidden: bool) -> None:
    words = {f"{name}_en": name for name in ("title", "definition", "denominator", "head")}
    columns = [{"id": "companies", "en": "Companies"}, {"id": "actual", "en": "with actual harm"}]
    rows = [{"id": "ohs", "en": "Safety", "cells": [None, 0]}, {"id": "", "en": "All", "cells": [None, shown]}]
    table = {"id": "risks_by_theme", **words, "columns": columns, "rows": rows}
    with translation.override("en"):
        page = page_of({"tables": [table], "companies": 9, "threshold": 5, "as_of": "2024-02-15"})
    assert page.tables[0].is_all_hidden is all_hidden


def test_rows_without_a_number_are_told_together() -> None:
    words = {f"{name}_en": name for name in ("title", "definition", "denominator", "head")}
    columns = [{"id": "companies", "en": "Companies"}, {"id": "actual", "en": "with actual harm"}]
    cells = {"ohs": [6, None], "child_labour": [None, None], "environment": [0, 0], "informal": [None, None]}
    rows = [{"id": key, "en": key, "cells": found} for key, found in cells.items()]
    rows.append({"id": "", "en": "All", "cells": [None, None]})
    table = {"id": "risks_by_theme", **words, "columns": columns, "rows": rows}
    with translation.override("en"):
        shown = page_of({"tables": [table], "companies": 9, "threshold": 5, "as_of": "2024-02-15"}).tables[0]
    assert [row.name for row in shown.rows] == ["ohs", "All"]
    assert shown.unsaid == ("child_labour", "informal")
    assert shown.hidden == 7
