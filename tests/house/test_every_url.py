"""Every address for every member of the cast, on a world in which everything could leak."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps as django_apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import world as worlds
from tests.cast import PEOPLE, Cast
from tests.world import FIRMS, World, secret
from toetssteen.core.access import Audience

from .source import apps, report

ROLES = ["visitor", *PEOPLE]
# Addresses of the sign-in library; everything of it that is not listed here is a fault.
LIBRARY = {
    Audience.PUBLIC: {
        "account_login", "account_logout", "account_inactive", "account_signup", "account_reset_password",
        "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
        "account_confirm_login_code", "account_email_verification_sent", "account_confirm_email", "mfa_authenticate",
        "mfa_login_webauthn",
    },
    Audience.SIGNED_IN: {
        "account_reauthenticate", "account_email", "account_change_password", "account_set_password", "mfa_index",
        "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "usersessions_list",
    },
}  # fmt: skip
CHANGED_BY_LOOKING = {"account_logout"}


@dataclass(frozen=True)
class Address:
    """One URL pattern with who it is for."""

    route: str
    name: str
    audience: Audience | None
    module: str
    parameters: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        return self.module.startswith("toetssteen.")


def addresses() -> list[Address]:
    """Every URL pattern of the site, the first of each route."""

    def walk(patterns: list[Any], prefix: str) -> Iterator[Address]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                view = getattr(pattern.callback, "view_class", None) or pattern.callback
                names = re.findall(r"<(?:\w+:)?(\w+)>", route)
                audience = getattr(pattern.callback, "audience", None)
                yield Address(route, pattern.name or "", audience, view.__module__, tuple(names))

    found: dict[str, Address] = {}
    for address in walk(get_resolver().url_patterns, ""):
        found.setdefault(address.route, address)
    return list(found.values())


def test_every_address_has_an_audience() -> None:
    known = LIBRARY[Audience.PUBLIC] | LIBRARY[Audience.SIGNED_IN]
    found = [
        f"{a.route} ({a.name})"
        for a in addresses()
        if not isinstance(a.audience, Audience) and (a.is_ours or a.name not in known)
    ]
    report(found, "Every address says for whom it is: @page(Audience...), or a place in LIBRARY here.")


def test_addresses_and_names_belong_together() -> None:
    found = [a.route for a in addresses() if a.is_ours and not a.name]
    report(found, "Every address has a name.")


# --- what fills the parameters


def fill(address: Address, world: World, firm: str) -> str | None:
    """The address for the rows of one firm; None if nothing here says which row it means."""
    rows, pack = world.rows[firm], world.cast.pack.pk if world.cast.pack else None
    values: dict[str, Any] = {
        "year": 1, "number": 1, "year_number": 1, "reference": rows["organisation"].reference, "level": "factories",
        "question": "q-1-1-01", "question_id": "q-1-1-01", "sub_step": "1.1", "organisation": rows["organisation"].pk,
        "organisation_id": rows["organisation"].pk, "token": "no-such-token", "talk": rows["talk"].pk, "key": "abc",
        "uidb36": "1", "table": "companies", "file_format": "csv", "format": "csv", "ending": "csv",
        "evidence": rows["evidence"].pk, "evidence_id": rows["evidence"].pk, "plan": rows["plan"].pk,
        "goal": rows["plan-goal"].pk, "objective": rows["plan-goal"].pk, "action": rows["plan-action"].pk,
        "corrective": rows["corrective"].pk,
        "row": 0, "old": pack, "new": pack, "kind": "companies", "step": "1", "snapshot": 1,
        "language": "nl", "section": "policy",
        "direction": "up", "report": rows["report"].pk, "line": rows["line"].pk, "file": rows["attachment"].pk,
        "item": f"own-{rows['library-item'].pk}", "document": "model-policy",
        "code": rows["poster"].code,
        "source": rows["source"].pk, "move": rows["move"].pk, "view": rows["view"].pk,
    }  # fmt: skip
    if address.name == "mechanism_edit":
        values["key"] = rows["mechanism"].key
    values["pk"], values["row_id"] = _row_of(address, rows, world), rows["sheet-row"].pk
    if any(values.get(name) is None for name in address.parameters):
        return None
    path = "/" + address.route.replace("^", "").replace("$", "").replace("\\.", ".")
    for name in address.parameters:
        path = re.sub(rf"\(\?P<{name}>[^)]*(?:\([^)]*\))?[^)]*\)|<(?:\w+:)?{name}>", str(values[name]), path, count=1)
    return path


# The row that `pk` means, by the first words of the route; the longest that fits counts.
PK = {
    "chains/sheets": "sheet", "secretariat/trade-names": "trade-name",
    "secretariat/reports": "report", "reports": "report", "report": "report", "chains": "chain",
    "secretariat/chains": "organisation", "secretariat/areas": "area", "organisations": "organisation",
    "colleagues": "appointment", "invitations": "invitation", "evidence": "evidence", "plans": "plan", "plan": "plan",
    "plan/<int:year>/results": "reading",
    "plan/<int:year>/goals": "plan-goal", "plan/<int:year>/actions": "plan-action",
    "plan/<int:year>/goals/<int:goal>/actions": "plan-action", "plan/corrective": "corrective",
    "plan/corrective/<int:corrective>/steps": "corrective-step", "secretariat/shared-actions": "shared-action",
    "plan/goals": "plan-goal", "plan/objectives": "plan-goal", "plan/actions": "plan-action", "risks": "risk",
    "secretariat/evidence": "evidence", "secretariat/plans": "plan", "plan/reports": "public_report",
    "plan/public-reports": "public_report", "public-reports": "public_report", "goals": "plan-goal",
    "actions": "plan-action", "inquiries": "inquiry", "ask": "attachment",
    "secretariat/light-profile": "variant-case",
    "snapshots": "snapshot", "packs": "pack", "framework/versions": "pack", "secretariat/packs": "pack",
    "secretariat/framework": "pack",
    "remedy/made-known": "made-known", "remedy/posters": "poster", "remedy/cases": "remedy",
    "versions": "pack", "years": "year", "help": "help", "secretariat/faq": "faq", "library/files": "library-copy",
    "secretariat/library": "library-item", "secretariat/library/versions": "library-version",
    "secretariat/chains/ask": "chain", "secretariat/areas/merges": "area-merge",
    "secretariat/sites": "site", "secretariat/sites/questions": "site-question",
    "secretariat/sites/changes": "site-change",
}  # fmt: skip


def _row_of(address: Address, rows: dict[str, Any], world: World) -> Any:
    if "pk" not in address.parameters:
        return None
    if address.route.startswith("account/"):
        return 1
    fitting = [prefix for prefix in PK if address.route.startswith(prefix + "/")]
    key = PK[max(fitting, key=len)] if fitting else None
    if key == "area":
        return world.area.pk
    if key == "area-merge":
        return world.area_merge.pk
    if key == "trade-name":
        return world.trade_name.pk
    if key == "pack":
        return world.cast.pack.pk if world.cast.pack else None
    if key == "year":
        return world.cast.years[3].pk
    if key == "snapshot":
        return rows["report"].snapshots.get().pk
    return rows[key].pk if key else None


# --- what nobody else may read


def hidden_from(role: str) -> set[str]:
    """Every secret that a member of the cast may never be shown."""
    every = _every_kind()
    may_read: set[str] = set()
    if role in ("company_admin", "editor", "reader", "rival"):
        own = "granite" if role == "rival" else "mason"
        # Points and reasons are the secretariat's until it gives a provisional result.
        kinds = {*worlds.SHARED, *worlds.DRAFT, *worlds.SITUATION} - {"reason"}
        if role in ("company_admin", "rival"):
            kinds |= set(worlds.PEOPLE)
        if role != "reader":
            kinds |= set(worlds.SHEETS)
        may_read = {secret(kind, own) for kind in kinds}
    elif role in ("assessor", "coordinator"):
        kinds = {*worlds.SHARED, *worlds.PEOPLE, *worlds.INTERNAL, *worlds.SITUATION, *worlds.LIBRARY}
        may_read = {secret(kind, firm) for kind in kinds for firm in FIRMS}
    elif role == "authority":
        may_read = {secret(kind, firm) for kind in worlds.LIBRARY for firm in FIRMS}
    elif role == "operator":
        may_read = {secret(kind, firm) for kind in worlds.PEOPLE for firm in FIRMS}
    return {secret(kind, firm) for kind in every for firm in FIRMS} - may_read


def state_of_the_world() -> str:
    """A hash over every row of every table of ours."""
    digest = hashlib.sha256()
    for app in apps():
        for model in django_apps.get_app_config(app).get_models():
            digest.update(repr(list(model.objects.order_by("pk").values_list())).encode())
    return digest.hexdigest()


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace") + str(response.headers)


@dataclass
class Visit:
    """What one member of the cast got at one address."""

    address: Address
    path: str
    method: str
    status: int
    location: str
    text: str
    error: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.address.name}) -> {self.status} {self.location} {self.error}".rstrip()


class _Errors(logging.Handler):
    """Remembers what the site writes in its log about an error of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()


def visits(client: Client, world: World, method: str) -> Iterator[Visit]:
    """Every address with the rows of each firm."""
    errors = _Errors()
    logging.getLogger("toetssteen.errors").addHandler(errors)
    for address in addresses():
        if address.name in CHANGED_BY_LOOKING:
            continue
        paths = {fill(address, world, firm) for firm in (FIRMS if address.parameters else ["mason"])}
        for path in sorted(path for path in paths if path):
            errors.last = ""
            response = client.get(path) if method == "GET" else client.post(path, {})
            location = response.headers.get("Location", "")
            yield Visit(address, path, method, response.status_code, location, text_of(response), errors.last)


def test_every_address_with_parameters_is_visited(cast: Cast) -> None:
    world = worlds.build(cast)
    found = [f"{a.route} ({a.name})" for a in addresses() if fill(a, world, "mason") is None]
    report(found, "Say in this file which row these addresses mean (PK and `fill`), so that they are tested too.")


@pytest.mark.parametrize("role", ROLES)
def test_no_address_shows_anybody_what_is_not_theirs(cast: Cast, client: Client, role: str) -> None:
    world = worlds.build(cast)
    cast.sign_in(client, role)
    client.raise_request_exception = False
    actor, hidden = cast.actor(role), hidden_from(role)
    before, found, shown = state_of_the_world(), [], set()
    for visit in visits(client, world, "GET"):
        found += [f"{visit}: shows {word}" for word in sorted(hidden) if word in visit.text]
        shown |= {word for word in _all_secrets() - hidden if word in visit.text}
        found += _door(visit, actor)
    assert state_of_the_world() == before, "looking changed something"
    report(found, f"{role} gets only what is theirs.")
    wanted = findable(role)
    assert wanted <= shown, f"{role} should find {sorted(wanted - shown)} somewhere, otherwise this proves nothing"


def findable(role: str) -> set[str]:
    """The secrets that a member of the cast does find on some page; without them the test above proves nothing."""
    company = ("chain", "answer", "evidence", "plan", "risk", "talk", "question", "inquiry", "help", "remedy", "poster",
               "result", "corrective")  # fmt: skip
    secretariat = (
        "chain",
        "answer",
        "evidence",
        "plan",
        "risk",
        "talk",
        "question",
        "reason",
        "help",
        "remedy",
        "result",
        *worlds.INTERNAL,
        *worlds.LIBRARY,
    )
    kinds: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "company_admin": ((*company, *worlds.PEOPLE, *worlds.SHEETS), ("mason",)),
        "editor": ((*company, *worlds.SHEETS), ("mason",)),
        "reader": (company, ("mason",)),
        "rival": ((*company, *worlds.PEOPLE, *worlds.SHEETS), ("granite",)),
        "assessor": (secretariat, tuple(FIRMS)),
        "coordinator": ((*secretariat, *worlds.PEOPLE, *worlds.SITUATION), tuple(FIRMS)),
        "operator": (worlds.PEOPLE, tuple(FIRMS)),
        "authority": (worlds.LIBRARY, tuple(FIRMS)),
    }
    found, firms = kinds.get(role, ((), ()))
    return {secret(kind, firm) for kind in found for firm in firms}


def _all_secrets() -> set[str]:
    return {secret(kind, firm) for kind in _every_kind() for firm in FIRMS}


def _every_kind() -> tuple[str, ...]:
    named = (worlds.SHARED, worlds.DRAFT, worlds.PEOPLE, worlds.INTERNAL, worlds.SITUATION, worlds.SHEETS)
    return sum((*named, worlds.LIBRARY), ())


def _door(visit: Visit, actor: Any) -> list[str]:
    """What is wrong with the status, given for whom the address is."""
    audience = visit.address.audience
    if visit.status >= 500:
        return [f"{visit}: an error of ours"]
    if not visit.address.is_ours:
        wanted_sign_in = visit.address.name in LIBRARY[Audience.SIGNED_IN] and not actor.is_signed_in
        return [f"{visit}: should ask to sign in"] if wanted_sign_in and visit.status not in (302, 404) else []
    if audience is None or actor.belongs_to(audience):
        return []
    if not actor.is_signed_in:
        ok = visit.status == 302 and visit.location.startswith("/account/login/")
        return [] if ok else [f"{visit}: a visitor should be asked to sign in"]
    return [] if visit.status == 404 else [f"{visit}: should not exist for {actor.name}"]


@pytest.mark.parametrize("role", ROLES)
def test_no_empty_form_of_somebody_else_changes_anything(cast: Cast, client: Client, role: str) -> None:
    """Posts to every address; only rows of one's own side may change, and nothing of others is shown."""
    if role in ("assessor", "coordinator", "operator"):
        pytest.skip("the secretariat may act on these rows; its services are tested one by one")
    world = worlds.build(cast)
    cast.sign_in(client, role)
    client.raise_request_exception = False
    hidden, found = hidden_from(role), []
    actor, before = cast.actor(role), state_of_others(role)
    for visit in visits(client, world, "POST"):
        if visit.address.name == "account_logout":
            continue
        found += [f"{visit}: shows {word}" for word in sorted(hidden) if word in visit.text]
        found += [f"{visit}: an error of ours"] if visit.status >= 500 else []
        if visit.address.is_ours and visit.address.audience and not actor.belongs_to(visit.address.audience):
            found += [] if visit.status in (302, 404, 405) else [f"{visit}: should not exist"]
    report(found, f"{role} gets only what is theirs, also when posting.")
    assert state_of_others(role) == before, f"{role} changed rows of somebody else"


def state_of_others(role: str) -> dict[str, list[Any]]:
    """The rows of the firms that a member of the cast does not belong to."""
    from toetssteen.documents.models import Evidence
    from toetssteen.organisations.models import Appointment, Invitation, Organisation
    from toetssteen.plans.models import Plan
    from toetssteen.reporting.models import Answer, Report
    from toetssteen.sheets.models import SheetImport, SheetRow
    from toetssteen.supplychain.models import Chain

    own = {"rival": "T002", "company_admin": "T001", "editor": "T001", "euro": "T003"}.get(role, "")
    ways = {
        Organisation: "reference", Chain: "organisation__reference", Evidence: "organisation__reference",
        Plan: "organisation__reference", Report: "organisation__reference", Answer: "report__organisation__reference",
        Appointment: "organisation__reference", Invitation: "organisation__reference",
        SheetImport: "organisation__reference", SheetRow: "sheet_import__organisation__reference",
    }  # fmt: skip
    return {
        model.__name__: list(model.objects.exclude(**{way: own}).order_by("pk").values_list())
        for model, way in ways.items()
    }
