"""Who somebody is, what they may do, and the sentence that explains why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

__all__ = [
    "NO_ONE",
    "YES",
    "Actor",
    "Audience",
    "Holding",
    "Permission",
    "Role",
    "Verdict",
    "no",
    "permission",
    "permissions",
]


class Role(StrEnum):
    """What a person may be for an organisation."""

    COMPANY_ADMIN = "company_admin"
    EDITOR = "editor"
    READER = "reader"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"
    AUTHORITY = "authority"
    PARTY = "party"
    COMMITTEE = "committee"
    OPERATOR = "operator"


COMPANY_ROLES = frozenset({Role.COMPANY_ADMIN, Role.EDITOR, Role.READER})
SECRETARIAT_ROLES = frozenset({Role.ASSESSOR, Role.COORDINATOR})


class Audience(StrEnum):
    """For whom an address exists at all; rows and deeds are guarded again behind it."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBER = "member"  # acts for a company
    SECRETARIAT = "secretariat"
    PARTIES = "parties"  # anybody who acts for a party of the covenant, the secretariat included
    OPERATOR = "operator"
    STAFF = "staff"  # the secretariat and the operator: they keep the list of participants and people


@dataclass(frozen=True)
class Holding:
    """One role that a person holds for one organisation."""

    role: Role
    organisation_id: int


@dataclass(frozen=True)
class Actor:
    """Who asks: built once per request from the person's appointments; verdicts need no queries.

    `holdings` are those of the organisation acted for: who works for two companies acts for one at a time.
    """

    person_id: int | None = None
    name: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_kind: str = ""
    holdings: frozenset[Holding] = field(default_factory=frozenset)
    second_factor: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def holds(self, role: Role, organisation_id: int | None) -> bool:
        """True if the actor holds exactly this role for this organisation."""
        return organisation_id is not None and Holding(role, organisation_id) in self.holdings

    def holds_any(self, roles: Iterable[Role], organisation_id: int | None = None) -> bool:
        """True if the actor holds one of the roles, for the organisation if one is named."""
        wanted = frozenset(roles)
        return any(
            h.role in wanted and (organisation_id is None or h.organisation_id == organisation_id)
            for h in self.holdings
        )

    @property
    def company_id(self) -> int | None:
        """The company acted for, or None."""
        return self.organisation_id if self.holds_any(COMPANY_ROLES, self.organisation_id) else None

    @property
    def is_staff(self) -> bool:
        """True for who holds a role of the secretariat or the operator, with or without a second factor."""
        return self.holds_any(SECRETARIAT_ROLES | {Role.OPERATOR})

    @property
    def is_secretariat(self) -> bool:
        """True for assessors and coordinators who proved a second factor."""
        return self.second_factor and self.holds_any(SECRETARIAT_ROLES)

    @property
    def is_coordinator(self) -> bool:
        return self.second_factor and self.holds_any({Role.COORDINATOR})

    @property
    def is_operator(self) -> bool:
        return self.second_factor and self.holds_any({Role.OPERATOR})

    def belongs_to(self, audience: Audience) -> bool:
        """True if an address with this audience exists for the actor."""
        if audience is Audience.PUBLIC:
            return True
        if audience is Audience.SIGNED_IN:
            return self.is_signed_in
        if audience is Audience.MEMBER:
            return self.company_id is not None
        if audience is Audience.SECRETARIAT:
            return self.is_secretariat
        if audience is Audience.OPERATOR:
            return self.is_operator
        if audience is Audience.STAFF:
            return self.is_secretariat or self.is_operator
        return self.is_secretariat or self.holds_any(set(Role) - SECRETARIAT_ROLES - {Role.OPERATOR})


NO_ONE = Actor()


@dataclass(frozen=True)
class Verdict:
    """Yes or no, with the sentence that is shown as explanation, refusal and audit record."""

    allowed: bool
    sentence: Any = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __str__(self) -> str:
        return str(self.sentence)


YES = Verdict(True)


def no(sentence: Any) -> Verdict:
    """A refusal with its reason, in the words that the user reads."""
    return Verdict(False, sentence)


F = TypeVar("F", bound=Callable[..., Verdict])


@dataclass(frozen=True)
class Permission:
    """One named right, e.g. `reporting.edit_report`, with the verdict that decides it."""

    name: str
    sentence: str
    verdict: Callable[..., Verdict]


_register: dict[str, Permission] = {}


def permission(name: str) -> Callable[[F], F]:
    """Register a verdict under `<app>.<verb>_<thing>`, so that the access matrix can show it."""

    def decorate(verdict: F) -> F:
        first_line = (verdict.__doc__ or "").strip().splitlines()
        _register[name] = Permission(name, first_line[0] if first_line else "", verdict)
        return verdict

    return decorate


def permissions() -> tuple[Permission, ...]:
    """All registered permissions in order of name."""
    return tuple(_register[name] for name in sorted(_register))
