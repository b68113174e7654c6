"""Who may do what, worked out on samples: every registered permission for every member of the cast, without a database.

The samples are rows in memory. What a verdict asks about is found from the types of its parameters, so that a new
permission on a known thing is in the matrix by itself.
"""

from __future__ import annotations

import datetime as dt
import itertools
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from inspect import Parameter, signature
from typing import Any
from unittest import mock

from django.utils import translation

from toetssteen.core.access import NO_ONE, Actor, Holding, Permission, Role, permissions

OWN, OTHER, TOWN, UNION, SECRETARIAT, COMMITTEE = 1, 2, 10, 11, 12, 13
DAY = dt.date(2020, 10, 1)
MOMENT = dt.datetime(2020, 10, 1, 12, 0, tzinfo=dt.UTC)


def _actor(number: int, organisation: int, kind: str, role: Role, *, second_factor: bool = False) -> Actor:
    return Actor(
        person_id=number, name=role.value, organisation_id=organisation, organisation_name=kind, organisation_kind=kind,
        holdings=frozenset({Holding(role, organisation)}), second_factor=second_factor,
    )  # fmt: skip


def cast() -> dict[str, Actor]:
    """The members of the cast by the heading of their column."""
    return {
        "visitor": NO_ONE,
        "company admin": _actor(1, OWN, "company", Role.COMPANY_ADMIN),
        "editor": _actor(2, OWN, "company", Role.EDITOR),
        "reader": _actor(3, OWN, "company", Role.READER),
        "rival company": _actor(4, OTHER, "company", Role.COMPANY_ADMIN),
        "assessor": _actor(5, SECRETARIAT, "secretariat", Role.ASSESSOR, second_factor=True),
        "assessor, no second factor": _actor(6, SECRETARIAT, "secretariat", Role.ASSESSOR),
        "coordinator": _actor(7, SECRETARIAT, "secretariat", Role.COORDINATOR, second_factor=True),
        "authority": _actor(8, TOWN, "authority", Role.AUTHORITY),
        "union": _actor(9, UNION, "union", Role.PARTY),
        "committee": _actor(10, COMMITTEE, "committee", Role.COMMITTEE),
        "operator": _actor(11, SECRETARIAT, "secretariat", Role.OPERATOR, second_factor=True),
    }


class _Samples:
    """Rows in memory by type, each under words that say what it is."""

    def __init__(self) -> None:
        from toetssteen.organisations.models import Organisation

        self.own = Organisation(pk=OWN, kind="company", name="own company", reference="own")
        self.other = Organisation(pk=OTHER, kind="company", name="another company", reference="other")
        self.town = Organisation(pk=TOWN, kind="authority", name="an authority", reference="town")
        self.secretariat = Organisation(pk=SECRETARIAT, kind="secretariat", name="the secretariat", reference="sec")
        self.by_type: dict[type, dict[str, Any]] = {}
        for build in (
            self._organisations,
            self._reports,
            self._chains,
            self._sites,
            self._complaints,
            self._told,
            self._other_rows,
        ):
            build()

    def _organisations(self) -> None:
        from toetssteen.organisations.models import (
            Appointment,
            Invitation,
            Membership,
            Organisation,
            SituationPeriod,
            Suspension,
        )

        own, other = self.own, self.other
        self.by_type[Organisation] = {
            "own company": own, "another company": other,
            "an authority": self.town, "the secretariat": self.secretariat,
        }  # fmt: skip
        members = {of.pk: Membership(pk=of.pk, organisation=of, joined_on=DAY) for of in (own, other)}
        self.by_type[Membership] = {"of the own company": members[OWN], "of another company": members[OTHER]}
        self.by_type[Suspension] = {
            "of the own company": Suspension(pk=1, membership=members[OWN], from_on=DAY),
            "of another company": Suspension(pk=2, membership=members[OTHER], from_on=DAY),
        }
        self.by_type[SituationPeriod] = self._pair(SituationPeriod, since_on=DAY, situation="C")
        self.by_type[Appointment] = {
            "an editor of the own company": Appointment(pk=1, person_id=2, organisation=own, role=Role.EDITOR.value),
            "an editor of another company": Appointment(pk=2, person_id=99, organisation=other, role=Role.EDITOR.value),
            "an assessor": Appointment(pk=3, person_id=5, organisation=self.secretariat, role=Role.ASSESSOR.value),
            "an operator": Appointment(pk=4, person_id=11, organisation=self.secretariat, role=Role.OPERATOR.value),
        }
        self.by_type[Invitation] = self._pair(Invitation, role=Role.EDITOR.value)

    def _pair(self, model: Any, **values: Any) -> dict[str, Any]:
        return {
            "of the own company": model(pk=1, organisation=self.own, **values),
            "of another company": model(pk=2, organisation=self.other, **values),
        }

    def _reports(self) -> None:
        from toetssteen.assessment.models import Assessment, Decision
        from toetssteen.reporting.models import PathStep, Report, Snapshot, VariantCase
        from toetssteen.workspace.models import CalendarKey

        for model in (PathStep, VariantCase):
            self.by_type[model] = self._pair(model)
        self.by_type[CalendarKey] = {
            "of the editor": CalendarKey(pk=1, person_id=2), "of somebody else": CalendarKey(pk=2, person_id=99)
        }  # fmt: skip

        def report(number: int, of: Any, state: str) -> Report:
            return Report(pk=number, organisation=of, state=state, situation="C", report_year=1, due_on=DAY)

        reports = {
            "own draft": report(1, self.own, "draft"),
            "own, submitted": report(2, self.own, "submitted"),
            "own, returned": report(3, self.own, "returned"),
            "own, final": report(4, self.own, "final"),
            "another's draft": report(5, self.other, "draft"),
            "another's, submitted": report(6, self.other, "submitted"),
        }
        self.by_type[Report] = dict(reports)
        handed_in = {"own": reports["own, submitted"], "another's": reports["another's, submitted"]}
        self.by_type[Snapshot] = {of: Snapshot(pk=r.pk, report=r, kind="submission") for of, r in handed_in.items()}
        assessments = {of: Assessment(pk=r.pk, report=r) for of, r in handed_in.items()}
        self.by_type[Assessment] = dict(assessments)
        self.by_type[Decision] = {of: Decision(pk=a.pk, assessment=a, kind="final") for of, a in assessments.items()}

    def _chains(self) -> None:
        from toetssteen.documents.models import Evidence
        from toetssteen.plans.models import CorrectivePlan, Objective, Plan, PublicReport
        from toetssteen.risks.models import Risk
        from toetssteen.sheets.models import SheetImport
        from toetssteen.supplychain.models import Chain, QuarryArea

        self.by_type[Chain] = {
            "own, open": Chain(pk=1, organisation=self.own, opened_on=DAY),
            "own, closed": Chain(pk=2, organisation=self.own, opened_on=DAY, closed_on=DAY),
            "another's, open": Chain(pk=3, organisation=self.other, opened_on=DAY),
        }
        self.by_type[QuarryArea] = {"": QuarryArea(pk=1)}
        self.by_type[SheetImport] = {
            "own, to look at": SheetImport(pk=1, organisation=self.own, state="review"),
            "own, taken over": SheetImport(pk=2, organisation=self.own, state="done"),
            "another's, to look at": SheetImport(pk=3, organisation=self.other, state="review"),
            "another's, taken over": SheetImport(pk=4, organisation=self.other, state="done"),
        }
        self.by_type[Evidence] = {
            f"{whose}, in no handed-in report": row for whose, row in self._pair(Evidence).items()
        }
        self.by_type[Evidence]["removed, of the own company"] = Evidence(pk=3, organisation=self.own, removed_at=MOMENT)
        self.by_type[Risk] = self._pair(Risk)
        self.by_type[Risk]["removed, of the own company"] = Risk(pk=3, organisation=self.own, removed_at=MOMENT)
        self.by_type[PublicReport] = self._pair(PublicReport, published_on=DAY)
        self.by_type[CorrectivePlan] = self._pair(CorrectivePlan, state="open")
        self.by_type[CorrectivePlan]["ended, of the own company"] = CorrectivePlan(
            pk=3, organisation=self.own, state="exit"
        )
        plans = {
            "own draft": Plan(pk=1, organisation=self.own, state="draft"),
            "own, delivered": Plan(
                pk=2, organisation=self.own, state="delivered", delivered_on=DAY, approved_at=MOMENT
            ),
            "another's draft": Plan(pk=3, organisation=self.other, state="draft"),
            "another's, delivered": Plan(pk=4, organisation=self.other, state="delivered", delivered_on=DAY),
        }
        for plan in plans.values():
            setattr(plan, "_prefetched_objects_cache", {"objectives": [Objective(plan=plan, is_public=True)]})  # noqa: B010
        self.by_type[Plan] = dict(plans)

    def _sites(self) -> None:
        from toetssteen.sites.models import Mention, Question, SiteChange
        from toetssteen.supplychain.models import Site

        site = Site(pk=1, code="1")
        own, other = (Mention(pk=n, organisation=of) for n, of in ((1, self.own), (2, self.other)))
        questions = {
            "to the own company": Question(pk=1, asked_of="company", state="open", mention=own, other=own),
            "to another company": Question(pk=2, asked_of="company", state="open", mention=other, other=other),
            "to the secretariat": Question(pk=3, asked_of="secretariat", state="open", mention=own, site=site),
        }
        self.by_type[Site] = {"": site}
        self.by_type[Question] = dict(questions)
        self.by_type[SiteChange] = {
            f"answer {to}": SiteChange(pk=q.pk, kind="answer", question=q) for to, q in questions.items()
        }
        self.by_type[SiteChange]["a merge"] = SiteChange(pk=4, kind="merge", kept=site, gone=site)

    def _complaints(self) -> None:
        from toetssteen.remedy.models import GivenRemedy, MadeKnown, Poster, SupplierMechanism

        for model in (MadeKnown, SupplierMechanism, GivenRemedy, Poster):
            self.by_type[model] = self._pair(model)
        self.by_type[Poster]["withdrawn, of the own company"] = Poster(pk=3, organisation=self.own, withdrawn_at=MOMENT)

    def _told(self) -> None:
        from toetssteen.communication.models import Edition, EditionWithdrawal, ReportDraft

        self.by_type[ReportDraft] = self._pair(ReportDraft, changed_at=MOMENT)
        editions = self._pair(Edition, language="nl", number=1, published_on=DAY, approved_at=MOMENT)
        for row in editions.values():
            row._state.fields_cache["withdrawal"] = None
        gone = Edition(pk=3, organisation=self.own, language="nl", number=2, published_on=DAY, approved_at=MOMENT)
        gone._state.fields_cache["withdrawal"] = EditionWithdrawal(pk=1, edition=gone, withdrawn_at=MOMENT)
        self.by_type[Edition] = {**editions, "withdrawn, of the own company": gone}

    def _other_rows(self) -> None:
        from toetssteen.accounts.models import Person
        from toetssteen.core.frameworks import ModelDocument, Text
        from toetssteen.covenant.models import CovenantYear, PackVersion, Term
        from toetssteen.inquiries.models import Inquiry
        from toetssteen.library.models import HelpQuestion, Item, ItemVersion
        from toetssteen.register.models import Publication

        self.by_type[Person] = {
            "the editor": Person(pk=2, email="editor@own.example"),
            "somebody else": Person(pk=99, email="other@other.example"),
        }
        self.by_type[Inquiry] = {
            "own draft": Inquiry(pk=1, organisation=self.own, state="draft", email="a@a.example"),
            "own, sent": Inquiry(pk=2, organisation=self.own, state="sent", email="a@a.example"),
            "own, answered": Inquiry(pk=3, organisation=self.own, state="answered", email="a@a.example"),
            "another's, sent": Inquiry(pk=4, organisation=self.other, state="sent", email="a@a.example"),
            "another's, answered": Inquiry(pk=5, organisation=self.other, state="answered", email="a@a.example"),
        }
        self.by_type[HelpQuestion] = {
            **self._pair(HelpQuestion, state="open", asked_at=MOMENT),
            "of the own company, answered": HelpQuestion(
                pk=3, organisation=self.own, state="answered", asked_at=MOMENT, answered_at=MOMENT
            ),
            "of the own company, taken back": HelpQuestion(
                pk=4, organisation=self.own, state="withdrawn", asked_at=MOMENT
            ),
        }
        self.by_type[Item] = {
            "for companies": Item(pk=1, for_company=True),
            "for authorities": Item(pk=2, for_authority=True),
            "for everybody": Item(pk=3, for_public=True),
            "for everybody, withdrawn": Item(pk=4, for_public=True, withdrawn_at=MOMENT),
        }
        for item in self.by_type[Item].values():
            setattr(item, "_prefetched_objects_cache", {"versions": [ItemVersion(item=item, number=1)]})  # noqa: B010
        words = Text("", "")
        self.by_type[ModelDocument] = {
            "for companies": ModelDocument(
                "1", "policy", "", words, words, words, (), (), ("company",), not_imported=False, parts=()
            )
        }
        self.by_type[PackVersion] = {"": PackVersion(pk=1)}
        self.by_type[Term] = {"": Term(pk=1)}
        self.by_type[CovenantYear] = {"": CovenantYear(pk=1, number=1)}
        self.by_type[Publication] = {"": Publication(pk=1, number=1)}

    def of(self, name: str, annotation: Any) -> dict[str, Any]:
        """The samples for one parameter of a verdict."""
        if typing.get_origin(annotation) in (typing.Union, types.UnionType):
            annotation = next(part for part in typing.get_args(annotation) if part is not type(None))
        if annotation is int and name == "organisation_id":
            return {"own company": OWN, "another company": OTHER}
        try:
            return self.by_type[annotation]
        except KeyError:
            raise LookupError(
                f"There is no sample for '{name}: {getattr(annotation, '__name__', annotation)}'. "
                "Add one in toetssteen/config/access_matrix.py."
            ) from None


def known_permissions() -> tuple[Permission, ...]:
    """All permissions of all apps."""
    from toetssteen.config.urls import APPS

    for app in APPS:
        if find_spec(f"toetssteen.{app}.permissions"):
            import_module(f"toetssteen.{app}.permissions")
    return tuple(p for p in permissions() if p.verdict.__module__.startswith("toetssteen."))


def cases(permission: Permission, samples: _Samples) -> Iterator[tuple[str, Callable[[Actor], Any]]]:
    """The rows of one permission: what it is about, and the question to ask for an actor."""
    verdict = permission.verdict
    hints = typing.get_type_hints(verdict)
    wanted = [
        (name, samples.of(name, hints[name]))
        for name, parameter in list(signature(verdict).parameters.items())[1:]
        if parameter.kind is not Parameter.KEYWORD_ONLY and _is_about_a_thing(hints.get(name), parameter)
    ]
    names = [name for name, _ in wanted]
    for chosen in itertools.product(*(found.items() for _, found in wanted)):
        about = ", ".join(label for label, _ in chosen if label)
        values = {name: value for name, (_, value) in zip(names, chosen, strict=True)}
        yield about, partial(_ask, verdict, values)


def _ask(verdict: Callable[..., Any], values: dict[str, Any], actor: Actor) -> Any:
    return verdict(actor, **values)


def _is_about_a_thing(annotation: Any, parameter: Parameter) -> bool:
    """Left out are plain switches that have a default, such as `role: str = ""`."""
    return parameter.default is Parameter.empty or annotation not in (str, bool, int)


@contextmanager
def _nobody_above() -> Iterator[None]:
    """Without the apps above: their answers need a database."""
    with (
        mock.patch("toetssteen.foundation.hooks.any_says_yes", return_value=False),
        mock.patch("toetssteen.documents.hooks.usage", []),
        mock.patch("toetssteen.documents.hooks.open_to_secretariat", []),
    ):
        yield


def rows() -> Iterator[tuple[str, str, dict[str, bool]]]:
    """Permission, what it is about, and yes or no for each member of the cast."""
    samples, members = _Samples(), cast()
    with _nobody_above(), translation.override("en"):
        for permission in known_permissions():
            for about, ask in cases(permission, samples):
                yield permission.name, about, {name: bool(ask(actor)) for name, actor in members.items()}


def _merged(found: list[tuple[str, dict[str, bool]]]) -> list[tuple[str, dict[str, bool]]]:
    """One line for all samples with the same answers; `any` when they all have."""
    merged: list[tuple[list[str], dict[str, bool]]] = []
    for about, answers in found:
        same = next((labels for labels, known in merged if known == answers), None)
        if same is None:
            merged.append(([about], answers))
        else:
            same.append(about)
    if len(merged) == 1:
        return [("any" if len(found) > 1 else found[0][0], merged[0][1])]
    return [("; ".join(labels), answers) for labels, answers in merged]


def as_markdown() -> str:
    """The matrix as one table per app."""
    sentences = {permission.name: permission.sentence for permission in known_permissions()}
    lines = [
        "# Who may do what",
        "",
        "Made by `toetssteen access-matrix --write`; a stale file fails the checks. Every verdict is asked on samples: "
        "the company admin, editor and reader belong to the *own* company, the rival company is *another*. "
        "● is yes, · is no.",
    ]
    members, app = list(cast()), ""
    for name, group in itertools.groupby(rows(), key=lambda row: row[0]):
        if name.partition(".")[0] != app:
            app = name.partition(".")[0]
            lines += ["", f"## {app}", "", f"| Right | About | {' | '.join(members)} |"]
            lines += ["|---|---|" + ":-:|" * len(members)]
        for about, answers in _merged([(about, answers) for _, about, answers in group]):
            marks = " | ".join("●" if answers[member] else "·" for member in members)
            lines.append(f"| {name.partition('.')[2]} | {about} | {marks} |")
    lines += ["", "## In words", ""]
    lines += [f"- **{name}**: {sentence}" for name, sentence in sentences.items()]
    return "\n".join(lines) + "\n"
