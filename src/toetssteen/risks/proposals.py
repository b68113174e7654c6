"""Risks that may play in a company's chains: profiles of public sources, last year's risks, suppliers' answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack, RiskProfile
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import hooks
from toetssteen.risks.choices import EARLIER, EVERYWHERE, PROFILE, profile_of
from toetssteen.risks.models import Rejection, Risk
from toetssteen.risks.permissions import visible_endings, visible_risks
from toetssteen.risks.sources import age_of_date
from toetssteen.supplychain.models import Chain
from toetssteen.supplychain.permissions import visible_chains


@dataclass(frozen=True)
class Proposal:
    """One risk that may play, with why we think so; it says what is reported elsewhere, not what happens here."""

    key: str
    theme: str
    country: str
    chains: tuple[Chain, ...]
    profile: RiskProfile | None = None
    earlier: Risk | None = None
    age: str = ""  # old, undated or nothing
    rejection: Rejection | None = None
    is_again: bool = False  # decided on before, for other chains

    @property
    def is_old(self) -> bool:
        """A source of more than five years ago, or of an unknown day."""
        return bool(self.age)


def fits(profile: RiskProfile, chain: Chain) -> bool:
    """A profile is about the countries, the material and the product of a chain."""
    return (
        (profile.country == EVERYWHERE or profile.country in (chain.extraction_country, chain.processing_country))
        and (not profile.materials or chain.material in profile.materials)
        and (not profile.product_forms or chain.product_group in profile.product_forms)
    )


def open_chains(actor: Actor, organisation_id: int) -> list[Chain]:
    """The open chains of a company, largest share first."""
    rows = visible_chains(actor).filter(organisation_id=organisation_id, closed_on__isnull=True)
    return sorted(rows, key=lambda chain: (-(chain.share_of_volume or 0), chain.pk))


def proposals_of(actor: Actor, organisation_id: int, year: CovenantYear, pack: Pack, today: dt.date) -> list[Proposal]:
    """All proposals of a company for a year that are not among its risks yet, put-aside ones included."""
    chains = open_chains(actor, organisation_id)
    rejected = {row.key: row for row in _rejections(actor, organisation_id)}
    own = visible_risks(actor).filter(organisation_id=organisation_id)
    known = list(own.filter(year_number=year.number).prefetch_related("other_chains"))
    last = own.filter(year_number=year.number - 1).select_related("chain", "quarry_area")
    before = list(last.prefetch_related("other_chains"))
    return [
        *_earlier(before, known, rejected, chains),
        *_profiles(pack, chains, [*known, *before], rejected, today),
    ]


def _rejections(actor: Actor, organisation_id: int) -> Sequence[Rejection]:
    if organisation_id != actor.company_id:
        return []
    rows = Rejection.objects.filter(organisation_id=organisation_id).select_related("rejected_by")
    return list(rows.prefetch_related("chains").order_by("pk"))


def _earlier(
    before: Sequence[Risk], known: Sequence[Risk], rejected: dict[str, Rejection], chains: Sequence[Chain]
) -> list[Proposal]:
    """Last year's risks that were not taken along yet."""
    taken = {risk.carried_from_id for risk in known}
    still_open = {chain.pk: chain for chain in chains}
    return [
        Proposal(
            key=f"{EARLIER}{risk.pk}",
            theme=risk.theme,
            country=risk.country,
            chains=tuple(c for c in [still_open.get(risk.chain_id or 0)] if c),
            earlier=risk,
            rejection=rejected.get(f"{EARLIER}{risk.pk}"),
        )
        for risk in before
        if risk.pk not in taken
    ]


def _profiles(
    pack: Pack, chains: Sequence[Chain], known: Sequence[Risk], rejected: dict[str, Rejection], today: dt.date
) -> list[Proposal]:
    """What is reported for the chains on which nobody decided yet, and what was put aside."""
    found = []
    for profile in pack.risk_profiles:
        fitting = tuple(chain for chain in chains if fits(profile, chain))
        if profile.theme is None or not fitting:
            continue
        aside = [row for key, row in rejected.items() if key.startswith(PROFILE) and profile_of(key) == profile.id]
        decided = [_about(row) for row in known if row.profile == profile.id]
        decided += [{chain.pk for chain in row.chains.all()} for row in aside]
        for row in aside:
            about = {chain.pk for chain in row.chains.all()}
            those = tuple(chain for chain in fitting if not about or chain.pk in about)
            found.append(_proposal(profile, row.key, those, today, rejection=row))
        left = fitting if not decided else tuple(chain for chain in fitting if _is_new(chain, decided))
        if left:
            keys = (f"{PROFILE}{profile.id}" + (f"/{number}" if number > 1 else "") for number in count(1))
            key = next(key for key in keys if key not in rejected)
            found.append(_proposal(profile, key, left, today, is_again=bool(decided)))
    return found


def _about(risk: Risk) -> set[int]:
    return {pk for pk in (risk.chain_id, *(chain.pk for chain in risk.other_chains.all())) if pk}


def _is_new(chain: Chain, decided: Sequence[set[int]]) -> bool:
    """A chain that no decision was about; a decision that names no chain was about all of then and now."""
    return all(about and chain.pk not in about for about in decided)


def _proposal(profile: RiskProfile, key: str, chains: tuple[Chain, ...], today: dt.date, **more: Any) -> Proposal:
    country = "" if profile.country == EVERYWHERE else profile.country
    age = age_of_date(profile.source_date, today)
    return Proposal(key, profile.theme or "", country, chains, profile=profile, age=age, **more)


def to_carry(actor: Actor, organisation_id: int, year_number: int) -> list[Risk]:
    """Last year's risks on which nobody decided yet: not taken along, and not said to have ended."""
    own = visible_risks(actor).filter(organisation_id=organisation_id)
    taken = own.filter(year_number=year_number).exclude(carried_from=None).values("carried_from_id")
    ended = visible_endings(actor).filter(organisation_id=organisation_id).values_list("key", flat=True)
    gone = [int(key.removeprefix(EARLIER)) for key in ended]
    rows = own.filter(year_number=year_number - 1).exclude(pk__in=taken).exclude(pk__in=gone)
    return list(rows.select_related("chain", "quarry_area").prefetch_related("other_chains", "sources").order_by("pk"))


def from_suppliers(actor: Actor, organisation_id: int) -> list[dict[str, Any]]:
    """What suppliers' answers point at and nobody decided on yet; decided where the answer stands."""
    return [row for rows in hooks.said("risks.supplier_signals", actor=actor, organisation_id=organisation_id)
            for row in rows]  # fmt: skip
