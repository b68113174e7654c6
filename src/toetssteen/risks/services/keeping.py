"""Noting a risk, rating it, removing it and bringing it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.risks import permissions, policies
from toetssteen.risks.choices import Involvement
from toetssteen.risks.models import Risk
from toetssteen.risks.services.locking import locked, touch
from toetssteen.risks.services.sourcing import SourceData, note_source
from toetssteen.supplychain.models import Chain
from toetssteen.supplychain.permissions import visible_chains

RATED = ("scale", "scope", "irremediable")


@dataclass(frozen=True)
class RiskData:
    """A risk as it was entered; how severe it is, is rated apart, and more sources are noted apart."""

    theme: str
    is_actual: bool
    description: str = ""
    chain_ids: tuple[int, ...] = ()
    country: str = ""
    quarry_area_id: int | None = None
    site_text: str = ""
    harmed: str = ""
    involvement: str = ""


PLAIN = (
    "theme", "is_actual", "description", "country", "quarry_area_id", "site_text", "harmed", "involvement",
)  # fmt: skip


@transaction.atomic
def save_risk(
    *,
    actor: Actor,
    organisation_id: int,
    year_number: int,
    risk_id: int | None,
    data: RiskData,
    row_version: int | None,
    pack: Pack,
    now: dt.datetime,
    source: SourceData | None = None,
) -> Risk:
    """Note a new risk of a year with its first source, or change what is said of one; its rating stays as it is."""
    if risk_id is None:
        demand(permissions.can_propose_risk(actor, organisation_id))
        demand(policies.year_open(organisation_id, year_number))
        risk = Risk(organisation_id=organisation_id, year_number=year_number)
    else:
        risk = locked(actor, risk_id, row_version)
    _check(data, risk, pack)
    chains = _chains(actor, risk.organisation_id, data.chain_ids)
    for name in PLAIN:
        setattr(risk, name, getattr(data, name))
    risk.chain = chains[0] if chains else None
    risk.look_again = False
    touch(risk, actor, now)
    risk.other_chains.set(chains[1:])
    if source is not None:
        note_source(actor, risk, source, now)
    audit.record(actor=actor, verb="risks.save_risk", subject=risk, at=now, theme=risk.theme, new=risk_id is None)
    return risk


@transaction.atomic
def say_part(*, actor: Actor, risk_id: int, involvement: str, row_version: int | None, now: dt.datetime) -> Risk:
    """Say how the company is tied to a harm: it causes it, contributes to it, or is linked to it."""
    risk = locked(actor, risk_id, row_version)
    if involvement and involvement not in (risk.involvement, *Involvement.values):
        raise ValidationError({"involvement": _("This kind of involvement does not exist.")})
    risk.involvement = involvement
    touch(risk, actor, now)
    audit.record(actor=actor, verb="risks.say_part", subject=risk, at=now, involvement=involvement)
    return risk


@transaction.atomic
def rate_risk(
    *,
    actor: Actor,
    risk_id: int,
    scores: Mapping[str, int | None],
    likelihood: int | None,
    reason: str,
    row_version: int | None,
    pack: Pack,
    now: dt.datetime,
) -> Risk:
    """Rate how severe and how likely a risk is; what is left open stays unrated."""
    risk = locked(actor, risk_id, row_version)
    if pack.severity is None:
        raise Refused(no(_("This framework has no scale for severity.")))
    bounds = {d.id: d for d in pack.severity.dimensions if d.id in RATED}
    for name, dimension in bounds.items():
        score = scores.get(name)
        if score is not None and not dimension.min <= score <= dimension.max:
            raise ValidationError({name: _("This score does not exist.")})
    chance = pack.severity.likelihood
    if likelihood is not None and not chance.min <= likelihood <= chance.max:
        raise ValidationError({"likelihood": _("This score does not exist.")})
    for name in bounds:
        setattr(risk, name, scores.get(name))
    risk.likelihood, risk.severity_reason = likelihood, reason.strip()
    rated = likelihood is not None and all(scores.get(name) is not None for name in bounds)
    risk.prioritised_by = "severity and likelihood" if rated else ""
    risk.look_again = False
    touch(risk, actor, now)
    given = {**{name: scores.get(name) for name in bounds}, "likelihood": likelihood}
    audit.record(actor=actor, verb="risks.rate_risk", subject=risk, at=now, **given)
    return risk


@transaction.atomic
def remove_risk(*, actor: Actor, risk_id: int, now: dt.datetime) -> Risk:
    """Take a risk off the list; it can be brought back."""
    risk = locked(actor, risk_id, None)
    risk.removed_by_id, risk.removed_at = actor.person_id, now
    risk.save(update_fields=["removed_by", "removed_at"])
    audit.record(actor=actor, verb="risks.remove_risk", subject=risk, at=now)
    return risk


@transaction.atomic
def restore_risk(*, actor: Actor, risk_id: int, now: dt.datetime) -> Risk:
    """Bring a removed risk back."""
    rows = permissions.visible_removed_risks(actor).select_for_update(of=("self",))
    risk = rows.filter(pk=risk_id).first()
    if risk is None:
        raise Refused(no(_("This risk does not exist any more.")))
    demand(permissions.can_restore_risk(actor, risk))
    if (
        risk.carried_from_id
        and Risk.objects.filter(carried_from_id=risk.carried_from_id, year_number=risk.year_number).exists()
    ):
        raise Refused(no(_("This risk of last year was taken along again. It is on the list already.")))
    if risk.profile and not risk.carried_from_id and _is_there(risk):
        raise Refused(no(_("This proposal was put on the list again. It is there already.")))
    risk.removed_by_id, risk.removed_at = None, None
    risk.save(update_fields=["removed_by", "removed_at"])
    audit.record(actor=actor, verb="risks.restore_risk", subject=risk, at=now)
    return risk


def _is_there(risk: Risk) -> bool:
    """A risk from the same proposal that is about one of the same chains stands on the list."""
    chains = {risk.chain_id, *risk.other_chains.values_list("pk", flat=True)}
    rows = Risk.objects.filter(
        organisation_id=risk.organisation_id, year_number=risk.year_number, profile=risk.profile
    ).prefetch_related("other_chains")
    return any(chains & {row.chain_id, *(chain.pk for chain in row.other_chains.all())} for row in rows)


def _chains(actor: Actor, organisation_id: int, ids: tuple[int, ...]) -> list[Chain]:
    found = {row.pk: row for row in visible_chains(actor).filter(organisation_id=organisation_id, pk__in=ids)}
    if len(found) != len(set(ids)):
        raise ValidationError({"chain_ids": _("Choose from your own chains.")})
    return [found[pk] for pk in dict.fromkeys(ids)]


def _check(data: RiskData, risk: Risk, pack: Pack) -> None:
    """Refuse what the form would refuse too; what stands in a risk already may stay."""
    if data.theme != risk.theme and data.theme not in {theme.id for theme in pack.themes}:
        raise ValidationError({"theme": _("This theme does not exist.")})
    if data.involvement and data.involvement not in (risk.involvement, *Involvement.values):
        raise ValidationError({"involvement": _("This kind of involvement does not exist.")})
