"""Mason Stone with one of everything that a public report could show, each under words of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model

from tests.cast import NOW, TODAY, Cast
from toetssteen.communication import services
from toetssteen.communication.compose import compose
from toetssteen.communication.models import Edition, ReportDraft
from toetssteen.communication.sections import FIELDS
from toetssteen.communication.selection import Selection, selection_of
from toetssteen.communication.source import Source, source_of
from toetssteen.documents.models import Evidence
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain, ChainLink, QuarryArea

# What may only be read when its field was chosen, by that field; "" may never be read.
SECRETS = {
    "areas": "SECRET-AREA", "suppliers": "SECRET-SUPPLIER", "sites": "SECRET-SITE", "risk_areas": "SECRET-AREA",
    "risk_explanations": "SECRET-EXPLANATION", "partners": "SECRET-PARTNER",
}  # fmt: skip
NEVER = (
    "SECRET-TRADE-NAME", "SECRET-OWNER", "SECRET-MEANS", "SECRET-EVIDENCE", "SECRET-SITE-TEXT", "SECRET-HARMED",
    "SECRET-PRIVATE-GOAL", "SECRET-PRIVATE-ACTION", "SECRET-CAUSE", "SECRET-NOTE", "87.654", "87,654", "4321",
)  # fmt: skip
OPEN_WORDS = "Dust in the workshop of our saws"


@dataclass
class Firm:
    """Mason Stone, its data, and short ways to write and publish."""

    cast: Cast
    goal: Objective
    risk: Risk

    @property
    def id(self) -> int:
        return self.cast.organisations["mason"].pk

    def start(self, year: int = 1) -> ReportDraft:
        return services.start_draft(
            actor=self.cast.actor("editor"), organisation_id=self.id, year_id=self.cast.years[year].pk, now=NOW
        )

    def write(self, draft: ReportDraft, section: str, **data: Any) -> ReportDraft:
        return services.save_section(
            actor=self.cast.actor("editor"), draft_id=draft.pk, section_id=section, data=services.SectionData(**data),
            row_version=None, now=NOW,
        )  # fmt: skip

    def source(self, year: int = 1) -> Source:
        return source_of(self.cast.actor("editor"), self.id, self.cast.years[year])

    def publish(
        self, draft: ReportDraft, *languages: str, who: str = "editor", today: dt.date = TODAY
    ) -> list[Edition]:
        draft.refresh_from_db()
        source, selection = self.source(draft.year.number), selection_of(draft)
        expected = {name: services.digest_of(compose(source, selection, name)) for name in languages or ("nl", "en")}
        return services.publish_report(
            actor=self.cast.actor(who), draft_id=draft.pk, expected=expected, today=today, now=NOW
        )


def everything() -> Selection:
    """A selection that shows every field."""
    return Selection(fields=dict.fromkeys(FIELDS, True))


@pytest.fixture(autouse=True)
def _later(settings: Any) -> None:
    """Files are made when a test says so."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def firm(cast: Cast) -> Firm:
    """Mason Stone with its chain, risk, plan and evidence."""
    mason = cast.organisations["mason"]
    area = QuarryArea.objects.create(code="a-1", name="SECRET-AREA", country="IN")
    chain = _made(Chain, organisation=mason, situation="C", material="granite", trade_name="SECRET-TRADE-NAME",
                  extraction_country="IN", processing_country="CN", share_of_volume=Decimal("87.654"),
                  volume_tonnes=Decimal("4321"), opened_on=dt.date(2019, 10, 1), risk_scan_on=TODAY,
                  changed_at=NOW)  # fmt: skip
    for level, name in (("direct_suppliers", "SECRET-SUPPLIER"), ("factories", "SECRET-SITE"), ("quarry_areas", "")):
        ChainLink.objects.create(
            chain=chain, level=level, state="known", name=name, note="SECRET-NOTE",
            quarry_area=area if level == "quarry_areas" else None,
        )  # fmt: skip
    risk = _made(Risk, organisation=mason, chain=chain, year_number=1, theme="ohs", country="IN", quarry_area=area,
                 site_text="SECRET-SITE-TEXT", is_actual=True, harmed="SECRET-HARMED", scale=4, scope=4, irremediable=5,
                 likelihood=4, severity_reason="SECRET-EXPLANATION")  # fmt: skip
    plan = Plan.objects.create(organisation=mason, year=cast.years[1], language="en")
    goal = Objective.objects.create(
        plan=plan, risk=risk, theme="ohs", text=OPEN_WORDS, indicator="share of saws", baseline="20", target="100",
        deadline=dt.date(2021, 9, 30), is_smart=True, root_cause="SECRET-CAUSE",
        public_fields=["theme", "indicator", "baseline", "target", "deadline", "progress", "actions", "contribution",
                       "partners"],
    )  # fmt: skip
    evidence = Evidence.objects.create(
        organisation=mason, kind="policy", title="SECRET-EVIDENCE", file_name="SECRET-EVIDENCE.pdf", sha256="0" * 64,
        uploaded_at=NOW,
    )  # fmt: skip
    action = PlannedAction.objects.create(
        objective=goal, text="Pay for water", owner="SECRET-OWNER", means="SECRET-MEANS", partners="SECRET-PARTNER",
        cost=Decimal("4321"), progress=40, state="in progress", together="collective", contribution_type="strengthened",
        due_on=dt.date(2021, 3, 1),
    )  # fmt: skip
    action.evidence.add(evidence)
    PlannedAction.objects.create(objective=goal, text="SECRET-PRIVATE-ACTION", is_public=False)
    Objective.objects.create(plan=plan, position=1, theme="ohs", text="SECRET-PRIVATE-GOAL", is_public=False)
    return Firm(cast, goal, risk)


def last_year(firm: Firm, *shown: str) -> Objective:
    """A goal of the year before, in Dutch, with one action that is done and one that is private; year 2 reports it."""
    Plan.objects.filter(pk=firm.goal.plan_id).update(year=firm.cast.years[2])
    plan = Plan.objects.create(organisation_id=firm.id, year=firm.cast.years[1], language="nl")
    goal = Objective.objects.create(plan=plan, theme="ohs", text="Stof bij het zagen", public_fields=list(shown))
    PlannedAction.objects.create(objective=goal, text="SECRET-LAST-ACTION", state="done")
    PlannedAction.objects.create(objective=goal, text="SECRET-PRIVATE-ACTION", state="stopped", is_public=False)
    return goal


def _made(model: type[Model], **values: Any) -> Any:
    return model._default_manager.create(**values)
