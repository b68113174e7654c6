"""A small world with results to publish, and with secrets that could leak."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.cast import NOW, Cast
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Assessment, Decision
from toetssteen.organisations.choices import OrganisationKind, SituationOrigin
from toetssteen.organisations.models import Membership, Organisation, SituationPeriod
from toetssteen.plans.models import Plan
from toetssteen.register import queries, services
from toetssteen.register.models import Publication
from toetssteen.reporting.choices import ReportState, SnapshotKind
from toetssteen.reporting.models import Report
from toetssteen.reporting.snapshots import freeze
from toetssteen.supplychain.models import QuarryArea

SECRETS = ("Verborgen Steenwerken", "geheim antwoord", "87.65", "interne reden")
LATER = dt.datetime(2021, 3, 1, 10, 0, tzinfo=dt.UTC)


@dataclass
class World:
    """Companies with decisions, and ways to add more."""

    cast: Cast
    areas: dict[str, QuarryArea] = field(default_factory=dict)

    def company(self, reference: str, name: str) -> Organisation:
        """One more company, member since the start."""
        organisation = Organisation.objects.create(
            kind=OrganisationKind.COMPANY, reference=reference, name=name, country="NL", region="NL"
        )
        Membership.objects.create(organisation=organisation, joined_on=dt.date(2019, 10, 1))
        SituationPeriod.objects.create(
            organisation=organisation, since_on=dt.date(2019, 10, 1), situation="C",
            origin=SituationOrigin.DECLARED, recorded_at=NOW,
        )  # fmt: skip
        return organisation

    def decide(
        self,
        organisation: Organisation,
        colour: str,
        year: int = 1,
        kind: str = DecisionKind.FINAL,
        areas: tuple[str, ...] = (),
    ) -> Decision:
        """A final decision with a frozen report full of secrets."""
        report, _ = Report.objects.get_or_create(
            organisation=organisation,
            year=self.cast.years[year],
            defaults={
                "report_year": year, "situation": "C", "state": ReportState.FINAL, "due_on": NOW.date(),
                "opened_at": NOW, "submitted_at": NOW,
            },
        )  # fmt: skip
        chain = {
            "situation": "C", "material": "granite", "extraction_country": "IN", "processing_country": "IN",
            "volume_tonnes": "10",
        }  # fmt: skip
        links = [
            {"level": "quarry_areas", "state": "known", "name": SECRETS[0], "quarry_area": code, "site": None}
            for code in areas
        ]
        extra: dict[str, Any] = {
            "answers": {"q-1-1-01": {"text": SECRETS[1]}},
            "score": {"total": SECRETS[2], "groups": {}},
            "proposal": {"checks": {}},
            "decision": {"extension_until": None, "reason": SECRETS[3]},
            "chains": [{**chain, "links": links}],
        }
        snapshot = freeze(report, SnapshotKind.DECISION, None, NOW, extra)
        assessment, _ = Assessment.objects.get_or_create(report=report)
        return Decision.objects.create(
            assessment=assessment, number=assessment.decisions.count() + 1, kind=kind, total=SECRETS[2],
            meets=colour == "green",
            proposal=colour, colour=colour, reason=SECRETS[3], decided_at=NOW, snapshot=snapshot,
        )  # fmt: skip

    def publish(self, year: int = 1, now: dt.datetime = LATER) -> Publication:
        """Publish as the coordinator."""
        actor = self.cast.actor("coordinator")
        view = queries.preview(actor, self.cast.years[year], now.date())
        return services.publish(actor=actor, year_id=view.year.pk, expected_digest=view.digest, now=now)


@pytest.fixture
def world(cast: Cast) -> World:
    """Mason Stone is green, Granite House orange with an approved plan; Budhpura lies in Bundi."""
    world = World(cast)
    bundi = QuarryArea.objects.create(code="IN-BUN", name="Bundi", level="district", country="IN", admin1="Rajasthan")
    budhpura = QuarryArea.objects.create(
        code="IN-BUN-BUD", name="Budhpura", level="locality", parent=bundi, country="IN"
    )
    lonely = QuarryArea.objects.create(
        code="VN-YD", name="Yên Định", level="district", country="VN", admin1="Thanh Hóa"
    )
    world.areas = {a.code: a for a in (bundi, budhpura, lonely)}
    world.decide(cast.organisations["mason"], "green", areas=("IN-BUN-BUD", "VN-YD"))
    world.decide(cast.organisations["granite"], "orange", areas=("IN-BUN",))
    Plan.objects.create(
        organisation=cast.organisations["granite"],
        year=cast.years[1],
        approved_at=NOW,
        approved_by=cast.people["rival"],
        public_content={
            "summary": "Schoon en veilig werk",
            "objectives": [{"theme": "ohs", "text": "Nat zagen bij alle fabrieken", "baseline": "2", "target": "5",
                            "indicator": "fabrieken", "deadline": "2021-09-30",
                            "actions": [{"text": "Bezoek", "progress": 40}]}],
        },
    )  # fmt: skip
    Plan.objects.create(organisation=cast.organisations["mason"], year=cast.years[1], summary="geheim concept")
    return world
