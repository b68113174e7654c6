"""Fills in what the parties did together: projects, tenders, municipalities, the covenant's actions, estimates."""

from __future__ import annotations

from decimal import Decimal

from toetssteen.config.demo.ground import Ground
from toetssteen.config.demo.places import Places
from toetssteen.config.demo.world import copied, day, must_day, number
from toetssteen.covenant.choices import ActionState
from toetssteen.covenant.models import CovenantAction, ImportVolume, MarketEstimate
from toetssteen.grievances.models import Complaint
from toetssteen.procurement.models import MunicipalityContact, Tender
from toetssteen.projects.models import Participation, Project


def fill(ground: Ground, places: Places) -> None:
    """Fill in projects, tenders, outreach, actions, complaints, volumes and estimates."""
    _projects(ground, places)
    _buyers(ground)
    _covenant(ground)
    Complaint.objects.bulk_create(
        Complaint(
            reference=row["complaint_id"],
            received_on=must_day(row["received_on"]),
            kind=row["kind"],
            state=row["state"],
        )
        for row in ground.world.rows("complaints")
    )


def _projects(ground: Ground, places: Places) -> None:
    made = [
        Project(
            reference=row["project_id"],
            name=row["name"],
            kind=row["kind"],
            quarry_area=places.areas.get(row["quarry_area_id"]),
            material=row["material"],
            state=row["state"],
        )
        for row in ground.world.rows("projects")
    ]
    projects = {project.reference: project for project in Project.objects.bulk_create(made)}
    Participation.objects.bulk_create(
        Participation(
            project=projects[row["project_id"]],
            organisation_id=ground.of(copy, row["org_id"]),
            year_number=int(row["covenant_year"]),
        )
        for copy in range(ground.copies)
        for row in ground.world.rows("project_participation")
    )


def _buyers(ground: Ground) -> None:
    Tender.objects.bulk_create(
        Tender(
            reference=copied(row["tender_id"], copy),
            region=row["region"],
            authority_id=ground.of(copy, row["authority_id"]) if row["authority_id"] else None,
            authority_name=row["authority_name"],
            title=row["title"],
            published_on=must_day(row["published_on"]),
            sample=row["sample"],
            volume_tonnes=number(row["stone_volume_tonnes"]),
            conditions_set=row["isv_clause"],
            form=row["isv_form"],
            phase=row["phase"],
        )
        for copy in range(ground.copies)
        for row in ground.world.rows("tenders")
    )
    MunicipalityContact.objects.bulk_create(
        MunicipalityContact(
            reference=copied(row["contact_id"], copy),
            municipality=row["municipality"],
            written_on=must_day(row["written_on"]),
            result=row["result"],
        )
        for copy in range(ground.copies)
        for row in ground.world.rows("outreach")
    )


def _covenant(ground: Ground) -> None:
    CovenantAction.objects.bulk_create(
        CovenantAction(
            number=int(row["action_no"]),
            cluster=row["cluster"],
            text=row["action"],
            state=ActionState(row["state"]),
            reason=row["reason"],
            decided_on=day(row["decided_on"]),
            started_on=day(row["started_on"]),
            done_on=day(row["done_on"]),
        )
        for row in ground.world.rows("covenant_actions")
    )
    MarketEstimate.objects.bulk_create(
        MarketEstimate(
            region=row["region"],
            year_number=int(row["covenant_year"]),
            market_tonnes=(number(row["market_tonnes"]) or 0) * ground.copies,
            is_estimate=row["is_estimate"] == "yes",
            estimator=row["estimator"],
            estimated_on=must_day(row["estimated_on"]),
        )
        for row in ground.world.rows("market_estimates")
    )
    ImportVolume.objects.bulk_create(
        ImportVolume(
            organisation_id=ground.of(copy, row["org_id"]),
            year_number=int(row["covenant_year"]),
            tonnes=Decimal(row["import_tonnes"]),
        )
        for copy in range(ground.copies)
        for row in ground.world.rows("company_volumes")
    )
