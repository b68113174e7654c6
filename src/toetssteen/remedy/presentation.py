"""What a company recorded about complaints and remedy, in the words of the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Criterion, Grievance, Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.look.figures import country_name, day, day_short, in_language
from toetssteen.remedy import printing
from toetssteen.remedy.choices import Fit
from toetssteen.remedy.models import AtPlace, MadeKnown, Poster
from toetssteen.remedy.queries import Judged, Overview, Place, PlaceRow, Running, year_of

FIT_TAGS = {
    Fit.MET: ("ok", "check"),
    Fit.PARTLY: ("warn", "clock"),
    Fit.NOT: ("bad", "cross"),
    Fit.UNKNOWN: ("", "unknown"),
}


@dataclass(frozen=True)
class Words:
    """The names of the pack's levels, mechanisms, audiences and ways in the language of the page."""

    levels: dict[str, str]
    mechanisms: dict[str, str]
    audiences: dict[str, str]
    ways: dict[str, str]
    languages: dict[str, str]

    @classmethod
    def of(cls, pack: Pack) -> Words:
        """The words of one pack."""
        known = pack.grievance
        return cls(
            {level.id: in_language(level.text) for level in pack.coverage_levels},
            {m.id: in_language(m.text) for m in known.mechanisms} if known else {},
            {a.id: in_language(a.text) for a in known.audiences} if known else {},
            {w.id: in_language(w.text) for w in known.ways} if known else {},
            languages_of(known) if known else {},
        )


def languages_of(known: Grievance) -> dict[str, str]:
    """The languages that the pack names, those with words first, in the language of the page."""
    here = Locale.parse((get_language() or "nl").split("-")[0]).languages
    codes = [*(text.code for text in known.texts), *(language.code for language in known.missing)]
    return {code: here.get(code, code) for code in codes}


def listed(ids: Iterable[str], words: dict[str, str]) -> str:
    """Names in a row; one that the pack does not know any more stands as it was recorded."""
    return ", ".join(words.get(one, one) for one in ids)


def where(place: Place | AtPlace) -> str:
    """Town and country of a place, as far as the company wrote them."""
    country = country_name(place.country) if len(place.country) == 2 else place.country
    return ", ".join(part for part in (place.place, country) if part)


def label_of(place: Place | AtPlace, words: Words) -> str:
    """A place in one line: its name, where it is, and what it is."""
    parts = [place.name, where(place)]
    return f"{', '.join(p for p in parts if p)} ({words.levels.get(place.level, place.level).lower()})"


@dataclass(frozen=True)
class Line:
    """One row of the list of places."""

    place: Place
    level: str
    where: str
    made_on: dt.date | None
    how: str
    has_left: bool
    before: str  # what was done in the year of the report, where that year is over
    judged: Judged | None
    posters: Sequence[Poster]


def lines(found: Overview, words: Words, only_open: bool = False) -> list[Line]:
    """The places as the list shows them."""
    rows: Sequence[PlaceRow] = found.open_places if only_open else found.rows
    return [_line(row, found, words) for row in rows]


def _line(row: PlaceRow, found: Overview, words: Words) -> Line:
    newest = row.since if found.running else row.made
    how = _how(newest, words)
    if newest and found.running:
        how = f"{how}; {for_report(found.running.year)}"
    level = words.levels.get(row.place.level, row.place.level)
    made_on = newest.made_on if newest else None
    before = _before(row, found, words) if found.running else ""
    return Line(row.place, level, where(row.place), made_on, how, row.has_left, before, row.judged, row.posters)


def _how(made: MadeKnown | None, words: Words) -> str:
    return f"{words.ways.get(made.way, made.way)}; {listed(made.languages, words.languages)}" if made else ""


def _before(row: PlaceRow, found: Overview, words: Words) -> str:
    said = {"year": found.year}
    if row.made is None:
        return _("%(year)s: nothing recorded") % said
    return _("%(year)s: %(day)s, %(how)s") % {**said, "day": day_short(row.made.made_on), "how": _how(row.made, words)}


def for_report(year: CovenantYear | None) -> str:
    """For which report something counts, in words; the year may not be open yet."""
    return _("for the report over %(year)s") % {"year": year} if year else _("for a later report")


def counting_days(year: CovenantYear, running: Running | None) -> str:
    """For which report a day counts, beside the field in which it is entered."""
    if running is None:
        return _("A day from %(first)s on counts for the report over %(year)s.") % {
            "first": day(year.starts_on), "year": year,
        }  # fmt: skip
    return _("A day up to %(last)s counts for the report over %(year)s, a day since then %(later)s.") % {
        "last": day(year.ends_on), "year": year, "later": for_report(running.year),
    }  # fmt: skip


def records(
    rows: Iterable[MadeKnown], words: Words, year: CovenantYear, years: Sequence[CovenantYear]
) -> list[dict[str, Any]]:
    """What was made known, each with its words."""
    return [
        {
            "row": row,
            "mechanism": words.mechanisms.get(row.mechanism, row.mechanism),
            "way": words.ways.get(row.way, row.way),
            "audiences": listed(row.audiences, words.audiences),
            "languages": listed(row.languages, words.languages),
            "places": [p.name for p in row.places.all()],
            "elsewhere": "" if year.starts_on <= row.made_on <= year.ends_on else for_other(years, row.made_on),
        }
        for row in rows
    ]


def for_other(years: Sequence[CovenantYear], on: dt.date) -> str:
    """For which report a day counts that is not in the year of the page."""
    return _("another year") if years and on < years[0].starts_on else for_report(year_of(years, on))


def next_step(found: Overview) -> dict[str, str] | None:
    """The one thing to do next, with the page on which it is done."""
    if not found.rows:
        return {
            "title": _("Name your suppliers, factories and quarries first"),
            "why": _("Without a place nobody can be told where to complain."),
            "url": reverse("chain_list"),
            "label": _("To your chain"),
        }
    if not found.posters and found.is_untouched:
        return {
            "title": _("Make a poster for one factory or quarry"),
            "why": _("You choose the place and the language, and print it. It takes two minutes."),
            "url": reverse("poster_add"),
            "label": _("Make a poster"),
        }
    if found.open_places:
        return {
            "title": _open_in_words(found),
            "why": _("One letter or poster can go to several places at once. You record it once."),
            "url": reverse("made_known_add") + "?missing=1",
            "label": _("Record it for these places"),
        }
    if found.unasked:
        row = found.unasked[0]
        return {
            "title": _("Can people complain at %(place)s itself?") % {"place": row.place.name},
            "why": _("Ask it at your next visit or call. Not knowing is an answer too, but it does not help anybody."),
            "url": reverse("mechanism_edit", args=[row.place.key]),
            "label": _("Record what you know"),
        }
    return None


def _open_in_words(found: Overview) -> str:
    count = len(found.open_places)
    if found.running is None:
        title = ngettext(
            "At %(n)s place nothing was made known this year", "At %(n)s places nothing was made known this year", count
        )
        return title % {"n": count}
    title = ngettext(
        "At %(n)s place nothing was made known since %(day)s",
        "At %(n)s places nothing was made known since %(day)s",
        count,
    )
    return title % {"n": count, "day": day(found.running.starts_on)}


def criteria(pack: Pack, judged: Judged | None) -> list[dict[str, Any]]:
    """The criteria of the pack with what is known of one mechanism."""
    if pack.grievance is None:
        return []
    needed = pack.grievance.works.value.criteria if pack.grievance.works else ()
    said = {one.criterion: one for one in judged.row.judged.all()} if judged else {}
    found = []
    for criterion in pack.grievance.criteria:
        one = said.get(criterion.id)
        fit = Fit(one.fit) if one else Fit.UNKNOWN
        kind, icon = FIT_TAGS[fit]
        found.append(
            {
                "criterion": criterion,
                "needed": criterion.id in needed,
                "fit": fit.label,
                "kind": kind,
                "icon": icon,
                "sentence": one.sentence if one else "",
            }
        )
    return found


def short_name(criterion: Criterion) -> str:
    """The name of a criterion without its explanation."""
    return in_language(criterion.text).partition(":")[0].partition(" (")[0]


def works_in_words(pack: Pack) -> dict[str, Any] | None:
    """The rule by which a mechanism counts as working, said in words, with its mark."""
    rule = pack.grievance.works if pack.grievance else None
    if rule is None or pack.grievance is None:
        return None
    names = [short_name(c).lower() for c in pack.grievance.criteria if c.id in rule.value.criteria]
    return {"names": ", ".join(names), "partly": rule.value.part_is_enough, "placeholder": rule.placeholder}


def poster_context(poster: Poster, pack: Pack) -> dict[str, Any] | None:
    """Everything that stands on a poster; names only where the company chose them. None without words for it."""
    text = pack.grievance.text_in(poster.language) if pack.grievance else None
    if text is None or pack.grievance is None:
        return None
    return {
        "text": text,
        "words": text.words,
        "promises": [text.promises[p.id] for p in pack.grievance.promises if p.adopted],
        "address": printing.short_address(poster.code),
        "drawing": printing.drawing_of(poster.code),
        "contact": poster.contact,
        "place": poster.name if poster.shows_place else "",
        "company": poster.organisation.name if poster.shows_company else "",
        "covenant_name": settings.COVENANT_NAME,
    }


def withheld(pack: Pack, language: str) -> list[str]:
    """The promises that are only proposed: they stay off the poster."""
    text = pack.grievance.text_in(language) if pack.grievance else None
    if text is None or pack.grievance is None:
        return []
    return [text.promises[p.id] for p in pack.grievance.promises if not p.adopted]


def complain_context(pack: Pack, language: str) -> dict[str, Any] | None:
    """The page behind a code: the same for every place and every company."""
    known = pack.grievance
    if known is None or not known.texts:
        return None
    text = known.text_in(language) or known.text_in("en") or known.texts[0]
    return {
        "text": text,
        "words": text.words,
        "others": [other for other in known.texts if other.code != text.code],
        "reach": [(text.reach[way.id], way) for way in known.reach if way.known],
        "not_known": [text.reach[way.id] for way in known.reach if not way.known],
        "promises": [text.promises[p.id] for p in known.promises if p.adopted],
        "proposed": [text.promises[p.id] for p in known.promises if not p.adopted],
        "covenant_name": settings.COVENANT_NAME,
    }
