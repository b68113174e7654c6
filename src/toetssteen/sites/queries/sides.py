"""Two records side by side: what differs is marked, and the reasons are said in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.foundation.look.figures import country_name, number
from toetssteen.sites.recognition.searching import country_code, folded


@dataclass(frozen=True)
class Piece:
    """A part of a text; marked where the other side says something else."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Line:
    """One fact on both sides."""

    label: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        return any(piece.marked for piece in (*self.left, *self.right))


def side_by_side(left: Any, right: Any, more: Sequence[tuple[str, str, str]] = ()) -> list[Line]:
    """Name, address, place, country and coordinates of two records; `more` adds (label, left, right)."""
    rows = [
        (_("Name"), _name(left), _name(right)),
        (_("Address"), left.address, right.address),
        (_("Place"), _place(left), _place(right)),
    ]
    lines = [Line(label, *_marked(a, b)) for label, a, b in rows]
    lines.append(_country(left.country, right.country))
    points = (_point(left), _point(right))
    lines.append(Line(_("Coordinates"), *(_plain(point) for point in points)))
    lines += [Line(label, *_marked(a, b)) for label, a, b in more]
    return [line for line in lines if any(piece.text for piece in (*line.left, *line.right))]


def _plain(text: str, marked: bool = False) -> tuple[Piece, ...]:
    return (Piece(text, marked),) if text else ()


def _name(row: Any) -> str:
    local = getattr(row, "local_name", "")
    return f"{row.name} ({local})" if local else str(row.name)


def _place(row: Any) -> str:
    parts = (row.place, getattr(row, "admin2", ""), getattr(row, "admin1", ""))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _point(row: Any) -> str:
    if row.lat is None or row.lon is None:
        return ""
    return f"{row.lat:.4f}, {row.lon:.4f}"


def _country(a: str, b: str) -> Line:
    same = country_code(a) == country_code(b) and country_code(a) != ""
    said = [country_name(country_code(text)) if country_code(text) else text for text in (a, b)]
    return Line(_("Country"), *(_plain(text, not same) for text in said))


def _marked(a: str, b: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Words of each side that the other one does not have."""
    words_a, words_b = _folds(a), _folds(b)
    return _pieces(a, words_b if b else words_a), _pieces(b, words_a if a else words_b)


def _folds(text: str) -> set[str]:
    return {folded(word) for word in re.split(r"[\s,;/()]+", text) if folded(word)}


def _pieces(text: str, other: set[str]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for part in re.split(r"(\s+)", text):
        marked = bool(_folds(part)) and not _folds(part) <= other
        if found and not part.strip():
            found[-1] = Piece(found[-1].text + part, found[-1].marked)
        elif found and found[-1].marked == marked:
            found[-1] = Piece(found[-1].text + part, marked)
        elif part:
            found.append(Piece(part, marked))
    return tuple(found)


Words = dict[str, str | Promise]
# Code of the matcher: what a person reads. `%(a)s` and `%(b)s` are what the two sides say.
REASONS: Words = {
    "registry_equal": gettext_lazy("Both have the registry number %(a)s."),
    "registry_other": gettext_lazy("The registry numbers differ: %(a)s and %(b)s."),
    "country_other": gettext_lazy("The countries differ."),
    "kind_other": gettext_lazy("They are named as different kinds of places."),
    "unit_equal": gettext_lazy("The unit is the same: %(a)s."),
    "unit_other": gettext_lazy("The units differ: %(a)s and %(b)s."),
    "unit_near": gettext_lazy("The units are almost the same: %(a)s and %(b)s."),
    "unit_one_sided": gettext_lazy("Only one of the two names a unit."),
    "site_number_equal": gettext_lazy("The pit or survey number is the same: %(a)s."),
    "site_number_other": gettext_lazy("The pit or survey numbers differ: %(a)s and %(b)s."),
    "site_number_near": gettext_lazy("The pit or survey numbers are almost the same: %(a)s and %(b)s."),
    "site_number_one_sided": gettext_lazy("Only one of the two names a pit or survey number."),
    "plot_equal": gettext_lazy("The plot or lot is the same: %(a)s."),
    "plot_other": gettext_lazy("The plots or lots differ: %(a)s and %(b)s."),
    "plot_near": gettext_lazy("The plots or lots are almost the same: %(a)s and %(b)s."),
    "plot_one_sided": gettext_lazy("Only one of the two names a plot or lot."),
    "road_equal": gettext_lazy("The road number is the same: %(a)s."),
    "road_other": gettext_lazy("The road numbers differ: %(a)s and %(b)s."),
    "road_near": gettext_lazy("The road numbers are almost the same: %(a)s and %(b)s."),
    "road_one_sided": gettext_lazy("Only one of the two names a road number."),
    "name_equal": gettext_lazy("The names are the same."),
    "name_slip": gettext_lazy("The names are the same but for a slip."),
    "name_close": gettext_lazy("The names are almost the same."),
    "name_part": gettext_lazy("One name is part of the other."),
    "name_order": gettext_lazy("The names have the same words in another order."),
    "name_sound": gettext_lazy("The names sound the same."),
    "name_alike": gettext_lazy("The names look alike."),
    "name_other": gettext_lazy("The names differ."),
    "trade_other": gettext_lazy("The names speak of different trades."),
    "legal_form_other": gettext_lazy("The legal forms differ: %(a)s and %(b)s."),
    "address_agree": gettext_lazy("The addresses are the same."),
    "address_partly": gettext_lazy("The addresses agree in part."),
    "address_conflict": gettext_lazy("The addresses differ."),
    "place_agree": gettext_lazy("The place is the same."),
    "place_partly": gettext_lazy("The places agree in part."),
    "place_conflict": gettext_lazy("The places differ."),
    "several_units": gettext_lazy("A firm of this name has several units or pits here."),
    "coordinates_swapped": gettext_lazy("The coordinates of one of the two seem to be swapped."),
    "company_says_same": gettext_lazy("The company says that two of its own mentions are one place."),
    "company_says_different": gettext_lazy("The company says that two of its own mentions are two places."),
    "split": gettext_lazy("The secretariat took them apart."),
}


def reasons_in_words(reasons: Sequence[Sequence[Any]]) -> list[str]:
    """The reasons as sentences; the distance is said apart, and one that has no words is left out."""
    found = []
    for code, values in reasons:
        sentence = REASONS.get(code)
        if sentence is None:
            continue
        pair = {"a": values[0] if values else "", "b": values[1] if len(values) > 1 else ""}
        found.append(str(sentence) % pair if "%" in str(sentence) else str(sentence))
    return found


def distance_in_words(distance: Decimal | None) -> str:
    """How far apart two places lie, in words."""
    if distance is None:
        return ""
    if distance < 1:
        return _("%(n)s metres apart") % {"n": number(distance * 1000, 0)}
    return _("%(n)s km apart") % {"n": number(distance, 1 if distance < 20 else 0)}
