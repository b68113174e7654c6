"""The named universe of the tests: a few firms, people and years; small, and with data that could leak.

Mason Stone (company, situation C) and its rival Granite House (also C), Euro Stone (B), Town of Exampleton (authority),
a union, the secretariat, the committee, an operator. Everybody signs in with `PASSWORD`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from toetssteen.accounts.models import Person
from toetssteen.core.access import NO_ONE, Actor, Holding, Role
from toetssteen.covenant.models import CovenantYear, PackVersion, Term
from toetssteen.organisations.choices import OrganisationKind, SituationOrigin
from toetssteen.organisations.models import Appointment, Membership, Organisation, SituationPeriod

PASSWORD = "a-long-password-for-tests"
PACK_FOLDER = Path(__file__).resolve().parents[1] / "packs" / "trustone-2019"
LONG_AGO = dt.datetime(2019, 10, 1, 9, 0, tzinfo=dt.UTC)
NOW = dt.datetime(2020, 11, 15, 12, 0, tzinfo=dt.UTC)  # year 1 has ended, reports are being written
TODAY = NOW.date()

# name of the role in tests: (role, organisation, e-mail)
PEOPLE: dict[str, tuple[Role, str, str]] = {
    "company_admin": (Role.COMPANY_ADMIN, "mason", "admin@mason.example"),
    "editor": (Role.EDITOR, "mason", "editor@mason.example"),
    "reader": (Role.READER, "mason", "reader@mason.example"),
    "rival": (Role.COMPANY_ADMIN, "granite", "admin@granite.example"),
    "euro": (Role.COMPANY_ADMIN, "euro", "admin@euro.example"),
    "assessor": (Role.ASSESSOR, "secretariat", "assessor@secretariat.example"),
    "coordinator": (Role.COORDINATOR, "secretariat", "coordinator@secretariat.example"),
    "authority": (Role.AUTHORITY, "town", "buyer@town.example"),
    "union": (Role.PARTY, "union", "rep@union.example"),
    "committee": (Role.COMMITTEE, "committee", "clerk@committee.example"),
    "operator": (Role.OPERATOR, "secretariat", "operator@secretariat.example"),
}
NEEDS_SECOND_FACTOR = frozenset({"assessor", "coordinator", "operator"})


@cache
def raw_pack() -> dict[str, Any]:
    """The raw content of the project's own pack."""
    from toetssteen.core.frameworks import read_pack

    return read_pack(PACK_FOLDER)


@dataclass
class Cast:
    """Everybody and everything by name."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    years: dict[int, CovenantYear] = field(default_factory=dict)
    pack: PackVersion | None = None

    def actor(self, name: str) -> Actor:
        """The actor of a member of the cast; `visitor` is nobody."""
        if name == "visitor":
            return NO_ONE
        role, organisation, _email = PEOPLE[name]
        of = self.organisations[organisation]
        return Actor(
            person_id=self.people[name].pk,
            name=self.people[name].name,
            organisation_id=of.pk,
            organisation_name=of.name,
            organisation_kind=of.kind,
            holdings=frozenset({Holding(role, of.pk)}),
            second_factor=name in NEEDS_SECOND_FACTOR,
        )

    def sign_in(self, client: Any, name: str) -> Any:
        """Sign a test client in as a member of the cast, with the second factor where the role demands one."""
        if name == "visitor":
            client.logout()
            return client
        client.force_login(self.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        methods = [{"method": "password", "at": NOW.timestamp(), "email": self.people[name].email}]
        if name in NEEDS_SECOND_FACTOR:
            methods.append({"method": "mfa", "at": NOW.timestamp(), "type": "totp"})
        session["account_authentication_methods"] = methods
        session["account_authentication_methods_user"] = str(self.people[name].pk)
        session.save()
        return client


def build() -> Cast:
    """Make the cast in the database."""
    from toetssteen.core.frameworks import pack_digest
    from toetssteen.covenant.queries import forget_packs, pack_content, pack_of_version

    cast = Cast()
    firms: list[tuple[str, str, str, str, str]] = [
        ("mason", OrganisationKind.COMPANY, "T001", "Mason Stone BV", "C"),
        ("granite", OrganisationKind.COMPANY, "T002", "Granite House NV", "C"),
        ("euro", OrganisationKind.COMPANY, "T003", "Euro Stone BV", "B"),
        ("town", OrganisationKind.AUTHORITY, "T010", "Town of Exampleton", ""),
        ("union", OrganisationKind.UNION, "T011", "Example Builders Union", ""),
        ("secretariat", OrganisationKind.SECRETARIAT, "T012", "Secretariat", ""),
        ("committee", OrganisationKind.COMMITTEE, "T013", "Complaints committee", ""),
    ]
    for key, kind, reference, name, situation in firms:
        organisation = Organisation.objects.create(
            kind=kind, reference=reference, name=name, country="BE" if key == "granite" else "NL",
            region="Flanders" if key == "granite" else "NL", market_role="importer" if situation else "",
        )  # fmt: skip
        cast.organisations[key] = organisation
        Membership.objects.create(
            organisation=organisation, joined_on=dt.date(2019, 10, 1), confirmed_on=dt.date(2019, 10, 1)
        )
        if situation:
            SituationPeriod.objects.create(
                organisation=organisation, since_on=dt.date(2019, 10, 1), situation=situation,
                origin=SituationOrigin.DECLARED, recorded_at=LONG_AGO,
            )  # fmt: skip
    password = make_password(PASSWORD)
    for key, (role, organisation_key, email) in PEOPLE.items():
        person = Person.objects.create(
            email=email, name=key.replace("_", " ").title(), password=password, language="en"
        )
        cast.people[key] = person
        Appointment.objects.create(
            person=person, organisation=cast.organisations[organisation_key], role=role.value, since_at=LONG_AGO
        )
    raw = raw_pack()
    cast.pack = PackVersion.objects.create(
        pack_id="trustone-2019", version="test", digest=pack_digest(raw), content=pack_content(raw), stored_at=LONG_AGO
    )
    forget_packs()
    pack_of_version(cast.pack)
    term = Term.objects.create(
        name_nl="Eerste termijn", name_en="First term", starts_on=dt.date(2019, 10, 1), ends_on=dt.date(2024, 9, 30)
    )
    for number in range(1, 6):
        cast.years[number] = CovenantYear.objects.create(
            term=term, number=number, starts_on=dt.date(2018 + number, 10, 1), ends_on=dt.date(2019 + number, 9, 30),
            report_due_on=dt.date(2019 + number, 12, 31), pack=cast.pack,
        )  # fmt: skip
    return cast
