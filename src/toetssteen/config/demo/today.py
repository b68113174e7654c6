"""Tells the story of today: some reports on the last year are drafts, others are being assessed.

Everything here goes through the same services as the site, at fixed moments before today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from toetssteen.accounts.models import Person
from toetssteen.assessment import frozen, results
from toetssteen.assessment import services as assessing
from toetssteen.assessment.models import Assessment, QuestionScore
from toetssteen.config.demo import deeds, risking
from toetssteen.config.demo.ground import HERO, YEARS, Ground
from toetssteen.config.demo.world import moment
from toetssteen.core.access import Actor, Holding, Role
from toetssteen.core.frameworks import Pack, Question
from toetssteen.core.scoring import asked
from toetssteen.organisations.models import Appointment, Organisation
from toetssteen.plans.choices import StepState, Together
from toetssteen.plans.models import Objective, Plan, PlannedAction, PublicReport
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting import services as reporting
from toetssteen.reporting.choices import AnswerOrigin
from toetssteen.reporting.models import Answer, Report
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain

ANSWERED_OF_TEN = 6
WORDS = (
    "Wij doen dit sinds vorig jaar volgens een vaste werkwijze. De directie kijkt er elk kwartaal naar.",
    "De inkoper bespreekt dit bij elk bezoek. De afspraken staan in ons inkoophandboek.",
    "Dit is gedeeltelijk geregeld. In het komende jaar werken we het uit met twee leveranciers.",
    "Wij hebben dit voor onze belangrijkste ketens gedaan en schrijven het resultaat op.",
)
WAITING = (("C002", "2024-10-08", 9), ("C007", "2024-10-17", 14))
IN_REVIEW, RETURNED, PROVISIONAL, DECIDED = "C003", "C021", "C010", "C022"
THOROUGH = (PROVISIONAL, DECIDED)
GOALS = (
    ("ohs", "In de drie fabrieken waar wij het meest kopen, wordt nat gezaagd en dragen alle zagers een masker.",
     "aandeel van deze fabrieken waar dit geldt (%)", "33", "100"),
    ("child_labour", "Van alle kasseien uit Rajasthan is bekend waar ze gekapt zijn en dat er geen kinderen werken.",
     "aandeel van deze ketens waar dit geldt (%)", "40", "90"),
)  # fmt: skip
DEEDS = (
    (
        "Afspraak over nat zagen en maskers in elke bestelling zetten",
        "inkoop",
        "24 uur",
        60,
        StepState.IN_PROGRESS,
        Together.INDIVIDUAL,
    ),
    (
        "Samen met andere bedrijven de kapplaatsen bezoeken",
        "directie",
        "1.500 euro",
        20,
        StepState.IN_PROGRESS,
        Together.COLLECTIVE,
    ),
)
RISKS = (
    ("ohs", True, 4, 3, 4, 5, "Bij het bezoek in mei droegen twee van de tien zagers geen masker."),
    ("child_labour", False, 5, 2, 5, 4, "Kasseien worden deels aan huis gekapt. Wij weten niet wie er meewerkt."),
    ("living_wage", False, 3, 4, 2, 4, "Stukloon in de fabriek; wij kennen de bedragen nog niet."),
    ("environment", False, 3, 3, 3, 2, ""),
)


def tell(ground: Ground) -> None:
    """Open, fill in, submit, assess: one report for every state that a report can be in."""
    story = _Story(ground)
    story.hero()
    for reference, day, hour in WAITING:
        story.hand_in(reference, day, hour)
    story.in_review()
    story.returned()
    story.provisional()
    story.decided()


class _Story:
    """The people and the year of the story."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.year = ground.years[YEARS]
        self.pack: Pack = ground.pack
        secretariat = ground.organisations[(0, "P12")]
        self.assessor = _actor(ground.people["beoordelaar"], secretariat, Role.ASSESSOR, True)
        self.coordinator = _actor(ground.people["coordinator"], secretariat, Role.COORDINATOR, True)

    # The companies

    def _company(self, reference: str) -> Actor:
        """Somebody of the company; one who is invented here when nobody of the logins works there."""
        organisation = self.ground.organisations[(0, reference)]
        if reference == HERO:
            return _actor(self.ground.people["importeur"], organisation, Role.COMPANY_ADMIN)
        person = Person.objects.create(
            email=f"contact.{reference.lower()}@demo.example", name=f"Contact {organisation.name}"[:120], language="nl"
        )
        person.set_unusable_password()
        person.save(update_fields=["password"])
        since = moment(max(self.ground.joined[reference], self.ground.years[1].starts_on), 9)
        Appointment.objects.create(
            person=person, organisation=organisation, role=Role.COMPANY_ADMIN.value, since_at=since
        )
        return _actor(person, organisation, Role.COMPANY_ADMIN)

    def _open(self, actor: Actor, day: str) -> Report:
        at = moment(day, 8)
        return reporting.open_report(
            actor=actor, organisation_id=actor.organisation_id or 0, year_id=self.year.pk, today=at.date(), now=at
        )

    def hero(self) -> None:
        """The company of the story: a draft that is a little over half done, with risks and a plan."""
        risking.this_year(self.ground)
        self._plan(HERO, delivered=False)
        actor = self._company(HERO)
        report = self._open(actor, "2024-10-02")
        at = moment("2024-10-03", 7)
        for number, question in enumerate(self._asked(report)):
            if number % 10 < ANSWERED_OF_TEN:
                at += dt.timedelta(minutes=17)
                self._answer(actor, report, question, number, at)
        for sub_step in ("3.1", "3.2"):
            reporting.assign(
                actor=actor, report_id=report.pk, sub_step=sub_step, person_id=self.ground.people["collega"].pk, now=at
            )
        planned = {"coverage:quarries": reporting.StepPlan(240, dt.date(2024, 11, 29)),
                   "key:q-2-3-01": reporting.StepPlan(on=dt.date(2024, 11, 8))}  # fmt: skip
        reporting.plan_steps(
            actor=actor, organisation_id=report.organisation_id, year_number=self.year.number, changes=planned,
            seen=None, now=at,
        )  # fmt: skip

    def hand_in(self, reference: str, day: str, hour: int) -> Report:
        """Another company that has done everything and submits."""
        self._risks(reference)
        self._plan(reference, delivered=True)
        PublicReport.objects.create(
            organisation=self.ground.organisations[(0, reference)], published_on=dt.date(2024, 5, 28), language="nl",
            title="Verslag due diligence natuursteen 2024",
        )  # fmt: skip
        actor = self._company(reference)
        report = self._open(actor, "2024-10-01")
        self._settle(report, reference, moment(day, hour) - dt.timedelta(hours=2), actor)
        at = moment(day, hour)
        reporting.submit_report(actor=actor, report_id=report.pk, today=at.date(), now=at)
        return report

    def _asked(self, report: Report) -> Sequence[Question]:
        facts = fact_side.facts_of(report, self.pack)
        return asked(self.pack, report.situation, report.report_year, facts, report.variant or None)

    def _answer(self, actor: Actor, report: Report, question: Question, number: int, at: dt.datetime) -> None:
        """Confirm last year's answer, or give a new one, as a person would."""
        known = Answer.objects.filter(report=report, question=question.id).first()
        if known is not None and known.needs_confirmation:
            reporting.confirm_answer(
                actor=actor, report_id=report.pk, question_id=question.id, row_version=known.row_version, now=at
            )
        elif known is None or known.origin != AnswerOrigin.DERIVED:
            data = reporting.AnswerData(level=self._level(number), text=WORDS[number % len(WORDS)])
            reporting.save_answer(
                actor=actor, report_id=report.pk, question_id=question.id, data=data,
                row_version=known.row_version if known else 0, now=at,
            )  # fmt: skip

    def _level(self, number: int) -> str:
        levels = self.pack.framework.levels
        return levels[max(1, len(levels) - 1 - number % 3)].id

    def _raise(self, report: Report) -> None:
        """A thorough company answers every question at least as well as a key question needs."""
        framework = self.pack.framework
        low = [level.id for level in framework.levels if not framework.at_least(level.id, framework.key_min_level)]
        given = report.answers.exclude(origin=AnswerOrigin.DERIVED)
        given.filter(level__in=low).update(level=framework.key_min_level)

    def _settle(self, report: Report, reported: str, at: dt.datetime, actor: Actor) -> None:
        """All answers of a report at once, as a busy evening leaves them."""
        known = {answer.question: answer for answer in report.answers.all()}
        made = []
        for number, question in enumerate(self._asked(report)):
            answer = known.get(question.id)
            if answer is None:
                made.append(
                    Answer(
                        report=report, question=question.id, level=self._level(number), origin=AnswerOrigin.GIVEN,
                        text=WORDS[number % len(WORDS)], changed_by_id=actor.person_id, changed_at=at, row_version=1,
                    )
                )  # fmt: skip
        Answer.objects.bulk_create(made)
        if reported in THOROUGH:
            self._raise(report)
        report.answers.filter(needs_confirmation=True).update(
            needs_confirmation=False, changed_by_id=actor.person_id, changed_at=at, row_version=1
        )

    def _risks(self, reference: str) -> None:
        organisation = self.ground.organisations[(0, reference)]
        chains = list(Chain.objects.filter(organisation=organisation, closed_on=None, situation="C").order_by("pk"))
        if not chains:
            return
        Risk.objects.bulk_create(
            Risk(
                organisation=organisation, reference=f"R-{reference}-{number + 1}", chain=chains[number % len(chains)],
                year_number=YEARS, theme=theme, country=chains[number % len(chains)].extraction_country,
                is_actual=actual, source_kind="site visit", involvement="directly linked", scale=scale, scope=scope,
                irremediable=irremediable, likelihood=likelihood, severity_reason=reason,
                prioritised_by="severity and likelihood", found_on=dt.date(2024, 5, 14),
            )
            for number, (theme, actual, scale, scope, irremediable, likelihood, reason) in enumerate(RISKS)
        )  # fmt: skip
        deeds.note_sources(Risk.objects.filter(organisation=organisation, year_number=YEARS))

    def _plan(self, reference: str, *, delivered: bool) -> None:
        organisation = self.ground.organisations[(0, reference)]
        plan = Plan.objects.create(
            organisation=organisation, year=self.year, reference=f"PL-{reference}-{YEARS}", language="nl",
            summary="Wij werken in 2024-2025 aan veilig zagen en aan zicht op de plaatsen waar kasseien gekapt worden.",
            summary_is_public=True,
        )  # fmt: skip
        risks = {risk.theme: risk for risk in Risk.objects.filter(organisation=organisation, year_number=YEARS)}
        for position, (theme, text, indicator, baseline, target) in enumerate(GOALS):
            goal = Objective.objects.create(
                plan=plan, position=position, risk=risks.get(theme), theme=theme, text=text, is_smart=True,
                indicator=indicator, baseline=baseline, target=target, deadline=dt.date(2025, 9, 30),
                evaluated_on=dt.date(2024, 9, 18) if delivered else None,
            )  # fmt: skip
            text, owner, means, progress, state, together = DEEDS[position]
            PlannedAction.objects.create(
                objective=goal, text=text, owner=owner, means=means, progress=progress, state=state,
                together=together, due_on=dt.date(2025, 6, 30),
            )  # fmt: skip

    # The secretariat

    def _take(self, report: Report, day: str) -> Assessment:
        return assessing.take_report(actor=self.assessor, report_id=report.pk, now=moment(day, 9))

    def _score(self, report: Report, assessment: Assessment, part: int, day: str) -> None:
        """Levels for so many tenths of the questions; here and there lower than the company thinks, with a reason."""
        report = Report.objects.select_related("year", "organisation").get(pk=report.pk)
        filing = frozen.filing_of(report)
        questions = results.to_assess(self.pack, filing)
        chosen = questions[: len(questions) * part // 10]
        ranks = [level.id for level in self.pack.framework.levels]
        rows = []
        for number, question in enumerate(chosen):
            own = filing.answer(question.id).level or ranks[0]
            lower = number % 9 == 4 and own != ranks[0]
            level = ranks[ranks.index(own) - 1] if lower else own
            reason = "De uitleg noemt geen voorbeeld van dit jaar. Met een voorbeeld wordt dit hoger." if lower else ""
            rows.append(
                QuestionScore(
                    assessment=assessment, question=question.id, level=level, reason=reason, submission=filing.number,
                    scored_by_id=self.assessor.person_id, scored_at=moment(day, 10 + number // 30), row_version=1,
                )
            )  # fmt: skip
        QuestionScore.objects.bulk_create(rows)

    def in_review(self) -> None:
        """A report that the assessor is half way through, with a question to the company."""
        report = self.hand_in(IN_REVIEW, "2024-10-03", 13)
        assessment = self._take(report, "2024-10-07")
        self._score(report, assessment, 5, "2024-10-07")
        assessing.ask_question(
            actor=self.assessor, report_id=report.pk, question="", now=moment("2024-10-07", 14),
            text="Op welke datum bezocht u de nieuwe fabriek? In het stuk staat alleen het jaar.",
        )  # fmt: skip

    def returned(self) -> None:
        """A report that went back to the company with a list."""
        report = self.hand_in(RETURNED, "2024-10-02", 15)
        assessment = self._take(report, "2024-10-09")
        self._score(report, assessment, 3, "2024-10-09")
        first = next(q for q in self._asked(report) if not q.derived)
        assessing.return_report(
            actor=self.assessor,
            report_id=report.pk,
            items=[
                assessing.MissingItem("Het beleid is nog van vorig jaar. Voeg de nieuwe versie toe.", first.id),
                assessing.MissingItem("Zeg per keten wanneer u de leverancier gevraagd hebt."),
            ],
            due_on=dt.date(2024, 11, 8),
            now=moment("2024-10-10", 9),
            today=dt.date(2024, 10, 10),
        )

    def _terms(self, report: Report) -> assessing.DecisionTerms:
        report = Report.objects.select_related("year", "organisation").get(pk=report.pk)
        filing = frozen.filing_of(report)
        marks = {
            score.question: results.Mark(score.level, score.reason, score.submission)
            for score in QuestionScore.objects.filter(assessment__report=report)
        }
        outcome = results.outcome(self.pack, filing, results.assessed_levels(self.pack, filing, marks))
        if outcome.proposal.meets:
            return assessing.DecisionTerms(colour=outcome.proposal.colour or "")
        agreed = self.pack.decision.of_kind("agreed_date")
        return assessing.DecisionTerms(
            colour=agreed.colour if agreed else outcome.proposal.colour or "",
            reason="De ontbrekende onderdelen en een datum zijn in het gesprek afgesproken.",
            improvement_on=dt.date(2025, 6, 30),
        )

    def provisional(self) -> None:
        """A provisional result that lies with the company, after a talk."""
        report = self.hand_in(PROVISIONAL, "2024-10-01", 16)
        assessment = self._take(report, "2024-10-04")
        self._score(report, assessment, 10, "2024-10-04")
        assessing.save_talk(
            actor=self.assessor,
            report_id=report.pk,
            notes=assessing.TalkNotes(
                held_on=dt.date(2024, 10, 11),
                participants="directie van het bedrijf, beoordelaar",
                notes="Het bedrijf heeft alle ketens nagekeken. De leveranciers in China antwoorden traag.",
                agreed="Het bedrijf stuurt voor 1 december de nieuwe afspraken met twee leveranciers.",
            ),
            talk_id=None,
            row_version=0,
            now=moment("2024-10-11", 13),
        )
        assessing.give_provisional(
            actor=self.assessor, report_id=report.pk, terms=self._terms(report), now=moment("2024-10-15", 9),
            today=dt.date(2024, 10, 15),
        )  # fmt: skip

    def decided(self) -> None:
        """A first decision of the year; it is not public until it is published."""
        report = self.hand_in(DECIDED, "2024-10-01", 11)
        assessment = self._take(report, "2024-10-02")
        self._score(report, assessment, 10, "2024-10-02")
        terms = self._terms(report)
        assessing.give_provisional(
            actor=self.assessor, report_id=report.pk, terms=terms, now=moment("2024-10-08", 9),
            today=dt.date(2024, 10, 8),
        )  # fmt: skip
        contact = Appointment.objects.select_related("person").get(organisation_id=report.organisation_id)
        company = _actor(contact.person, self.ground.organisations[(0, DECIDED)], Role.COMPANY_ADMIN)
        assessing.reply_to_provisional(
            actor=company, report_id=report.pk, text="Wij zijn het eens met het voorlopige resultaat.",
            now=moment("2024-10-14", 9), today=dt.date(2024, 10, 14),
        )  # fmt: skip
        assessing.decide(
            actor=self.coordinator, report_id=report.pk, terms=terms, now=moment("2024-10-16", 10),
            today=dt.date(2024, 10, 16),
        )  # fmt: skip


def _actor(person: Person, organisation: Organisation, role: Role, second_factor: bool = False) -> Actor:
    return Actor(
        person_id=person.pk,
        name=person.name,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        holdings=frozenset({Holding(role, organisation.pk)}),
        second_factor=second_factor,
    )
