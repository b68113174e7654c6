"""A world in which everything could leak: two companies with the same kinds of rows, each full of words of its own.

Every confidential text holds `SECRET-<kind>-<firm>`. Rows are made as people make them where a service exists.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile

from tests.assessment import world as desk
from tests.cast import LONG_AGO, NOW, TODAY, Cast
from tests.reporting import world as filing
from toetssteen.assessment import services as assessing
from toetssteen.assessment.models import Assessment
from toetssteen.communication.models import Edition, ReportDraft
from toetssteen.documents.models import Evidence
from toetssteen.evaluation.models import Evaluation, Reading
from toetssteen.inquiries.models import AskedChain, Attachment, Inquiry, Line, Reply
from toetssteen.library.models import Copy, Faq, HelpQuestion, Item, ItemVersion
from toetssteen.organisations.models import Appointment, Invitation, SituationPeriod
from toetssteen.plans.models import (
    CorrectivePlan,
    CorrectiveStep,
    Objective,
    Plan,
    PlannedAction,
    PublicReport,
    SharedAction,
)
from toetssteen.remedy import policies as remedy_policies
from toetssteen.remedy.models import GivenRemedy, MadeKnown, MadeKnownAt, MechanismCriterion, Poster, SupplierMechanism
from toetssteen.reporting.models import AnswerEvidence, PathStep, Report, VariantCase, VariantYear
from toetssteen.risks.models import Move, Rejection, Risk, RiskSource, StakeholderView
from toetssteen.sheets.models import SheetImport, SheetRow, TradeName
from toetssteen.sites.models import Closing, ClosingNotice, Mention, MentionLink, Question, SiteChange
from toetssteen.supplychain.models import AreaMerge, ChainLink, QuarryArea, Site

FIRMS = {"mason": "editor", "granite": "rival"}
# What only the company itself and the secretariat may read once the report was handed in.
SHARED = (
    "light",
    "chain",
    "answer",
    "evidence",
    "plan",
    "risk",
    "question",
    "talk",
    "reason",
    "help",
    "remedy",
    "result",
)
# What only the company itself may read: reports that are not handed in yet, and what its suppliers answered.
DRAFT = ("draft-answer", "draft-plan", "inquiry", "poster", "corrective")
# What only the company's administrator, and the staff who keep the list of people, may read.
PEOPLE = ("invited",)
# What only administrators and editors of the company may read.
SHEETS = ("sheet",)
# What only the secretariat may read.
INTERNAL = ("second-note", "site")
# What authorities and the secretariat may read.
LIBRARY = ("library",)
# What the company and those who keep the list may read.
SITUATION = ("situation",)


def secret(kind: str, firm: str) -> str:
    """The words that give a row away."""
    return f"SECRET-{kind}-{firm}"


@dataclass
class World:
    """The rows of each firm, by what they are."""

    cast: Cast
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    area: Any = None
    area_merge: Any = None
    trade_name: Any = None


def build(cast: Cast) -> World:
    """Make it."""
    world = World(cast)
    world.trade_name = TradeName.objects.create(name="Absolute", key="absolute", material="granite", added_at=NOW)
    world.area = QuarryArea.objects.create(code="area-1", name="Area", country="IN")
    gone = QuarryArea.objects.create(code="area-2", name="Aera", country="IN", merged_into=world.area)
    world.area_merge = AreaMerge.objects.create(
        area=gone, into=world.area, made_by=cast.people["coordinator"], made_at=NOW
    )
    for firm, who in FIRMS.items():
        world.rows[firm] = {"organisation": cast.organisations[firm]}
        _first_year(world, firm, who)
        _draft_year(world, firm, who)
        _light(world, firm)
        _people(world, firm, who)
        _sheet(world, firm, who)
        _asked(world, firm)
        _helped(world, firm)
        _sites(world, firm)
        _tells(world, firm)
    return world


def _first_year(world: World, firm: str, who: str) -> None:
    """A report that was handed in and is being assessed."""
    cast, rows = world.cast, world.rows[firm]
    organisation = cast.organisations[firm]
    rows["chain"] = filing.chain(cast, firm, trade_name=secret("chain", firm))
    rows["closed_chain"] = filing.chain(
        cast, firm, closed_on=TODAY, close_reason="No longer bought.", share_of_volume=None
    )
    rows["risk"] = Risk.objects.create(
        organisation=organisation, chain=rows["chain"], year_number=1, theme="child-labour", is_actual=False,
        severity_reason=secret("risk", firm),
    )  # fmt: skip
    _about_the_risk(world, firm)
    _about_complaints(world, firm)
    rows["plan"] = _plan(world, firm, "plan", 1, state="delivered", delivered_on=TODAY)
    _result(world, firm)
    _put_right(world, firm)
    rows["public_report"] = PublicReport.objects.create(
        organisation=organisation, published_on=dt.date(2020, 10, 1), title="Our report", address="https://example.org/"
    )
    report = filing.open_report(cast, who)
    rows["evidence"] = Evidence.objects.create(
        organisation=organisation, kind="policy", title=secret("evidence", firm), file_name="policy.pdf", size=9,
        content_type="application/pdf", sha256=firm.ljust(64, "0"), uploaded_at=NOW, uploaded_by=cast.people[who],
        file=ContentFile(secret("evidence", firm).encode(), name="x"),
    )  # fmt: skip
    filing.answer_all(cast, report, "largely", who)
    filing.answer(cast, report, "q-1-1-01", "fully", who, text=secret("answer", firm))
    AnswerEvidence.objects.create(report=report, question="q-1-1-01", evidence=rows["evidence"])
    filing.submit(cast, report, who)
    desk.take(cast, report)
    desk.score(cast, report, "q-1-1-01", "partly", secret("reason", firm))
    assessor = cast.actor("assessor")
    assessing.ask_question(
        actor=assessor, report_id=report.pk, question="q-1-1-01", text=secret("question", firm), now=NOW
    )
    rows["talk"] = assessing.save_talk(
        actor=assessor, report_id=report.pk, talk_id=None, row_version=0, now=NOW,
        notes=assessing.TalkNotes(
            held_on=TODAY, participants="Both", notes=secret("talk", firm), agreed="Nothing."
        ),
    )  # fmt: skip
    Assessment.objects.filter(report=report).update(second_note=secret("second-note", firm))
    rows["report"] = Report.objects.get(pk=report.pk)


def _about_the_risk(world: World, firm: str) -> None:
    """How the firm knows of its risk, why it moved it, and what a stakeholder said of the order."""
    rows, said = world.rows[firm], secret("risk", firm)
    risk, who = rows["risk"], world.cast.people[FIRMS[firm]]
    other = Risk.objects.create(
        organisation=risk.organisation, year_number=1, theme="ohs", is_actual=True, description=said, harmed=said
    )
    rows["source"] = RiskSource.objects.create(risk=risk, kind="site visit", said_on=TODAY, text=said, noted_at=NOW)
    rows["move"] = Move.objects.create(
        organisation=risk.organisation, year_number=1, risk=risk, passed=other, up=True, reason=said, moved_by=who,
        moved_at=NOW,
    )  # fmt: skip
    rows["view"] = StakeholderView.objects.create(
        organisation=risk.organisation, year_number=1, who=said, said_on=TODAY, said=said, recorded_by=who,
        recorded_at=NOW,
    )  # fmt: skip
    Rejection.objects.create(
        organisation=risk.organisation, key="profile:rp-09", year_number=1, reason=said, rejected_by=who,
        rejected_at=NOW,
    )  # fmt: skip


def _about_complaints(world: World, firm: str) -> None:
    """What the firm made known, its poster, what it knows of a mechanism, and the remedy that it took part in."""
    rows, said, private = world.rows[firm], secret("remedy", firm), secret("poster", firm)
    of = rows["organisation"]
    key = remedy_policies.place_key("factories", said, "", "IN")
    at = {"key": key, "level": "factories", "name": said, "country": "IN"}
    made = MadeKnown.objects.create(
        organisation=of, mechanism="covenant", audiences=["suppliers"], way="letter", languages=["en"], made_on=TODAY,
        note=said, changed_at=NOW,
    )  # fmt: skip
    MadeKnownAt.objects.create(made_known=made, **at)
    known = SupplierMechanism.objects.create(
        organisation=of, has_one="yes", description=said, source="visit", said_on=TODAY, changed_at=NOW, **at
    )
    MechanismCriterion.objects.create(mechanism=known, criterion="accessible", fit="met", sentence=said)
    letter = "b" if firm == "mason" else "c"
    rows["poster"] = Poster.objects.create(
        organisation=of, language="en", code=f"en-{letter * 4}-2222-3333", contact=private, shows_place=True,
        shows_company=True, made_at=NOW, **{**at, "name": private},
    )  # fmt: skip
    rows["remedy"] = GivenRemedy.objects.create(
        organisation=of, risk=rows["risk"], harm=said, for_whom=said, role=said, done=said, known_on=TODAY,
        changed_at=NOW,
    )  # fmt: skip
    rows["made-known"], rows["mechanism"] = made, known


def _put_right(world: World, firm: str) -> None:
    """A corrective plan with a supplier, and the shared action of which everybody may know that it is there."""
    rows, said = world.rows[firm], secret("corrective", firm)
    rows["corrective"] = CorrectivePlan.objects.create(
        organisation=rows["organisation"], supplier_name=said, problem=said, agreed_on=TODAY, review_on=TODAY
    )
    rows["corrective-step"] = CorrectiveStep.objects.create(plan=rows["corrective"], text=said, due_on=TODAY)
    rows["shared-action"], _made = SharedAction.objects.get_or_create(
        reference="SA1", defaults={"name_nl": "Samen", "theme": "ohs", "started_on": TODAY}
    )


def _result(world: World, firm: str) -> None:
    """What was measured and concluded of the goal in the plan that was handed in."""
    rows, said = world.rows[firm], secret("result", firm)
    rows["reading"] = Reading.objects.create(
        goal=rows["plan-goal"], year_number=1, kind="words", measured_on=TODAY, words=said, source="count", method=said,
        given_by=said, recorded_at=NOW,
    )  # fmt: skip
    Evaluation.objects.create(
        organisation=rows["organisation"], goal=rows["plan-goal"], year_number=1, evaluated_on=TODAY, reached=said,
        conclusion="continue", own_change=said, written_at=NOW,
    )  # fmt: skip


def _draft_year(world: World, firm: str, who: str) -> None:
    """A report of the next year that the secretariat must not see yet."""
    cast = world.cast
    report = filing.open_report(cast, who, year=2, today=dt.date(2021, 11, 1))
    filing.answer(cast, report, "q-1-1-01", "fully", who, text=secret("draft-answer", firm))
    world.rows[firm]["draft"] = report
    world.rows[firm]["draft_plan"] = _plan(world, firm, "draft-plan", 2)


def _light(world: World, firm: str) -> None:
    """A request for the lighter profile in the year that is not handed in, and what the company planned itself."""
    cast, organisation = world.cast, world.cast.organisations[firm]
    VariantYear.objects.get_or_create(
        year=cast.years[2], ended_at=None,
        defaults={"variant": "trustone-2019-small", "adopted_on": TODAY, "reason": "Minutes.", "adopted_at": NOW},
    )  # fmt: skip
    world.rows[firm]["variant-case"] = VariantCase.objects.create(
        organisation=organisation, year=cast.years[2], variant="trustone-2019-small", staff_fte=3, asked_at=NOW,
        state="refused", reason=secret("light", firm), decided_at=NOW,
    )  # fmt: skip
    PathStep.objects.create(
        organisation=organisation, year_number=1, key="plan", minutes=777, planned_on=TODAY, changed_at=NOW
    )


def _plan(world: World, firm: str, kind: str, year: int, **values: Any) -> Plan:
    plan, _ = Plan.objects.update_or_create(
        organisation=world.cast.organisations[firm], year=world.cast.years[year],
        defaults={"summary": secret(kind, firm), **values},
    )  # fmt: skip
    goal = Objective.objects.create(plan=plan, theme="child-labour", text=secret(kind, firm))
    action = PlannedAction.objects.create(objective=goal, text=secret(kind, firm))
    world.rows[firm] |= {f"{kind}-goal": goal, f"{kind}-action": action}
    return plan


def _sheet(world: World, firm: str, who: str) -> None:
    """A spreadsheet that the company looks at before it takes it over."""
    rows, said = world.rows[firm], secret("sheet", firm)
    rows["sheet"] = SheetImport.objects.create(
        organisation=world.cast.organisations[firm], file_name=f"{said}.csv", file=ContentFile(said.encode(), name="x"),
        sha256=firm.ljust(64, "0"), state="review", uploaded_by=world.cast.people[who], uploaded_at=NOW,
        layout=[{"name": "csv", "role": "chains", "header_row": 1, "columns": [
            {"index": 0, "header": "Supplier", "field": "supplier", "confidence": 1.0, "samples": [said]},
        ]}],
        facts={"rows_read": 1, "has_rows": True},
    )  # fmt: skip
    rows["sheet-row"] = SheetRow.objects.create(
        sheet_import=rows["sheet"], position=0, sheet="csv", number=2, cells={"Supplier": said}, group=firm,
        understood={"material": "granite", "levels": {
            "direct_supplier": {"status": "known", "sites": [{"name": said}]},
        }},
        problems=[{"sheet": "csv", "row": 2, "column": "Supplier", "code": "uncertain_value", "severity": "warning",
                   "values": {"written": said}}],
        grade=2,
    )  # fmt: skip


def _people(world: World, firm: str, who: str) -> None:
    organisation, rows = world.cast.organisations[firm], world.rows[firm]
    rows["appointment"] = Appointment.objects.filter(organisation=organisation).order_by("pk").last()
    rows["invitation"] = Invitation.objects.create(
        organisation=organisation, email=f"{secret('invited', firm).lower()}@example.org", name=secret("invited", firm),
        role="reader", token_digest=firm.ljust(64, "1"), invited_by=world.cast.people[who], invited_at=NOW,
        expires_at=NOW + dt.timedelta(days=14),
    )  # fmt: skip
    rows["situation"] = SituationPeriod.objects.create(
        organisation=organisation, since_on=dt.date(2020, 1, 1), situation="C", origin="override",
        reason=secret("situation", firm), recorded_at=LONG_AGO,
    )  # fmt: skip


def _helped(world: World, firm: str) -> None:
    """A question of the firm to the help desk, with its answer, and an answer for everybody that names nobody."""
    rows, staff = world.rows[firm], world.cast.people["assessor"]
    rows["help"] = HelpQuestion.objects.create(
        organisation=world.cast.organisations[firm], asked_by=world.cast.people[FIRMS[firm]], asked_at=NOW,
        text=secret("help", firm), state="answered", answer=secret("help", firm), answered_by=staff, answered_at=NOW,
    )  # fmt: skip
    item = rows["library-item"] = Item.objects.create(
        kind="guide", title_nl=secret("library", firm), title_en="x", for_authority=True, made_by=staff, made_at=NOW
    )
    version = rows["library-version"] = ItemVersion.objects.create(
        item=item, number=1, dated_on=TODAY, published_by=staff, published_at=NOW
    )
    rows["library-copy"] = Copy.objects.create(
        version=version, languages=["nl"], file_name="guide.pdf", content_type="application/pdf",
        file=ContentFile(secret("library", firm).encode(), name="x"),
    )  # fmt: skip
    rows["faq"] = Faq.objects.create(
        question_nl="Vraag", question_en="Question", answer_nl="Antwoord", answer_en="Answer", published_by=staff,
        published_at=NOW,
    )  # fmt: skip


def _asked(world: World, firm: str) -> None:
    """A question to the same supplier by each firm, answered with words of its own."""
    cast, rows = world.cast, world.rows[firm]
    asked = rows["inquiry"] = Inquiry.objects.create(
        organisation=cast.organisations[firm], pack_id=cast.years[1].pack_id, asked_kind="supplier",
        supplier_name=secret("inquiry", firm), email="shared@supplier.example", language="en", state="answered",
        made_at=NOW, sent_at=NOW, expires_at=NOW + dt.timedelta(days=300), ended_at=NOW, ended_on=TODAY,
        token_digest=firm.ljust(64, "2"), may_share=True, word=secret("inquiry", firm),
    )  # fmt: skip
    AskedChain.objects.create(inquiry=asked, chain=rows["chain"], levels=["quarries"])
    Reply.objects.create(inquiry=asked, question="sq-18", value=secret("inquiry", firm), saved_at=NOW)
    rows["line"] = Line.objects.create(
        inquiry=asked, chain=rows["chain"], kind="link", question="sq-03", level="quarries",
        content={"name": secret("inquiry", firm), "place": ""},
    )  # fmt: skip
    rows["attachment"] = Attachment.objects.create(
        inquiry=asked, file_name="licence.pdf", content_type="application/pdf", size=9, sha256=firm.ljust(64, "3"),
        added_at=NOW, file=ContentFile(secret("inquiry", firm).encode(), name="x"),
    )  # fmt: skip


def _tells(world: World, firm: str) -> None:
    """The draft of a public report that nobody but the firm reads, and a version that everybody reads."""
    organisation, rows = world.cast.organisations[firm], world.rows[firm]
    said = {"nl": secret("draft-plan", firm), "en": secret("draft-plan", firm)}
    rows["told-draft"] = ReportDraft.objects.create(
        organisation=organisation, year=world.cast.years[1], words={"policy": said}, changed_at=NOW
    )
    content = {
        "language": "nl", "company": firm, "title": "Verslag", "lead": "", "disclaimer": "", "is_short": False,
        "year": 1, "sections": [], "published_on": "2020-11-15", "number": 1,
    }  # fmt: skip
    rows["told"] = Edition.objects.create(
        organisation=organisation, year=world.cast.years[1], language="nl", number=1, content=content,
        sha256=firm.ljust(64, "0"), published_on=TODAY, approved_at=NOW,
    )  # fmt: skip


def _sites(world: World, firm: str) -> None:
    """A site that the firm names, tied by recognition; one that may be the same; and a question to the firm itself."""
    organisation, rows = world.cast.organisations[firm], world.rows[firm]
    links = [
        ChainLink.objects.create(chain=rows["chain"], level="quarries", position=50 + n, state="known", name="Pit")
        for n in range(2)
    ]
    site = Site.objects.create(code=f"site-{firm}", name=secret("site", firm), kinds=["quarry"], country="IN")
    earlier, later = (
        Mention.objects.create(
            organisation=organisation, key=f"{firm}-{n}".ljust(64, "k"), level="quarries", name=secret("chain", firm),
            site=site if n == 0 else None, how="new" if n == 0 else "", first_seen_at=NOW, compared_at=NOW,
        )
        for n in range(2)
    )  # fmt: skip
    for link, mention in zip(links, (earlier, later), strict=True):
        MentionLink.objects.create(link=link, mention=mention)
    Question.objects.create(asked_of="company", mention=later, other=earlier, asked_at=NOW)
    rows["site"] = site
    rows["site-question"] = Question.objects.create(
        asked_of="secretariat", state="waiting", mention=later, site=site, asked_at=NOW
    )
    rows["site-change"] = SiteChange.objects.create(kind="answer", kept=site, moved={}, made_at=NOW)
    closing = Closing.objects.create(
        site=site, closed_on=TODAY, source="public", note=secret("site", firm), made_at=NOW
    )
    ClosingNotice.objects.create(closing=closing, mention=earlier)
