"""What stands in the library for a reader: the items of the pack, found by words, kind, theme and country."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import LibraryItem, Pack, Text
from toetssteen.covenant import queries as covenant

KINDS: dict[str, Any] = {
    "guide": _("Guide"),
    "theme_sheet": _("Theme sheet"),
    "risk_analysis": _("Risk analysis"),
    "instrument": _("Instrument"),
    "report": _("Report"),
    "webinar": _("Webinar"),
    "training": _("Training"),
    "page": _("Web page"),
    "field_visit": _("Field visit"),
    "framework": _("Assessment framework"),
    "covenant": _("Covenant text"),
}
# What is no text to read: the tool that this installation replaces.
LEFT_OUT = frozenset({"system"})
# For whom an item is, by the kind of organisation acted for; everybody reads what is for the public.
AUDIENCES: dict[str, frozenset[str]] = {
    "company": frozenset({"company", "supplier"}),
    "authority": frozenset({"authority"}),
    "sector": frozenset({"company"}),
    "union": frozenset({"civil_society"}),
    "ngo": frozenset({"civil_society"}),
    "government": frozenset({"authority"}),
}


@dataclass(frozen=True)
class Shelved:
    """One item as its reader sees it."""

    id: str
    title: Text
    kind: Any
    themes: tuple[Text, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    url: str | None
    is_planned: bool


def items_for(actor: Actor, pack: Pack) -> list[LibraryItem]:
    """The items that are meant for the reader; the secretariat sees all."""
    mine = AUDIENCES.get(actor.organisation_kind, frozenset()) | {"public"}
    return [
        item
        for item in pack.library
        if item.kind not in LEFT_OUT and (actor.is_secretariat or mine & set(item.audience))
    ]


def shelf(
    actor: Actor, pack: Pack, *, search: str = "", kind: str = "", theme: str = "", country: str = ""
) -> list[Shelved]:
    """The items for the reader that hold all words in title, theme or kind, and fit kind, theme and country."""
    names = {one.id: one.name for one in pack.themes}
    found = []
    for item in items_for(actor, pack):
        if (kind and item.kind != kind) or (theme and theme not in item.themes):
            continue
        if country and country not in item.countries:
            continue
        shown = _shelved(item, names)
        words = " ".join([item.title.nl, item.title.en, str(shown.kind), *(f"{t.nl} {t.en}" for t in shown.themes)])
        if all(word in words.lower() for word in search.lower().split()):
            found.append(shown)
    return found


def fitting(
    actor: Actor,
    pack: Pack,
    *,
    ids: Collection[str] = (),
    themes: Collection[str] = (),
    countries: Collection[str] = (),
    most: int = 5,
) -> list[Shelved]:
    """What helps here: the items named first, then those that share a theme, the ones about these countries first."""
    names = {one.id: one.name for one in pack.themes}
    mine = items_for(actor, pack)
    named = [item for item in mine if item.id in ids]
    others = [i for i in mine if i not in named and set(i.themes) & set(themes) and _is_near(i, countries)]
    others.sort(key=lambda item: not set(item.countries) & set(countries))
    return [_shelved(item, names) for item in [*named, *others][:most]]


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
    """
    pack = pack or _newest_pack()
    if pack is None:
        return []
    names = {one.id: one.name for one in pack.themes}
    mine = [item for item in items_for(actor, pack) if not kinds or item.kind in kinds]
    named = [item for item in mine if item.id in ids]
    weighed = [(_fit(item, set(themes), set(steps), set(countries)), item) for item in mine if item not in named]
    others = [item for fit, item in sorted(weighed, key=lambda pair: -pair[0]) if fit]
    return [_shelved(item, names) for item in [*named, *others][:most]]


def choices(actor: Actor, pack: Pack) -> tuple[list[tuple[str, Any]], list[tuple[str, Text]], list[str]]:
    """The kinds, themes and countries that occur among the items for the reader."""
    mine = items_for(actor, pack)
    kinds = _occurring(item.kind for item in mine)
    themes = set(_occurring(theme for item in mine for theme in item.themes))
    return (
        [(kind, KINDS.get(kind, kind)) for kind in kinds],
        [(theme.id, theme.name) for theme in pack.themes if theme.id in themes],
        sorted(_occurring(country for item in mine for country in item.countries)),
    )


def _newest_pack() -> Pack | None:
    """What the parties agreed on last."""
    years = covenant.years()
    return covenant.pack_of(years[-1]) if years else None


def _fit(item: LibraryItem, themes: set[str], steps: set[int], countries: set[str]) -> int:
    """How well an item fits here; 0 leaves it out, as what is about another country or theme only."""
    shares_theme, shares_country = bool(themes & set(item.themes)), bool(countries & set(item.countries))
    if item.state.startswith("planned") or (countries and item.countries and not shares_country):
        return 0
    if themes and item.themes and not shares_theme and not shares_country:
        return 0
    return 4 * shares_theme + 2 * shares_country + bool(steps & set(item.steps))


def _is_near(item: LibraryItem, countries: Collection[str]) -> bool:
    """An item about other countries only does not help here."""
    return not item.countries or not countries or bool(set(item.countries) & set(countries))


def _shelved(item: LibraryItem, names: dict[str, Text]) -> Shelved:
    return Shelved(
        id=item.id,
        title=item.title,
        kind=KINDS.get(item.kind, item.kind),
        themes=tuple(names[theme] for theme in item.themes if theme in names),
        countries=item.countries,
        languages=item.languages,
        url=item.url,
        is_planned=item.state.startswith("planned"),
    )


def _occurring(values: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(values))
