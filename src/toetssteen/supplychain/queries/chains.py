"""Reading chains for the pages: everything of one company in three queries, then sorted and filtered in memory.

A company has at most some hundreds of chains; reading them once gives the table, the meters and the filters together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.coverage import ChainCoverage
from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.foundation.prepared import attach, prepared
from toetssteen.organisations.models import Organisation
from toetssteen.supplychain import policies
from toetssteen.supplychain.choices import LinkState
from toetssteen.supplychain.models import Chain, ChainLink
from toetssteen.supplychain.permissions import visible_chains
from toetssteen.supplychain.queries.areas import area_label
from toetssteen.supplychain.queries.coverage import coverage_of_rows


@dataclass(frozen=True)
class Cell:
    """What one level of a chain shows: its state, the first name, and how many more there are."""

    level: str
    label: str
    state: str
    name: str = ""
    where: str = ""
    more: int = 0
    asked_on: dt.date | None = None
    answered_on: dt.date | None = None


@dataclass(frozen=True)
class ChainRow:
    """One chain as the table shows it."""

    id: int
    row_version: int
    material_id: str
    material: str
    trade_name: str
    product: str
    situation: str
    own: bool
    extraction_country: str
    processing_country: str
    share: Decimal | None
    opened_on: dt.date
    closed_on: dt.date | None
    close_reason: str
    confirmed_on: dt.date | None
    fresh: bool  # checked since the year began
    counts: bool  # open on the day that the report looks at
    cells: tuple[Cell, ...]

    @property
    def title(self) -> str:
        return self.trade_name or self.material

    @cached_property
    def searchable(self) -> str:
        words = [self.material, self.trade_name, self.product, country_name(self.extraction_country)]
        words += [part for cell in self.cells for part in (cell.name, cell.where)]
        return " ".join(words).casefold()

    def state_of(self, level: str) -> str:
        return next((cell.state for cell in self.cells if cell.level == level), str(LinkState.UNKNOWN))

    @property
    def has_gap(self) -> bool:
        return self.own and any(cell.state != LinkState.KNOWN for cell in self.cells)


@dataclass(frozen=True)
class Filters:
    """What somebody looks for in the table; empty means everything that is open."""

    search: str = ""
    gap: str = ""  # "any" or the id of a level
    material: str = ""
    country: str = ""
    state: str = ""  # of any level: unknown, asked, refused
    shown: str = "open"  # open, closed, all
    checked: str = ""  # "no": not checked this year
    sort: str = "material"


@dataclass(frozen=True)
class Origin:
    """A country that the stone of a company comes from."""

    code: str
    name: str
    chains: int
    gaps: int


@dataclass(frozen=True)
class ChainTable:
    """All chains of a company, those that pass the filters, and the coverage that they give."""

    everything: Sequence[ChainRow]
    rows: Sequence[ChainRow]
    coverage: ChainCoverage
    shares: Sequence[Decimal | None]

    @cached_property
    def open_rows(self) -> list[ChainRow]:
        return [row for row in self.everything if row.closed_on is None]

    @cached_property
    def countries(self) -> list[tuple[str, str]]:
        codes = {row.extraction_country for row in self.everything if row.extraction_country}
        return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])

    @cached_property
    def origins(self) -> list[Origin]:
        """Per country of extraction how many open chains there are, most first; what is unknown comes last."""
        rows: dict[str, list[ChainRow]] = {}
        for row in self.open_rows:
            rows.setdefault(row.extraction_country, []).append(row)
        found = [
            Origin(code, country_name(code) if code else "", len(mine), sum(row.has_gap for row in mine))
            for code, mine in rows.items()
        ]
        return sorted(found, key=lambda origin: (not origin.code, -origin.chains, origin.name))

    @cached_property
    def most_chains(self) -> int:
        return max((origin.chains for origin in self.origins), default=1)

    @cached_property
    def materials(self) -> list[tuple[str, str]]:
        return sorted({(row.material_id, row.material) for row in self.everything}, key=lambda pair: pair[1])

    @cached_property
    def unchecked(self) -> list[ChainRow]:
        return [row for row in self.open_rows if not row.fresh]

    @cached_property
    def with_gap(self) -> int:
        return sum(row.has_gap for row in self.open_rows)

    @cached_property
    def warning(self) -> tuple[Decimal, int] | None:
        return policies.volume_warning(self.shares)

    def row(self, pk: int) -> ChainRow | None:
        return next((row for row in self.everything if row.id == pk), None)


def chains(actor: Actor, organisation_id: int) -> list[Chain]:
    """All chains of a company that the actor may see, with their links; two queries."""
    found = list(visible_chains(actor).filter(organisation_id=organisation_id).order_by("pk"))
    if found:
        attach(found, "links", _links_of(organisation_id), "chain")
    return found


@prepared
def _links_of(organisation_id: int) -> QuerySet[ChainLink]:
    """The links of all chains of a company; whoever asks has seen the chains by permission first."""
    rows = ChainLink.objects.filter(chain__organisation_id=organisation_id)
    return rows.select_related("quarry_area__parent").order_by("position", "pk")


def chains_of(
    actor: Actor, organisation_id: int, *, pack: Pack, on: dt.date, since: dt.date, filters: Filters | None = None
) -> ChainTable:
    """The table of a company's chains; `on` is the day that coverage looks at, `since` when its year began."""
    found = chains(actor, organisation_id)
    counting = [chain for chain in found if policies.is_open(chain, on)]
    words = Words.of(pack)
    rows = [as_row(chain, words, on=on, since=since) for chain in found]
    wanted = filters or Filters()
    return ChainTable(
        everything=rows,
        rows=sort_rows([row for row in rows if _passes(row, wanted)], wanted.sort),
        coverage=coverage_of_rows(pack, counting),
        shares=[chain.share_of_volume for chain in found if chain.closed_on is None],
    )


def chain_for_edit(actor: Actor, pk: int) -> Chain | None:
    """One chain that the actor may see, with its links."""
    links = ChainLink.objects.select_related("quarry_area__parent").order_by("position", "pk")
    return (
        visible_chains(actor)
        .filter(pk=pk)
        .select_related("changed_by", "organisation")
        .prefetch_related(Prefetch("links", queryset=links))
        .first()
    )


def chain_heads(actor: Actor, organisation_id: int) -> dict[int, int]:
    """The open chains of a company with the version of each."""
    return dict(
        visible_chains(actor)
        .filter(organisation_id=organisation_id, closed_on__isnull=True)
        .values_list("pk", "row_version")
    )


@dataclass(frozen=True)
class CompanyChains:
    """One company in the secretariat's list of chains."""

    id: int
    name: str
    chains: int


def companies_with_chains(actor: Actor) -> list[CompanyChains]:
    """The companies whose chains the actor may see, with how many are open; two queries."""
    counts: dict[int, int] = {}
    for organisation_id, closed_on in visible_chains(actor).order_by().values_list("organisation_id", "closed_on"):
        counts[organisation_id] = counts.get(organisation_id, 0) + (closed_on is None)
    named = Organisation.objects.filter(pk__in=counts).order_by("name", "pk").values_list("pk", "name")
    return [CompanyChains(pk, name, counts[pk]) for pk, name in named]


def company_with_chains(actor: Actor, pk: int) -> CompanyChains | None:
    """One company whose chains the actor may see; two queries."""
    open_now = list(visible_chains(actor).filter(organisation_id=pk).order_by().values_list("closed_on", flat=True))
    name = Organisation.objects.filter(pk=pk).values_list("name", flat=True).first() if open_now else None
    return CompanyChains(pk, name, open_now.count(None)) if name is not None else None


@dataclass(frozen=True)
class Words:
    """The words of the pack that every row needs, looked up once in the language of the page."""

    materials: dict[str, str]
    products: dict[str, str]
    levels: tuple[tuple[str, str], ...]
    own_situations: frozenset[str]

    @classmethod
    def of(cls, pack: Pack) -> Words:
        return cls(
            materials={material.id: capitalised(in_language(material.text)) for material in pack.materials},
            products={product.id: in_language(product.text) for product in pack.product_forms},
            levels=tuple((level.id, in_language(level.text)) for level in pack.coverage_levels),
            own_situations=pack.own_situations,
        )


def capitalised(words: str) -> str:
    """The words as they begin a line."""
    return words[:1].upper() + words[1:]


def as_row(
    chain: Chain, words: Words, *, on: dt.date, since: dt.date, links: Iterable[ChainLink] | None = None
) -> ChainRow:
    """A chain with its links (or those given) in the words of the page."""
    by_level: dict[str, list[ChainLink]] = {}
    for link in chain.links.all() if links is None else links:
        by_level.setdefault(link.level, []).append(link)
    return ChainRow(
        id=chain.pk,
        row_version=chain.row_version,
        material_id=chain.material,
        material=words.materials.get(chain.material, chain.material),
        trade_name=chain.trade_name,
        product=words.products.get(chain.product_group, chain.product_group),
        situation=chain.situation,
        own=chain.situation in words.own_situations,
        extraction_country=chain.extraction_country,
        processing_country=chain.processing_country,
        share=chain.share_of_volume,
        opened_on=chain.opened_on,
        closed_on=chain.closed_on,
        close_reason=chain.close_reason,
        confirmed_on=chain.confirmed_on,
        fresh=bool(chain.confirmed_on and chain.confirmed_on >= since),
        counts=policies.is_open(chain, on),
        cells=tuple(_cell(level, label, by_level.get(level, ())) for level, label in words.levels),
    )


def _cell(level: str, label: str, links: Iterable[ChainLink]) -> Cell:
    every = list(links)
    state = policies.level_state(link.state for link in every)
    speaking = [link for link in every if link.state == state]
    first = speaking[0] if speaking else None
    if first is None:
        return Cell(level, label, state)
    name, where = _named(first)
    return Cell(
        level=level,
        label=label,
        state=state,
        name=name,
        where=where,
        more=len(speaking) - 1,
        asked_on=first.asked_on,
        answered_on=first.answered_on,
    )


def _named(link: ChainLink) -> tuple[str, str]:
    """The name of a link, and the place and country under it."""
    country = country_name(link.country) if link.country else ""
    if link.quarry_area is not None:
        area = link.quarry_area
        name = link.name or area_label(area)
        return name, ", ".join(part for part in (area.name if link.name else "", country_name(area.country)) if part)
    place = link.place if link.name else ""
    return link.name or link.place, ", ".join(part for part in (place, country) if part)


def _passes(row: ChainRow, wanted: Filters) -> bool:
    if wanted.shown == "open" and row.closed_on is not None:
        return False
    if wanted.shown == "closed" and row.closed_on is None:
        return False
    if wanted.gap == "any" and not row.has_gap:
        return False
    if wanted.gap not in ("", "any") and not (row.own and row.state_of(wanted.gap) != LinkState.KNOWN):
        return False
    if wanted.state and not any(cell.state == wanted.state for cell in row.cells):
        return False
    if wanted.material and row.material_id != wanted.material:
        return False
    if wanted.country and row.extraction_country != wanted.country:
        return False
    if wanted.checked == "no" and row.fresh:
        return False
    return not wanted.search or all(word in row.searchable for word in wanted.search.casefold().split())


def sort_rows(rows: list[ChainRow], sort: str) -> list[ChainRow]:
    """In the order asked for; `-` turns it around. Unknown orders fall back to the material."""
    key, turned = sort.removeprefix("-"), sort.startswith("-")
    if key == "share":
        return sorted(rows, key=lambda row: (row.share is None, row.share or Decimal(0), row.id), reverse=turned)
    if key == "checked":
        return sorted(rows, key=lambda row: (row.confirmed_on or dt.date.min, row.id), reverse=turned)
    if key == "situation":
        return sorted(rows, key=lambda row: (row.situation, row.material, row.id), reverse=turned)
    if rows and key in {cell.level for cell in rows[0].cells}:
        at = [cell.level for cell in rows[0].cells].index(key)
        return sorted(
            rows, key=lambda row: (row.cells[at].name.casefold(), row.cells[at].state, row.id), reverse=turned
        )
    return sorted(rows, key=lambda row: (row.material, row.trade_name.casefold(), row.id), reverse=turned)
