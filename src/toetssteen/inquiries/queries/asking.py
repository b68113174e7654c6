"""Whom a company can ask: for every level it does not know, the nearest link that it does know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import in_language
from toetssteen.inquiries.choices import WAITING
from toetssteen.inquiries.models import AskedChain
from toetssteen.inquiries.permissions import visible_inquiries
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink
from toetssteen.supplychain.permissions import visible_chains


@dataclass(frozen=True)
class ChosenChain:
    """A chain in the words of the page, with what is not known of it."""

    id: int
    title: str
    material: str
    own: bool
    unknown: tuple[str, ...]
    refused: bool


@dataclass(frozen=True)
class Candidate:
    """Somebody in the chain who can be asked, with the chains that would be filled."""

    key: str
    name: str
    level: str
    level_label: str
    asked_kind: str
    is_letter: bool
    chains: tuple[ChosenChain, ...]
    asked: int = 0  # chains for which somebody was asked and has not answered

    @property
    def gaps(self) -> int:
        return sum(len(chain.unknown) for chain in self.chains)


def candidates(actor: Actor, organisation_id: int, pack: Pack, *, on: dt.date) -> list[Candidate]:
    """Everybody who can be asked about something that is not known, those who fill most first; three queries."""
    rows = (
        visible_chains(actor)
        .filter(organisation_id=organisation_id, closed_on__isnull=True, opened_on__lte=on)
        .prefetch_related("links")
        .order_by("pk")
    )
    waiting = set(
        AskedChain.objects.filter(inquiry__in=visible_inquiries(actor).filter(state__in=WAITING)).values_list(
            "chain_id", flat=True
        )
    )
    levels = [level.id for level in pack.coverage_levels]
    labels = {level.id: in_language(level.text) for level in pack.coverage_levels}
    materials = {material.id: in_language(material.text) for material in pack.materials}
    found: dict[tuple[str, str, bool], list[ChosenChain]] = {}
    names: dict[tuple[str, str, bool], str] = {}
    for chain in rows:
        chosen = chain_words(chain, pack, materials)
        if not chosen.unknown:
            continue
        for level, name in _who(chain, levels, chosen.unknown):
            key = (level, name.strip().casefold(), chosen.own)
            names.setdefault(key, name)
            found.setdefault(key, []).append(chosen)
    made = [_candidate(key, names[key], chains, labels, pack, waiting) for key, chains in found.items()]
    return sorted(made, key=lambda one: (not one.name, one.asked == len(one.chains), -one.gaps, one.name.casefold()))


def _who(chain: Chain, levels: Sequence[str], unknown: Sequence[str]) -> list[tuple[str, str]]:
    """The known links closest before what is not known; the first level without a name when there are none."""
    by_level: dict[str, list[ChainLink]] = {}
    for link in chain.links.all():
        if link.state == LinkState.KNOWN and (link.name or link.place) and link.quarry_area_id is None:
            by_level.setdefault(link.level, []).append(link)
    before = levels[: max(levels.index(level) for level in unknown)]
    for level in reversed(before):
        if by_level.get(level):
            return [(level, link.name or link.place) for link in by_level[level]]
    return [(levels[0], "")]


def chain_words(chain: Chain, pack: Pack, materials: Mapping[str, str]) -> ChosenChain:
    """A chain as the pages about asking show it."""
    states: dict[str, set[str]] = {}
    for link in chain.links.all():
        states.setdefault(link.level, set()).add(link.state)
    unknown = tuple(level.id for level in pack.coverage_levels if not states.get(level.id, set()) & pack.known_states)
    material = materials.get(chain.material, chain.material)
    refused = any(LinkState.REFUSED in states.get(level, ()) for level in unknown)
    own = chain.situation in pack.own_situations
    return ChosenChain(
        chain.pk, chain.trade_name or material[:1].upper() + material[1:], material, own, unknown, refused
    )


def _candidate(
    key: tuple[str, str, bool],
    name: str,
    chains: list[ChosenChain],
    labels: Mapping[str, str],
    pack: Pack,
    waiting: set[int],
) -> Candidate:
    level, _folded, own = key
    kind = pack.questionnaire.kind_at(level) if pack.questionnaire else ""
    unique = {chain.id: chain for chain in chains}
    return Candidate(
        key=f"{level}:{next(iter(unique))}",
        name=name,
        level=level,
        level_label=labels[level],
        asked_kind=kind,
        is_letter=not own,
        chains=tuple(unique.values()),
        asked=sum(pk in waiting for pk in unique),
    )


def next_to_ask(actor: Actor, organisation_id: int, pack: Pack, *, on: dt.date, most: int = 3) -> list[Candidate]:
    """The first few who were not asked yet and of whom a name is known."""
    found = candidates(actor, organisation_id, pack, on=on)
    return [one for one in found if one.name and one.asked < len(one.chains)][:most]


def chosen_chains(actor: Actor, organisation_id: int, pack: Pack, *, on: dt.date) -> list[ChosenChain]:
    """The open chains of a company that one can ask about: something is unknown, or an importer brings the stone in."""
    rows = visible_chains(actor).filter(organisation_id=organisation_id, closed_on__isnull=True, opened_on__lte=on)
    materials = {material.id: in_language(material.text) for material in pack.materials}
    found = [chain_words(chain, pack, materials) for chain in rows.prefetch_related("links").order_by("pk")]
    return sorted((chain for chain in found if chain.unknown or not chain.own), key=lambda chain: not chain.unknown)
