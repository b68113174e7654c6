"""Who loads the pages: people of many companies, the secretariat and visitors, signed in without the sign-in page."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Count
from django.urls import NoReverseMatch, reverse

from toetssteen.accounts.models import Person
from toetssteen.assessment import frozen, results
from toetssteen.assessment.models import Assessment
from toetssteen.core.access import Actor, Role
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import clock
from toetssteen.foundation.pages import Refused
from toetssteen.organisations.actors import actor_for
from toetssteen.organisations.models import Appointment, Organisation
from toetssteen.reporting import services as reporting
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Answer, Report
from toetssteen.supplychain.models import Chain, ChainLink

HERO = "importeur@demo.example"
STAFF = ("beoordelaar@demo.example", "coordinator@demo.example")
# What the sign-in library keeps in a session about how somebody signed in.
PROOFS, PROOFS_OF = "account_authentication_methods", "account_authentication_methods_user"
Pages = list[tuple[str, str]]


class _Addresses:
    """Addresses by name; a page that this version does not have is remembered."""

    def __init__(self) -> None:
        self.missing: set[str] = set()

    def add(self, pages: Pages, key: str, *tries: tuple[str, tuple[Any, ...]]) -> None:
        """Add the first of these names that exists."""
        for name, arguments in tries:
            try:
                pages.append((key, reverse(name, args=arguments)))
            except NoReverseMatch:
                continue
            return
        self.missing.add(key)


def prepare(companies: int) -> dict[str, Any]:
    """Who there is, which pages they load in turn, and how many rows the world has."""
    addresses = _Addresses()
    year = current_year(clock.today())
    visitors: list[dict[str, Any]] = []
    staff = [_staff(email, year, addresses) for email in STAFF]
    public = {"cookie": "", "pages": _public(addresses)}
    firms = [_company_pages(person, report, addresses) for person, report in _companies(companies, year)]
    # For every two users of companies one of the secretariat and one visitor.
    for number in range(0, len(firms), 2):
        visitors += [*firms[number : number + 2], staff[number // 2 % len(staff)], public]
    return {"visitors": visitors, "missing": sorted(addresses.missing), "rows": _rows()}


def hero() -> str:
    """The cookie of the person of the story."""
    return _signed_in(Person.objects.get(email=HERO), second_factor=False)


def _rows() -> dict[str, int]:
    models = (Organisation, Report, Answer, Chain, ChainLink)
    return {model._meta.model_name or "": model._default_manager.count() for model in models}


def _public(addresses: _Addresses) -> Pages:
    pages: Pages = []
    addresses.add(pages, "public_register", ("register", ()))
    addresses.add(pages, "public_figures", ("figures", ()))
    addresses.add(pages, "framework", ("framework", ()))
    return pages


def _staff(email: str, year: CovenantYear, addresses: _Addresses) -> dict[str, Any]:
    person = Person.objects.get(email=email)
    pages: Pages = []
    addresses.add(pages, "work_queue", ("work_queue", ()))
    taken = Assessment.objects.filter(report__state=ReportState.IN_REVIEW).select_related("report__year").first()
    if taken:
        question = results.to_assess(pack_of(taken.report.year), frozen.filing_of(taken.report))[0].id
        addresses.add(pages, "assessors_desk", ("assess_question", (taken.report_id, question)))
    addresses.add(pages, "year_overview", ("year_overview", (year.number,)))
    return {"cookie": _signed_in(person, second_factor=True), "pages": pages}


def _companies(wanted: int, year: CovenantYear) -> Sequence[tuple[Person, Report]]:
    """People of the companies with the most chains that still write a report, the company of the story first."""
    hero = Person.objects.get(email=HERO)
    found = []
    first = Report.objects.filter(organisation__appointments__person=hero, year=year, state=ReportState.DRAFT).first()
    if first:
        found.append((hero, first))
    busy = Report.objects.filter(year=year).values("organisation_id")
    largest = (
        Chain.objects.filter(closed_on=None)
        .exclude(organisation_id__in=busy)
        .values_list("organisation_id")
        .annotate(n=Count("pk"))
        .order_by("-n", "organisation_id")
    )
    for organisation_id, _count in largest[: 3 * wanted]:
        if len(found) == wanted:
            break
        one = _writer(organisation_id, len(found), year)
        if one:
            found.append(one)
    return found


def _writer(organisation_id: int, number: int, year: CovenantYear) -> tuple[Person, Report] | None:
    """Somebody of this company, with the report of the year open before them."""
    now = clock.now()
    person, _new = Person.objects.get_or_create(
        email=f"measure.{number}@demo.example", defaults={"name": f"Measure {number}", "language": "nl"}
    )
    Appointment.objects.create(
        person=person, organisation_id=organisation_id, role=Role.COMPANY_ADMIN.value,
        since_at=now - dt.timedelta(days=365),
    )  # fmt: skip
    actor: Actor = actor_for(person)
    try:
        report = reporting.open_report(
            actor=actor, organisation_id=organisation_id, year_id=year.pk, today=clock.today(), now=now
        )
    except Refused:  # this company owes no report
        Appointment.objects.filter(person=person).delete()
        return None
    return person, report


def _company_pages(person: Person, report: Report, addresses: _Addresses) -> dict[str, Any]:
    question = pack_of(report.year).questions_for(report.situation)[10].id
    pages: Pages = []
    addresses.add(pages, "company_home", ("company_home", ()))
    addresses.add(pages, "questionnaire_overview", ("report_overview", (report.pk,)), ("report_overview", ()))
    addresses.add(pages, "one_question", ("answer_edit", (report.pk, question)))
    addresses.add(pages, "chain_list", ("chain_list", ()))
    addresses.add(pages, "evidence_list", ("evidence_list", ()))
    return {"cookie": _signed_in(person, second_factor=False), "pages": pages}


def _signed_in(person: Person, *, second_factor: bool) -> str:
    """The cookie of a session as signing in leaves it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    proofs = [{"method": "password", "at": time.time(), "email": person.email}]
    if second_factor:
        proofs.append({"method": "mfa", "at": time.time(), "type": "totp"})
    session[PROOFS], session[PROOFS_OF] = proofs, str(person.pk)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
