"""What the platform knows itself about a company's chains in a year, for the questions of its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from toetssteen.core.coverage import ChainCoverage, level_known
from toetssteen.core.frameworks import Fact, Pack, Share
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.prepared import attach, prepared
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink, SupplierInquiry
from toetssteen.supplychain.queries.coverage import chains_on, coverage_of_rows

MUCH_HAND_WORK = "high"
REFUSED = "refused"
COUNTED = (
    "situation",
    "share_of_volume",
    "material",
    "product_group",
    "extraction_country",
    "processing_country",
    "confirmed_on",
    "risk_scan_on",
)


@dataclass(frozen=True)
class ChainsOfYear:
    """The chains that count in a year with their letters, read once."""

    pack: Pack
    starts_on: dt.date
    ends_on: dt.date
    rows: Sequence[Chain]
    letters: Sequence[SupplierInquiry]

    @cached_property
    def own(self) -> list[Chain]:
        """Chains of stone that the company imports itself."""
        return [chain for chain in self.rows if chain.situation in self.pack.own_situations]

    @cached_property
    def others(self) -> list[Chain]:
        """Chains of stone that it buys from an importer."""
        return [chain for chain in self.rows if chain.situation not in self.pack.own_situations]

    @cached_property
    def coverage(self) -> ChainCoverage:
        return coverage_of_rows(self.pack, self.rows)

    @cached_property
    def gaps(self) -> list[tuple[Chain, list[ChainLink]]]:
        """Every level of an own chain that is not known, with its links."""
        found = []
        for chain in self.own:
            for level in self.pack.coverage_levels:
                links = [link for link in chain.links.all() if link.level == level.id]
                if not level_known((link.state for link in links), self.pack.known_states):
                    found.append((chain, links))
        return found


def _confirmed(data: ChainsOfYear) -> Fact:
    """Own chains that the company checked since the year began."""
    return Share(sum(bool(c.confirmed_on and c.confirmed_on >= data.starts_on) for c in data.own), len(data.own))


def _situation_a_asked(data: ChainsOfYear) -> Fact:
    """Chains of an importer about which a letter was sent in the year."""
    asked = {letter.chain_id for letter in data.letters if data.starts_on <= letter.sent_on <= data.ends_on}
    return Share(sum(chain.pk in asked for chain in data.others), len(data.others))


def _non_eea(data: ChainsOfYear) -> Fact:
    """Own chains that are not known to be extracted and processed inside the free area."""
    inside = data.pack.inside_codes
    return sum(not {chain.extraction_country, chain.processing_country} <= inside for chain in data.own)


def _hand_work(data: ChainsOfYear) -> Fact:
    """Own chains of a product or material with much manual work."""
    products = {p.id for p in data.pack.product_forms if p.extra.get("hand_work") == MUCH_HAND_WORK}
    materials = {m.id for m in data.pack.materials if m.hand_work == MUCH_HAND_WORK}
    return sum(chain.product_group in products or chain.material in materials for chain in data.own)


def _gaps_asked(data: ChainsOfYear) -> Fact:
    """Unknown levels about which something was asked since the year began."""
    asked = sum(any(link.asked_on and link.asked_on >= data.starts_on for link in links) for _chain, links in data.gaps)
    return Share(asked, len(data.gaps))


def _refusing(data: ChainsOfYear) -> Fact:
    """Suppliers behind a refused link or a refused letter; a supplier without a name counts once per chain."""
    first = data.pack.coverage_levels[0].id if data.pack.coverage_levels else ""
    found: set[str] = set()
    for chain in data.rows:
        links = list(chain.links.all())
        if any(link.state == LinkState.REFUSED for link in links):
            names = {link.name.strip().casefold() for link in links if link.level == first and link.name.strip()}
            found |= names or {f"chain {chain.pk}"}
    for letter in data.letters:
        if letter.answer == REFUSED and data.starts_on <= letter.sent_on <= data.ends_on:
            name = letter.supplier_name.strip().casefold()
            # A refusal of a chain counted above is the same refusal.
            if name or f"chain {letter.chain_id}" not in found:
                found.add(name or f"letter {letter.pk}")
    return len(found)


# What the pack calls it: how it follows from the rows.
FACTS: dict[str, Callable[[ChainsOfYear], Fact]] = {
    "chains.count": lambda data: len(data.rows),
    "chains.confirmed_share": _confirmed,
    "chains.situation_a_count": lambda data: len(data.others),
    "chains.situation_a_asked_share": _situation_a_asked,
    "chains.non_eea_count": _non_eea,
    "chains.hand_work_count": _hand_work,
    "coverage.gaps_count": lambda data: data.coverage.gaps,
    "requests.gaps_asked_share": _gaps_asked,
    "suppliers.refusing_count": _refusing,
}


def chains_to_count(organisation_id: int, year: CovenantYear) -> list[Chain]:
    """The chains that count in a year, with only what facts are counted from; two queries."""
    rows = _chains_to_count(organisation_id, year.ends_on)
    attach(rows, "links", _links_to_count(organisation_id, year.ends_on), "chain")
    return rows


@prepared
def _chains_to_count(organisation_id: int, on: dt.date) -> QuerySet[Chain]:
    return chains_on(organisation_id, on).prefetch_related(None).only(*COUNTED)


@prepared
def _links_to_count(organisation_id: int, on: dt.date) -> QuerySet[ChainLink]:
    rows = chains_on(organisation_id, on).prefetch_related(None).order_by()
    links = ChainLink.objects.only("chain_id", "level", "state", "name", "place", "country", "asked_on")
    return links.filter(chain__in=rows).order_by("position", "pk")


@prepared
def _letters(organisation_id: int) -> QuerySet[SupplierInquiry]:
    return SupplierInquiry.objects.filter(organisation_id=organisation_id)


def chain_facts(
    organisation_id: int, pack: Pack, year: CovenantYear, *, rows: Sequence[Chain] | None = None
) -> dict[str, Fact]:
    """Every platform fact of the pack that follows from a company's chains and letters; three queries.

    Shares are exact; a share of nothing is 0 of 0 and does not apply. Facts that rows cannot give are left out.
    The chains may be given, where they are read already.
    """
    data = ChainsOfYear(
        pack=pack,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        rows=chains_to_count(organisation_id, year) if rows is None else rows,
        letters=_letters(organisation_id),
    )
    wanted = pack.framework.platform_facts
    found = {fact: rule(data) for fact, rule in FACTS.items() if fact in wanted}
    for level in pack.coverage_levels:
        if level.fact:
            found[level.fact] = data.coverage.levels[level.id].by_chain
    return found
