"""What stands in the library for a reader: items of the pack and of the secretariat in one list, found and fitting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import LibraryItem, ModelDocument, Pack, Text
from toetssteen.covenant import queries as covenant
from toetssteen.foundation.look.figures import country_name
from toetssteen.foundation.look.navigation import address
from toetssteen.library.asked_from import opens_for
from toetssteen.library.choices import Kind
from toetssteen.library.models import Copy, Item, ItemVersion
from toetssteen.library.permissions import audiences_of, can_fill_model_text, visible_copies
from toetssteen.library.words import folded, holds, language_name

# What is no text to read: the tool that this installation replaces.
LEFT_OUT = frozenset({"system"})
# The pages of this software to which an item of the pack may point as what it is for.
PAGES = frozenset({"inquiry_list", "public_report_home"})
OWN = "own-"
NOTHING = Text("", "")
FACETS = ("kind", "theme", "country", "step", "language")


@dataclass(frozen=True)
class Reading:
    """Where one text of an item is read: a file of ours, or an address elsewhere."""

    languages: tuple[str, ...]
    url: str = ""
    file_id: int | None = None
    file_kind: str = ""
    size: int = 0


@dataclass(frozen=True)
class Shelved:
    """One item as its reader sees it."""

    id: str
    title: Text
    kind_id: str
    summary: Text = NOTHING
    steps: tuple[int, ...] = ()
    theme_ids: tuple[str, ...] = ()
    themes: tuple[Text, ...] = ()
    countries: tuple[str, ...] = ()
    materials: tuple[Text, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    dated: dt.date | None = None
    version: int = 0
    source: str = ""
    audience: frozenset[str] = field(default_factory=frozenset)
    model: str = ""  # the model text of the pack that is filled in for it
    page: str = ""  # the page of this software that does what it is for; empty if the reader's role has none
    is_here: bool = False
    own_id: int | None = None
    is_planned: bool = False
    is_withdrawn: bool = False

    @property
    def kind(self) -> Any:
        """What it is, in the word of the reader."""
        return Kind(self.kind_id).label if self.kind_id in Kind.values else self.kind_id

    @property
    def url(self) -> str:
        """The first address elsewhere, if there is one."""
        return next((reading.url for reading in self.readings if reading.url), "")

    def of(self, facet: str) -> tuple[str, ...]:
        """Its values for one of the filters."""
        found: dict[str, tuple[Any, ...]] = {
            "kind": (self.kind_id,), "theme": self.theme_ids, "country": self.countries, "step": self.steps,
            "language": self.languages,
        }  # fmt: skip
        return tuple(str(value) for value in found[facet])

    def hay(self) -> str:
        """Everything in which words are looked for, in Dutch and in English."""
        both = [self.title, self.summary, *self.themes, *self.materials]
        words = [part for text in both for part in (text.nl, text.en)]
        words += [str(self.kind), *self.tags, *(country_name(code) for code in self.countries)]
        return folded(" ".join([*words, *(language_name(code) for code in self.languages)]))


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for."""

    search: str = ""
    kind: str = ""
    theme: str = ""
    country: str = ""
    step: str = ""
    language: str = ""
    withdrawn: bool = False

    def fits(self, row: Shelved, *, but: str = "") -> bool:
        """An item fits all filters, or all but one."""
        chosen = ((facet, getattr(self, facet)) for facet in FACETS if facet != but)
        return all(not value or value in row.of(facet) for facet, value in chosen)


@dataclass(frozen=True)
class Found:
    """The items that fit, how many there are in all, and for each filter how many items each choice would leave."""

    rows: list[Shelved]
    total: int
    facets: dict[str, dict[str, int]]
    withdrawn: int = 0


def items_for(actor: Actor, pack: Pack | None) -> list[Shelved]:
    """Everything that is meant for the reader; withdrawn items for the secretariat alone. One query."""
    names = Names(pack)
    return [*_own_items(actor, names), *(_pack_items(actor, pack, names) if pack else ())]


def find(actor: Actor, pack: Pack | None, wanted: Wanted) -> Found:
    """The items for the reader that hold all words and fit the filters, in the order of their titles."""
    every = items_for(actor, pack)
    withdrawn = sum(row.is_withdrawn for row in every)
    there = [row for row in every if row.is_withdrawn == wanted.withdrawn and holds(row.hay(), wanted.search)]
    facets: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        counted: dict[str, int] = {}
        for row in there:
            if wanted.fits(row, but=facet):
                for value in row.of(facet):
                    counted[value] = counted.get(value, 0) + 1
        facets[facet] = counted
    rows = [row for row in there if wanted.fits(row)]
    rows.sort(key=lambda row: (row.own_id is None, folded(row.title.nl)))
    return Found(rows, len(every) - withdrawn, facets, withdrawn)


def shelf_for(
    actor: Actor,
    themes: Collection[str] = (),
    steps: Collection[int] = (),
    countries: Collection[str] = (),
    kinds: Collection[str] = (),
    *,
    ids: Collection[str] = (),
    pack: Pack | None = None,
    most: int = 5,
) -> list[Shelved]:
    """What helps with a question, risk or action: put it in the page as `guides` and include `library/_guides.html`.

    Named items come first, then those that share a theme, then those about the country, then those of the step.
    What is only planned helps nobody yet: it stands in the whole library alone.
    """
    rows = [row for row in items_for(actor, pack or newest_pack()) if not row.is_withdrawn and not row.is_planned]
    rows = [row for row in rows if not kinds or row.kind_id in kinds]
    by_id = {row.id: row for row in rows}
    named = [by_id[one] for one in ids if one in by_id]
    weighed = [(_fit(row, set(themes), set(steps), set(countries)), row) for row in rows if row not in named]
    weighed.sort(key=lambda pair: (-pair[0], pair[1].own_id is None, not (pair[1].model or pair[1].page)))
    others = [row for fit, row in weighed if fit]
    return [*named, *others][:most]


def newest_pack() -> Pack | None:
    """What the parties agreed on last; None before the first year was opened."""
    years = covenant.years()
    return covenant.pack_of(years[-1]) if years else None


def _fit(row: Shelved, themes: set[str], steps: set[int], countries: set[str]) -> int:
    """How well an item fits here; 0 leaves it out, as what is about another country or theme only."""
    shares_theme, shares_country = bool(themes & set(row.theme_ids)), bool(countries & set(row.countries))
    if countries and row.countries and not shares_country:
        return 0
    if themes and row.theme_ids and not shares_theme and not shares_country:
        return 0
    return 4 * shares_theme + 2 * shares_country + bool(steps & set(row.steps))


class Names:
    """The names of themes and kinds of stone in the pack."""

    def __init__(self, pack: Pack | None) -> None:
        self.themes = {one.id: one.name for one in pack.themes} if pack else {}
        self.materials = {one.id: one.text for one in pack.materials} if pack else {}

    def of(self, names: dict[str, Text], ids: Iterable[str]) -> tuple[Text, ...]:
        return tuple(names[one] for one in ids if one in names)


def _pack_items(actor: Actor, pack: Pack, names: Names) -> list[Shelved]:
    """The items of the pack, and its model texts: in the place of the item that they belong to, or on their own."""
    mine = audiences_of(actor)
    models = {document.library: document for document in _models(actor, pack) if document.library}
    rows = [
        _of_pack(actor, item, names, models.get(item.id))
        for item in pack.library
        if item.kind not in LEFT_OUT and (actor.is_secretariat or mine & set(item.audience))
    ]
    return [*rows, *(_of_model(one, names) for one in _models(actor, pack) if not one.library)]


def _models(actor: Actor, pack: Pack) -> list[ModelDocument]:
    return [document for document in pack.model_documents.documents if can_fill_model_text(actor, document)]


def _of_pack(actor: Actor, item: LibraryItem, names: Names, model: ModelDocument | None) -> Shelved:
    readings = (Reading(item.languages, item.url),) if item.url else ()
    page = address(item.page) if item.page in PAGES else ""
    return Shelved(
        id=item.id,
        title=item.title,
        summary=model.summary if model else NOTHING,
        kind_id=model.kind if model else item.kind,
        steps=item.steps,
        theme_ids=item.themes,
        themes=names.of(names.themes, item.themes),
        countries=item.countries,
        languages=("nl", "en") if model else item.languages,
        readings=readings,
        source=item.source,
        audience=frozenset(item.audience),
        model=model.id if model else "",
        page=page if opens_for(actor, page) else "",
        is_here=bool(page),
        is_planned=item.state.startswith("planned") and not page,
    )


def _of_model(document: ModelDocument, names: Names) -> Shelved:
    return Shelved(
        id=document.id,
        title=document.title,
        summary=document.summary,
        kind_id=document.kind,
        steps=document.steps,
        theme_ids=document.themes,
        themes=names.of(names.themes, document.themes),
        languages=("nl", "en"),
        audience=frozenset(document.audience),
        model=document.id,
    )


def _own_items(actor: Actor, names: Names) -> list[Shelved]:
    """What the secretariat keeps, each with its newest version that stands published; one query."""
    copies: dict[int, list[Copy]] = {}
    for copy in visible_copies(actor).select_related("version__item").order_by("-version__item_id", "pk"):
        copies.setdefault(copy.version.item_id, []).append(copy)
    return [of_own(rows[0].version.item, rows, names) for rows in copies.values()]


def of_own(item: Item, copies: list[Copy], names: Names) -> Shelved:
    """An item of the secretariat with its newest version; without a published version it counts as withdrawn."""
    versions: dict[int, ItemVersion] = {copy.version.number: copy.version for copy in copies}
    published = [number for number, version in versions.items() if version.withdrawn_at is None]
    newest = versions[max(published or versions)]
    readings = tuple(reading_of(copy) for copy in copies if copy.version.number == newest.number)
    return Shelved(
        id=f"{OWN}{item.pk}",
        title=item.title,
        summary=Text(item.summary_nl, item.summary_en),
        kind_id=item.kind,
        steps=tuple(item.steps),
        theme_ids=tuple(item.themes),
        themes=names.of(names.themes, item.themes),
        countries=tuple(item.countries),
        materials=names.of(names.materials, item.materials),
        languages=tuple(dict.fromkeys(code for reading in readings for code in reading.languages)),
        tags=tuple(item.tags),
        readings=readings,
        dated=newest.dated_on,
        version=newest.number,
        audience=item.audience,
        own_id=item.pk,
        is_withdrawn=item.withdrawn_at is not None or not published,
    )


def reading_of(copy: Copy) -> Reading:
    """Where a stored text is read."""
    languages = tuple(copy.languages)
    if copy.url:
        return Reading(languages, url=copy.url)
    return Reading(languages, file_id=copy.pk, file_kind=copy.file_name.rpartition(".")[2].upper(), size=copy.size)
