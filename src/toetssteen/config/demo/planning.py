"""Makes the plan of the company of the story rich: root causes, updates, a late action, shared and corrective ones."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from toetssteen.config.demo.ground import HERO, YEARS, Ground
from toetssteen.config.demo.publishing import coordinator
from toetssteen.config.demo.world import moment
from toetssteen.core.access import Actor, Holding, Role
from toetssteen.plans import services
from toetssteen.plans.choices import ContributionKind, CorrectiveState, StepState, Together
from toetssteen.plans.models import Objective, Plan, PlannedAction, SharedAction
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain

JOINED_TOO = "C002"  # another company behind the same shared action; no company sees the other
SHARED = (
    ("Kapplaatsen in Budhpura samen in kaart", "Mapping the cutting places of Budhpura together", "child_labour", "IN",
     "Een lokale organisatie bezoekt elke kapplaats één keer voor alle deelnemers.", "2024-03-01", ""),
    ("Longcontrole voor steenwerkers in Rajasthan", "Lung checks for stone workers in Rajasthan", "ohs", "IN",
     "Jaarlijkse controle met een kliniek ter plaatse.", "2023-10-01", ""),
    ("Gids voor bezoeken in Fujian", "Guide for visits in Fujian", "working_hours", "CN", "",
     "2022-01-15", "2023-12-31"),
)  # fmt: skip
CAUSES = {
    "ohs": "Er wordt droog gezaagd omdat een waterinstallatie geld kost. Onze prijs rekende alleen met steen en "
    "arbeid, niet met water.",
    "child_labour": "Gezinnen kappen op stukloon en hebben elke hand nodig. Het stukloon is al jaren hetzelfde, "
    "omdat wij elk jaar de laagste offerte vroegen.",
    "purchasing_practices": "Wij legden in onze offertes geen dag vast waarna de maten niet meer wijzigen.",
}
# theme: text, owner, means, cost, kind, partners, due, template, updates of (day, state, progress, note)
ACTIONS: tuple[tuple[str, dict[str, Any], tuple[tuple[str, str, int, str], ...]], ...] = (
    ("ohs", {"text": "Waterinstallatie bij de derde fabriek vooruitbetalen en in twee jaar verrekenen",
             "owner": "directie", "means": "20 uur", "cost": Decimal("7500"), "due_on": dt.date(2024, 9, 30),
             "contribution_type": ContributionKind.NEW, "partners": "een andere koper van dezelfde fabriek",
             "template": "ohs-water-investment"},
     (("2024-05-14", StepState.IN_PROGRESS, 20, "Offerte ontvangen. De fabriek rekent de stroomkabel apart."),
      ("2024-08-27", StepState.IN_PROGRESS, 40, "Voorschot betaald; de leverancier van de pompen levert later."))),
    ("ohs", {"text": "Prijsclausule: een vast bedrag per vierkante meter voor waterkoeling", "owner": "inkoop",
             "means": "16 uur", "due_on": dt.date(2024, 6, 30), "contribution_type": ContributionKind.NEW,
             "template": "ohs-water-price-clause"},
     (("2024-06-18", StepState.DONE, 100, "Staat in de drie contracten van dit jaar."),)),
    ("child_labour", {"text": "Samen met de andere kopers alle kapplaatsen van Budhpura laten bezoeken",
                      "owner": "kwaliteit", "means": "30 uur", "cost": Decimal("1500"), "due_on": dt.date(2025, 3, 31),
                      "together": Together.COLLECTIVE, "contribution_type": ContributionKind.COLLECTIVE,
                      "partners": "lokale organisatie in Bundi", "template": "child-zone"},
     (("2024-09-20", StepState.IN_PROGRESS, 35, "Acht van de 23 kapplaatsen zijn bezocht."),)),
    ("purchasing_practices", {"text": "Uiterste wijzigingsdatum in alle offertes zetten", "owner": "verkoop",
                              "means": "12 uur", "due_on": dt.date(2024, 12, 31),
                              "contribution_type": ContributionKind.NEW, "template": "hours-size-freeze"},
     (("2024-10-01", StepState.IN_PROGRESS, 70, "Nieuwe offertes hebben de datum. Lopende contracten volgen."),)),
)  # fmt: skip


def enrich(ground: Ground) -> None:
    """The plan of this year after some months of work, and what stands beside it."""
    shared = _share(ground)
    plan = Plan.objects.select_related("year").get(organisation_id=ground.of(0, HERO), year=ground.years[YEARS])
    actor = _actor(ground)
    goals = {goal.theme: goal for goal in plan.objectives.all()}
    _say_why(goals)
    for theme, fields, updates in ACTIONS:
        goal = goals.get(theme)
        if goal is None:
            continue
        action = PlannedAction.objects.create(objective=goal, **fields)
        if theme == "child_labour":
            PlannedAction.objects.filter(pk=action.pk).update(shared=shared[0])
        for on, state, progress, note in updates:
            services.tell_progress(
                actor=actor, plan_id=plan.pk, action_id=action.pk, pack=ground.pack, today=moment(on, 16).date(),
                data=services.UpdateData(said_on=moment(on, 16).date(), state=state, progress=progress, note=note),
                now=moment(on, 16),
            )  # fmt: skip
    _not_measurable_yet(plan)
    _join_too(ground, shared[0])
    _correct(ground, actor)


def _actor(ground: Ground) -> Actor:
    person, organisation = ground.people["importeur"], ground.organisations[(0, HERO)]
    return Actor(
        person_id=person.pk, name=person.name, organisation_id=organisation.pk, organisation_name=organisation.name,
        organisation_kind=organisation.kind, holdings=frozenset({Holding(Role.COMPANY_ADMIN, organisation.pk)}),
    )  # fmt: skip


def _share(ground: Ground) -> list[SharedAction]:
    made = []
    for name_nl, name_en, theme, country, note, started, closed in SHARED:
        at = moment(started, 10)
        data = services.SharedData(
            name_nl=name_nl, name_en=name_en, theme=theme, country=country, note=note, started_on=at.date()
        )
        row = services.save_shared_action(
            actor=coordinator(ground), shared_id=None, data=data, pack=ground.pack, now=at
        )
        if closed:
            on = moment(closed, 10)
            services.close_shared_action(actor=coordinator(ground), shared_id=row.pk, today=on.date(), now=on)
        made.append(row)
    return made


def _say_why(goals: dict[str, Objective]) -> None:
    """Root causes, and start and target with their unit."""
    for theme, why in CAUSES.items():
        goal = goals.get(theme)
        if goal is None:
            continue
        goal.root_cause = why
        for name in ("baseline", "target"):
            if getattr(goal, name).isdigit():
                setattr(goal, name, f"{getattr(goal, name)} %")
        goal.indicator = goal.indicator.removesuffix(" (%)")
        goal.save(update_fields=["root_cause", "baseline", "target", "indicator"])


def _not_measurable_yet(plan: Plan) -> None:
    """A goal as many begin: a wish, without a yardstick and without an action."""
    risk = Risk.objects.filter(
        organisation_id=plan.organisation_id, year_number=plan.year.number, theme="living_wage"
    ).first()
    Objective.objects.create(
        plan=plan, position=plan.objectives.count() + 1, risk=risk, theme="living_wage",
        text="Leefbaar loon bij twee vaste leveranciers", deadline=dt.date(2026, 9, 30), is_public=False,
    )  # fmt: skip


def _join_too(ground: Ground, shared: SharedAction) -> None:
    """Another company stands behind the same shared action: together they count as one."""
    PlannedAction.objects.filter(
        objective__plan__organisation_id=ground.of(0, JOINED_TOO),
        objective__plan__year=ground.years[YEARS],
        together=Together.COLLECTIVE,
    ).update(shared=shared, contribution_type=ContributionKind.COLLECTIVE)


def _correct(ground: Ground, actor: Actor) -> None:
    """A corrective plan with a supplier that is on its way, and one that is solved."""
    organisation_id = ground.of(0, HERO)
    chain = Chain.objects.filter(organisation_id=organisation_id, closed_on=None).order_by("pk").first()
    risk = Risk.objects.filter(organisation_id=organisation_id, year_number=YEARS, theme="ohs").first()
    at = moment("2024-05-21", 11)
    plan = services.save_corrective_plan(
        actor=actor, organisation_id=organisation_id, corrective_id=None, row_version=None, now=at,
        data=services.CorrectiveData(
            supplier_name="Zagerij Aravalli (verzonnen)",
            problem="Twee van de tien zagers droegen geen masker en vier zagen draaiden droog.",
            agreed_on=at.date(), review_on=dt.date(2024, 11, 15),
            chain_id=chain.pk if chain else None, risk_id=risk.pk if risk else None,
        ),
    )  # fmt: skip
    for text, due, state in (
        ("Maskers in drie maten, door de zagers zelf gekozen", "2024-06-30", StepState.DONE),
        ("Vier zagen op de waterleiding aansluiten", "2024-09-30", StepState.IN_PROGRESS),
        ("Longcontrole voor alle zagers", "2024-12-15", StepState.NOT_STARTED),
    ):
        step = services.CorrectiveStepData(text=text, due_on=dt.date.fromisoformat(due), state=state)
        services.save_corrective_step(actor=actor, corrective_id=plan.pk, step_id=None, data=step, now=at)
    solved = services.save_corrective_plan(
        actor=actor, organisation_id=organisation_id, corrective_id=None, row_version=None, now=at,
        data=services.CorrectiveData(
            supplier_name="Steenfabriek Hoi An (verzonnen)", problem="De nooduitgang van de slijphal was op slot.",
            agreed_on=dt.date(2023, 11, 6), review_on=dt.date(2023, 12, 11),
        ),
    )  # fmt: skip
    services.save_corrective_step(
        actor=actor, corrective_id=solved.pk, step_id=None, now=at,
        data=services.CorrectiveStepData(
            text="Slot eraf, paniekstang erop", due_on=dt.date(2023, 11, 20), state=StepState.DONE
        ),
    )  # fmt: skip
    services.review_corrective_plan(
        actor=actor, corrective_id=solved.pk, state=CorrectiveState.DONE, review_on=dt.date(2023, 12, 11),
        today=dt.date(2023, 12, 11), now=moment("2023-12-11", 15),
    )  # fmt: skip
