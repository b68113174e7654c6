"""Fills in what companies found and did: risks, plans, contributions, evidence, public reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from toetssteen.config.demo.ground import Ground
from toetssteen.config.demo.pdf import small_pdf
from toetssteen.config.demo.places import Places
from toetssteen.config.demo.world import copied, day, moment, must_day, whole
from toetssteen.documents.models import Evidence
from toetssteen.plans.choices import ContributionKind, PlanState, StepState, Together
from toetssteen.plans.models import Contribution, Objective, Plan, PlannedAction, PublicReport
from toetssteen.risks.models import Risk, RiskSource

ACTION_STATES = {
    "planned": StepState.NOT_STARTED,
    "in progress": StepState.IN_PROGRESS,
    "done": StepState.DONE,
}
CONTRIBUTIONS = {
    "own_action": ContributionKind.NEW,
    "started_new": ContributionKind.NEW,
    "strengthened_existing": ContributionKind.STRENGTHENED,
    "joined_collective": ContributionKind.COLLECTIVE,
}
SUMMARY = "Dit plan gaat over de ketens waar de gevolgen voor mensen het ernstigst kunnen zijn."


class Deeds:
    """Plans and evidence by the ids of the files."""

    def __init__(self) -> None:
        self.risks: dict[tuple[int, str], Risk] = {}
        self.plans: dict[tuple[int, str], Plan] = {}
        self.evidence: dict[tuple[int, str], Evidence] = {}


def fill(ground: Ground, places: Places) -> Deeds:
    """Fill in risks, plans, contributions, evidence and public reports."""
    deeds = Deeds()
    _risks(ground, places, deeds)
    _plans(ground, deeds)
    _goals(ground, deeds)
    _evidence(ground, deeds)
    _told(ground)
    return deeds


def _risks(ground: Ground, places: Places, deeds: Deeds) -> None:
    keys, made = [], []
    for copy in range(ground.copies):
        for row in ground.world.rows("risks"):
            keys.append((copy, row["risk_id"]))
            made.append(
                Risk(
                    organisation_id=ground.of(copy, row["org_id"]),
                    reference=copied(row["risk_id"], copy),
                    chain=places.chains.get((copy, row["chain_id"])),
                    year_number=int(row["covenant_year"]),
                    theme=row["theme"],
                    country=row["country"],
                    quarry_area=places.areas.get(row["quarry_area_id"]),
                    is_actual=row["actual_or_potential"] == "actual",
                    source_kind=row["source_kind"],
                    involvement=row["involvement"],
                    scale=whole(row["scale"]),
                    scope=whole(row["scope"]),
                    irremediable=whole(row["irremediable"]),
                    likelihood=whole(row["likelihood"]),
                    severity_reason=row["severity_reason"],
                    prioritised_by=row["prioritised_by"],
                    found_on=day(row["found_on"]),
                )
            )
    deeds.risks = dict(zip(keys, Risk.objects.bulk_create(made, 500), strict=True))
    note_sources(deeds.risks.values())


def note_sources(risks: Iterable[Risk]) -> None:
    """Each risk of the files names one source, by its kind and day."""
    RiskSource.objects.bulk_create(
        [
            RiskSource(
                risk=risk, kind=risk.source_kind, said_on=risk.found_on,
                noted_at=moment(risk.found_on) if risk.found_on else None,
            )
            for risk in risks
            if risk.source_kind
        ],
        500,
    )  # fmt: skip


def _plans(ground: Ground, deeds: Deeds) -> None:
    keys, made = [], []
    for copy in range(ground.copies):
        for row in ground.world.rows("plans"):
            keys.append((copy, row["plan_id"]))
            made.append(
                Plan(
                    organisation_id=ground.of(copy, row["org_id"]),
                    year=ground.years[int(row["covenant_year"])],
                    reference=copied(row["plan_id"], copy),
                    state=PlanState.DELIVERED,
                    summary=SUMMARY,
                    summary_is_public=True,
                    language=row["language"],
                    delivered_on=must_day(row["delivered_on"]),
                )
            )
    deeds.plans = dict(zip(keys, Plan.objects.bulk_create(made, 500), strict=True))


def _goals(ground: Ground, deeds: Deeds) -> None:
    keys, goals = [], []
    for copy in range(ground.copies):
        position: dict[str, int] = defaultdict(int)
        for row in ground.world.rows("plan_objectives"):
            keys.append((copy, row["objective_id"]))
            goals.append(
                Objective(
                    plan=deeds.plans[(copy, row["plan_id"])],
                    reference=copied(row["objective_id"], copy),
                    position=position[row["plan_id"]],
                    risk=deeds.risks.get((copy, row["risk_id"])),
                    theme=row["theme"],
                    text=row["objective"],
                    is_smart=row["smart"] == "yes",
                    indicator=row["indicator"],
                    baseline=row["baseline"],
                    target=row["target"],
                    deadline=day(row["deadline"]),
                    evaluated_on=day(row["evaluated_on"]),
                )
            )
            position[row["plan_id"]] += 1
    objectives = dict(zip(keys, Objective.objects.bulk_create(goals, 500), strict=True))
    PlannedAction.objects.bulk_create(
        [
            PlannedAction(
                objective=objectives[(copy, row["objective_id"])],
                reference=copied(row["action_id"], copy),
                text=row["action"],
                owner=row["owner"],
                means=row["means"],
                together=Together(row["individual_or_collective"]),
                contribution_type=CONTRIBUTIONS[row["contribution_type"]],
                due_on=day(row["due_on"]),
                progress=int(row["progress_pct"]),
                state=ACTION_STATES[row["state"]],
                has_proof=row["proof"] == "yes",
            )
            for copy in range(ground.copies)
            for row in ground.world.rows("plan_actions")
        ],
        500,
    )


def _evidence(ground: Ground, deeds: Deeds) -> None:
    """Only what a file was is known; in the first copy each has a real (small) file, so that downloading works."""
    keys, made = [], []
    kinds = {kind.id: kind.text.nl for kind in ground.pack.evidence_kinds}
    for copy in range(ground.copies):
        for row in ground.world.rows("evidence"):
            document_on = must_day(row["document_date"])
            evidence = Evidence(
                organisation_id=ground.of(copy, row["org_id"]),
                reference=copied(row["evidence_id"], copy),
                kind=row["type"],
                title=f"{kinds.get(row['type'], row['type'])} {document_on:%d-%m-%Y}"[:160],
                standard=row["standard"],
                document_on=document_on,
                valid_until=day(row["valid_until"]),
                file_name=row["file_name"],
                content_type="application/pdf",
                sha256=row["sha256"],
                uploaded_at=moment(document_on),
            )
            if copy == 0:
                _keep_file(evidence)
            keys.append((copy, row["evidence_id"]))
            made.append(evidence)
    deeds.evidence = dict(zip(keys, Evidence.objects.bulk_create(made, 500), strict=True))


def _keep_file(evidence: Evidence) -> None:
    import hashlib

    from django.core.files.base import ContentFile

    content = small_pdf(evidence.title, ["Voorbeeldbestand van de demonstratie.", evidence.file_name])
    evidence.sha256 = hashlib.sha256(content).hexdigest()
    evidence.size = len(content)
    evidence.file.save(f"{evidence.sha256}.pdf", ContentFile(content), save=False)


def _told(ground: Ground) -> None:
    Contribution.objects.bulk_create(
        Contribution(
            organisation_id=ground.of(copy, row["org_id"]),
            year_number=int(row["covenant_year"]),
            kind=row["kind"],
            theme=row["theme"],
        )
        for copy in range(ground.copies)
        for row in ground.world.rows("contributions")
    )
    PublicReport.objects.bulk_create(
        PublicReport(
            organisation_id=ground.of(copy, row["org_id"]),
            published_on=must_day(row["published_on"]),
            title=row["title"],
            language=row["language"],
            content=row["content"],
        )
        for copy in range(ground.copies)
        for row in ground.world.rows("public_reports")
    )
