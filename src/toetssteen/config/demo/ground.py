"""Puts down what the rest stands on: the pack, the years, the parties, their memberships, the people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.hashers import make_password

from toetssteen.accounts.demo import set_demo_totp
from toetssteen.accounts.models import Person
from toetssteen.config.demo.world import World, copied, day, moment, must_day
from toetssteen.core.access import Actor, Holding, Role
from toetssteen.core.frameworks import Pack, read_pack
from toetssteen.covenant import queries as covenant_queries
from toetssteen.covenant.models import CovenantYear, PackVersion, Term
from toetssteen.covenant.services import store_pack
from toetssteen.organisations.choices import EndReason, OrganisationKind, SituationOrigin
from toetssteen.organisations.models import Appointment, Membership, Organisation, SituationPeriod

PASSWORD = "toetssteen-demo"  # noqa: S105
FIRST_YEAR_STARTS = 2019
YEARS = 5
HERO = "C006"
SMALL = "C044"
SECOND_FIRM = "C010"
OPENING = moment("2019-10-01", 8)

KINDS = {
    "company": OrganisationKind.COMPANY,
    "authority": OrganisationKind.AUTHORITY,
    "sector organisation": OrganisationKind.SECTOR,
    "trade union": OrganisationKind.UNION,
    "NGO": OrganisationKind.NGO,
    "government": OrganisationKind.GOVERNMENT,
    "secretariat": OrganisationKind.SECRETARIAT,
}


@dataclass
class Ground:
    """What was put down, by the ids of the files (with the number of the copy)."""

    world: World
    copies: int
    pack_version: PackVersion
    pack: Pack
    years: dict[int, CovenantYear]
    organisations: dict[tuple[int, str], Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def of(self, copy: int, reference: str) -> int:
        """The key of an organisation."""
        return self.organisations[(copy, reference)].pk

    def member_since(self, copy: int, reference: str) -> dt.date:
        """The day a company joined."""
        return self.joined[reference]

    joined: dict[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True)
class Login:
    """One person of the demonstration and what they may do."""

    email: str
    name: str
    roles: tuple[tuple[Role, str], ...]
    in_words_nl: str
    in_words_en: str
    second_factor: bool = False


LOGINS = (
    Login(
        "importeur@demo.example",
        "Ineke Importeur",
        ((Role.COMPANY_ADMIN, HERO),),
        "importeur, beheerder van het bedrijf",
        "importer, administrator of the company",
    ),
    Login(
        "collega@demo.example",
        "Cas Collega",
        ((Role.EDITOR, HERO),),
        "collega bij hetzelfde bedrijf",
        "colleague at the same company",
    ),
    Login(
        "klein@demo.example",
        "Klaas Klein",
        ((Role.COMPANY_ADMIN, SMALL),),
        "kleine importeur, tweede verslag",
        "small importer, second report",
    ),
    Login(
        "twee@demo.example",
        "Tine Tweebedrijven",
        ((Role.EDITOR, SECOND_FIRM), (Role.READER, "C011")),
        "werkt voor twee bedrijven",
        "acts for two companies",
    ),
    Login(
        "beoordelaar@demo.example",
        "Bea Beoordelaar",
        ((Role.ASSESSOR, "P12"),),
        "beoordelaar bij het secretariaat",
        "assessor at the secretariat",
        True,
    ),
    Login(
        "coordinator@demo.example",
        "Cor Coördinator",
        ((Role.COORDINATOR, "P12"),),
        "coördinator van het secretariaat",
        "coordinator of the secretariat",
        True,
    ),
    Login(
        "overheid@demo.example",
        "Olga Overheid",
        ((Role.AUTHORITY, "A001"),),
        "aanbestedende overheid",
        "contracting authority",
    ),
    Login(
        "vakbond@demo.example",
        "Vera Vakbond",
        ((Role.PARTY, "P04"),),
        "vakbond, partij van het convenant",
        "trade union, party of the covenant",
    ),
    Login(
        "ngo@demo.example",
        "Nadia Ngo",
        ((Role.PARTY, "P07"),),
        "maatschappelijke organisatie, partij van het convenant",
        "civil society organisation, party of the covenant",
    ),
    Login(
        "commissie@demo.example",
        "Kim Commissie",
        ((Role.COMMITTEE, "P13"),),
        "klachten- en geschillencommissie",
        "complaints and disputes committee",
    ),
    Login(
        "beheerder@demo.example",
        "Bas Beheerder",
        ((Role.OPERATOR, "P12"),),
        "beheerder van de installatie",
        "operator of the installation",
        True,
    ),
)


def lay(world: World, pack_folder: Path, copies: int) -> Ground:
    """Put down the pack, the term with its years, the parties and the people."""
    operator = Actor(holdings=frozenset({Holding(Role.OPERATOR, 0)}), second_factor=True)
    version = store_pack(actor=operator, raw=read_pack(pack_folder), now=OPENING)
    term = Term.objects.create(
        name_nl="Eerste termijn",
        name_en="First term",
        starts_on=dt.date(FIRST_YEAR_STARTS, 10, 1),
        ends_on=dt.date(FIRST_YEAR_STARTS + YEARS, 9, 30),
    )
    years = {
        n: CovenantYear.objects.create(
            term=term,
            number=n,
            starts_on=dt.date(FIRST_YEAR_STARTS + n - 1, 10, 1),
            ends_on=dt.date(FIRST_YEAR_STARTS + n, 9, 30),
            report_due_on=dt.date(FIRST_YEAR_STARTS + n, 12, 31),
            pack=version,
        )
        for n in range(1, YEARS + 1)
    }
    ground = Ground(world, copies, version, covenant_queries.pack_of_version(version), years)
    _organisations(ground)
    _memberships(ground)
    _people(ground)
    return ground


def _organisations(ground: Ground) -> None:
    made, keys = [], []
    for copy in range(ground.copies):
        for row in ground.world.rows("organisations"):
            if copy and row["kind"] == "party":
                continue
            kind = KINDS[row["subtype"] if row["kind"] == "party" else row["kind"]]
            keys.append((copy, row["org_id"]))
            made.append(
                Organisation(
                    kind=kind,
                    reference=copied(row["org_id"], copy),
                    name=f"{row['name']} {copy}" if copy else row["name"],
                    subtype="" if row["kind"] == "party" else row["subtype"],
                    country=row["country"],
                    region=row["region"],
                    market_role=row["role"],
                    size_class=row["size_class"],
                    market_segments=row["market_segments"],
                )
            )
    keys.append((0, "P13"))
    made.append(
        Organisation(
            kind=OrganisationKind.COMMITTEE, reference="P13", name="Klachten- en geschillencommissie (voorbeeld)",
            country="NL", region="NL",
        )
    )  # fmt: skip
    for key, organisation in zip(keys, Organisation.objects.bulk_create(made, 500), strict=True):
        ground.organisations[key] = organisation


def _memberships(ground: Ground) -> None:
    memberships, situations = [], []
    situation_of = {row["org_id"]: row["purchase_situation"] for row in ground.world.rows("organisations")}
    for copy in range(ground.copies):
        for row in ground.world.rows("memberships"):
            reference = row["org_id"]
            merged = row["end_reason"] == "merger"
            joined_on = must_day(row["joined_on"])
            ground.joined[reference] = joined_on
            memberships.append(
                Membership(
                    organisation_id=ground.of(copy, reference),
                    joined_on=joined_on,
                    confirmed_on=day(row["confirmed_on"]),
                    ended_on=day(row["ended_on"]),
                    end_reason="" if not row["ended_on"] else EndReason.MERGED if merged else EndReason.LEFT,
                    end_note=row["end_reason"],
                    merged_into_id=ground.of(copy, row["merged_into"]) if row["merged_into"] else None,
                    recruited_via=row["recruited_via"],
                )
            )
            if situation_of[reference]:
                situations.append(
                    SituationPeriod(
                        organisation_id=ground.of(copy, reference),
                        since_on=joined_on,
                        situation=situation_of[reference],
                        origin=SituationOrigin.DECLARED,
                        recorded_at=moment(joined_on, 9),
                    )
                )
    Membership.objects.bulk_create(memberships, 500)
    SituationPeriod.objects.bulk_create(situations, 500)


def _people(ground: Ground) -> None:
    password = make_password(PASSWORD)
    for login in LOGINS:
        person = Person.objects.create(email=login.email, name=login.name, password=password, language="nl")
        ground.people[login.email.partition("@")[0]] = person
        for role, reference in login.roles:
            Appointment.objects.create(
                person=person,
                organisation=ground.organisations[(0, reference)],
                role=role.value,
                since_at=moment(max(ground.joined.get(reference, OPENING.date()), OPENING.date()), 9),
            )
        if login.second_factor:
            set_demo_totp(person)
