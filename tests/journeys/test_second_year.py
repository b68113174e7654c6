"""A company with twenty chains and a good year 1 files its year 2, and everything it has to enter is counted.

An entry is one thing that a person enters: a word or number typed into a field, a choice made in a list, a box ticked
or unticked, a file chosen. Each press of a button that sends a form is one entry more. Following a link is none. What
stands on the form already (a hidden value, a day of today, a box that is ticked) is none, as long as it is left as it
is. The forms are read from the pages as they are shown, and posted with what stands on them, as a browser does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from tests.cast import NOW, Cast
from tests.reporting import world
from tests.reporting.conftest import PDF
from toetssteen.reporting import queries, ways
from toetssteen.reporting.models import Answer, Report
from toetssteen.risks.models import Risk

MOST = 60
LATER = dt.date(2021, 11, 15)


@dataclass
class Form:
    """A form as it stands on a page: where it goes, what stands on it, and what can be chosen."""

    action: str = ""
    method: str = "get"
    data: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """All forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._select = self._area = ""
        self._first = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(at.get("action", ""), at.get("method", "get").lower())
            self.found.append(self._form)
        if self._form is None or not (at.get("name") or tag == "option"):
            return
        form, name = self._form, at.get("name", "")
        if tag == "input" and at.get("type") not in ("submit", "button"):
            form.names.add(name)
            if at.get("type") == "hidden":
                form.hidden.add(name)
            if at.get("type") in ("radio", "checkbox"):
                form.options.setdefault(name, set()).add(at.get("value", "on"))
                if "checked" in at:
                    form.data.setdefault(name, []).append(at.get("value", "on"))
            elif at.get("type") != "file":
                form.data.setdefault(name, []).append(at.get("value", ""))
        elif tag == "select":
            form.names.add(name)
            self._select, self._first = name, True
        elif tag == "textarea":
            form.names.add(name)
            self._area = name
            form.data[name] = [""]
        elif tag == "option" and self._select:
            form.options.setdefault(self._select, set()).add(at.get("value", ""))
            if "selected" in at or self._first:
                form.data[self._select] = [at.get("value", "")]
            self._first = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.data[self._area][0] += data.removeprefix("\n")


@dataclass
class Filer:
    """Somebody at a company who fills in forms, with everything entered counted per page."""

    browser: Client
    entries: list[tuple[str, int]] = field(default_factory=list)
    pages: int = 0

    @property
    def total(self) -> int:
        return sum(count for _where, count in self.entries)

    def see(self, where: str) -> str:
        """Open a page."""
        self.pages += 1
        answer = self.browser.get(where, follow=True)
        assert answer.status_code == 200, where
        return answer.content.decode()

    def send(self, where: str, action: str = "", **entered: Any) -> str:
        """Fill in one form of a page and send it; `entered` is what a person enters, by the end of the field's name.

        Without a field of that name, or with a choice that is not offered, the journey stops.
        """
        page = self.see(where)
        forms = [f for f in Forms(page).found if f.method == "post" and not f.action.startswith("/language/")]
        fitting = [f for f in forms if (f.action or where).endswith(action or where) and self._fits(f, entered)]
        assert fitting, (where, action, entered, [(f.action, sorted(f.names)) for f in forms])
        form, data = fitting[0], dict(fitting[0].data)
        for ending, value in entered.items():
            name = self._name(form, ending)
            assert name not in form.hidden, f"{name} is hidden: nobody can enter it"
            if name in form.options:
                assert str(value) in form.options[name], (name, value, form.options[name])
            data[name] = value if isinstance(value, list | SimpleUploadedFile) else [str(value)]
        self.entries.append((f"{where} {', '.join(entered) or 'press'}", len(entered) + 1))
        answer = self.browser.post(form.action or where, data)
        assert answer.status_code == 302, (where, "".join(answer.content.decode().split('class="errors"')[1:])[:600])
        return answer["Location"]

    def _fits(self, form: Form, entered: dict[str, Any]) -> bool:
        return all(self._name(form, ending) for ending in entered)

    def _name(self, form: Form, ending: str) -> str:
        wanted = ending.replace("__", "-")
        return next((n for n in sorted(form.names) if n == wanted or n.endswith(f"-{wanted}")), "")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def good_first_year(cast: Cast) -> None:
    """Twenty chains, of which nine quarries known; a report with everything that year 1 asks, and its plan."""
    from tests.assessment import world as desk
    from toetssteen.plans import services as planning

    for n in range(20):
        known = 4 if n < 9 else 3 if n < 15 else 1
        world.chain(
            cast, "mason", known=known, share_of_volume=5, trade_name=f"Stone {n + 1}",
            extraction_country=("IN", "CN", "VN")[n % 3], processing_country=("IN", "CN", "VN")[n % 3],
        )  # fmt: skip
    actor, mason = cast.actor("editor"), cast.organisations["mason"]
    risks = [
        Risk.objects.create(
            organisation=mason, year_number=1, theme=theme, is_actual=False, scale=4, scope=3, irremediable=4,
            likelihood=3, severity_reason="Seen on a visit in June.", country="IN",
        )
        for theme in ("child-labour", "osh", "living-wage")
    ]  # fmt: skip
    plan = planning.start_plan(actor=actor, organisation_id=mason.pk, year_id=cast.years[1].pk, now=NOW)
    pack_themes = {theme.id for theme in queries.pack_of(cast.years[1]).themes}
    for risk in risks:
        if risk.theme not in pack_themes:
            risk.theme = sorted(pack_themes)[0]
            risk.save()
        goal = planning.save_objective(
            actor=actor, plan_id=plan.pk, objective_id=None, row_version=None, now=NOW,
            data=planning.ObjectiveData(
                text="All saws at our three suppliers run with water.", theme=risk.theme, indicator="saws with water",
                baseline="2 of 6", target="6 of 6", deadline=dt.date(2022, 9, 30), risk_id=risk.pk,
            ),
        )  # fmt: skip
        planning.save_action(
            actor=actor, plan_id=plan.pk, objective_id=goal.pk, action_id=None, row_version=None, now=NOW,
            data=planning.ActionData(
                text="Pay for the pumps together.", owner="owner", means="500 euro", due_on=dt.date(2022, 6, 30)
            ),
        )  # fmt: skip
    report = world.open_report(cast)
    world.answer_all(cast, report, "fully")
    Answer.objects.filter(report=report, question="q-1-1-02").update(value="all")
    world.submit(cast, report)
    desk.take(cast, report)
    desk.score_all(cast, report, "fully", "Well done.")
    desk.provisional(cast, report)
    desk.decide(cast, report)


def test_year_two_is_filed_with_at_most_sixty_entries(
    cast: Cast, client: Client, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    good_first_year(cast)
    assert Report.objects.get().state == "final"
    settings.DEMO_TODAY = LATER.isoformat()
    browser = cast.sign_in(client, "editor")
    browser.cookies["language"] = "en"
    filer = Filer(browser)

    # It starts: what is known is there.
    where = filer.send("/reports/")
    report = Report.objects.get(year=cast.years[2])
    base = f"/reports/{report.pk}/"
    assert where == base
    assert "Look at 5 answers of last year and the rest of 1.1 together" in filer.see(base)

    # Its chains are right, but for one quarry that a supplier named; it looked at the risks of all.
    chain = next(c for c in queries_chains(cast) if c.trade_name == "Stone 10")
    filer.send(
        f"/chains/{chain.pk}/level/quarries/", state="known", name="Quarry at Kota 7", place="Kota", country="IN"
    )
    filer.send("/chains/checked/")
    filer.send("/chains/risk-scan/")

    # Last year's risks and goals go on as they were.
    filer.send("/risks/years/2/carry/")
    filer.send("/plan/2/", action="/plan/2/")
    filer.send("/plan/2/", action="/goals/confirm/")

    # It tells where the public can read about it.
    filer.send(
        "/public-reports/", title="Our stone in 2021", published_on="2021-09-01",
        address="https://www.mason.example/stone",
    )  # fmt: skip

    # Steps 1: last year's answers still hold, one press for each part.
    for part in ("1.1", "1.2"):
        filer.send(f"{base}parts/{part}/")

    # What is new in year 2.
    filer.send(f"{base}parts/2.1/", **{"q__2__1__06__level": "largely", "q__2__1__06__text": "Two home units, named."})
    filer.send(
        f"{base}parts/2.2/",
        **{
            "q__2__2__02__level": "largely", "q__2__2__02__text": "A union in Kota, and a report of 2020.",
            "q__2__2__03__level": "partly", "q__2__2__03__text": "Migrants without papers; we saw six.",
            "q__2__2__04__level": "partly", "q__2__2__04__text": "Price pressure of the tender of March.",
            "q__2__2__06__value": "2021-09-15", "q__2__2__06__level": "fully",
        },
    )  # fmt: skip
    filer.send(
        f"{base}parts/2.3/", **{"q__2__3__03__level": "fully", "q__2__3__03__text": "Three: dust, wages, children."}
    )
    filer.send(f"{base}parts/3.2/", **{"q__3__2__07__level": "partly", "q__3__2__07__text": "One letter sent."})
    filer.send(
        f"{base}parts/5.1/",
        **{
            "q__5__1__02__value": "yes", "q__5__1__02__level": "fully", "q__5__1__03__value": "yes",
            "q__5__1__03__level": "largely", "q__5__1__06__value": "no", "q__5__1__06__level": "fully",
        },
    )  # fmt: skip
    filer.send(f"{base}parts/6.1/", **{"q__6__1__04__level": "partly", "q__6__1__04__text": "The owner calls back."})

    # One new proof; the others were taken along.
    filer.send(
        f"{base}questions/q-2-2-02/", action="/evidence/", upload=SimpleUploadedFile("talk.pdf", PDF),
        title="Talk with the union", kind="stakeholder_record",
    )  # fmt: skip

    # Nothing is missing, by the rule itself; it hands in.
    report.refresh_from_db()
    this, _coming = ways.ways_of(report, LATER)
    assert [(f.code, f.place_id) for f in queries.findings(report) if f.severity == "submit"] == []
    assert this.estimate.proposal.meets, [r.text.en for r in this.estimate.proposal.open_reasons]
    where = filer.send(f"{base}submit/")
    assert where.endswith("/receipt/")
    report.refresh_from_db()
    assert report.state == "submitted"
    frozen = report.snapshots.get().content
    assert frozen["answers"]["q-1-1-01"]["text"] == "As agreed."  # last year's words, confirmed
    assert len(frozen["chains"]) == 20
    with capsys.disabled():
        print(f"\nyear 2 filed with {filer.total} entries on {len(filer.entries)} forms, {filer.pages} pages opened")
        for place, count in filer.entries:
            print(f"  {count:3}  {place.replace('__', '-')[:110]}")
    assert filer.total <= MOST


def queries_chains(cast: Cast) -> list[Any]:
    from toetssteen.supplychain.models import Chain

    return list(Chain.objects.filter(organisation=cast.organisations["mason"]))
