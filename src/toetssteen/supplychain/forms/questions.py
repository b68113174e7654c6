"""What a form about a link asks back: which place was meant, and whether country or coordinates are right."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from toetssteen.places import gazetteer, presentation
from toetssteen.places.gazetteer import Ambiguous, Contradiction, Kind, Missing, Place

KEEP = "keep"
Choices = list[tuple[str, str]]
AREA_KINDS = (Kind.DISTRICT, Kind.TOWN)


class Question(Exception):
    """Nothing is saved before somebody chose an answer."""

    def __init__(self, sentence: str, choices: Choices) -> None:
        super().__init__(sentence)
        self.sentence, self.choices = sentence, choices


def place_meant(text: str, country: str, chosen: str, answer: str) -> str:
    """The id of the place that becomes the area; empty when the name stays as it was typed.

    `chosen` comes from the list of suggestions, `answer` from the question asked before. Asks when it is not sure.
    """
    try:
        return _place_meant(text, country, chosen, answer)
    except Missing:
        return ""


def _place_meant(text: str, country: str, chosen: str, answer: str) -> str:
    if answer == KEEP:
        return ""
    for picked in (answer, chosen):
        place = gazetteer.get(picked) if picked else None
        if place is not None and place.kind in AREA_KINDS and (not country or place.country == country):
            return place.id
    found = gazetteer.resolve(text, country or None, prefer=Kind.DISTRICT)
    if found is None:
        return ""
    candidates = found.candidates if isinstance(found, Ambiguous) else (found,)
    smaller = [place for place in candidates if place.kind in AREA_KINDS]
    if not smaller:
        raise Question(
            _("%(place)s is larger than a quarry area. Name the district or the place in it, if you know it.")
            % {"place": presentation.label(candidates[0])},
            [(KEEP, _("We know no more: keep the name as we typed it"))],
        )
    if len(smaller) == 1 and not isinstance(found, Ambiguous) and _is_written(smaller[0], text):
        return smaller[0].id
    return _ask_which(smaller)


def _ask_which(places: list[Place]) -> str:
    choices = [(place.id, presentation.label(place)) for place in places]
    raise Question(_("Which place do you mean?"), [*choices, (KEEP, _("None of these: keep the name as we typed it"))])


def _is_written(place: Place, text: str) -> bool:
    """True when the name stands there, not only one that looks like it."""
    written = gazetteer.key_of(text)
    return any(written.startswith(gazetteer.key_of(name)) for name in (place.name, place.matched) if name)


def coordinates_meant(country: str, lat: Decimal, lon: Decimal, answer: str) -> tuple[Decimal, Decimal]:
    """The coordinates as they are or as somebody corrected them; asks when they do not lie in the country."""
    try:
        found = gazetteer.contradiction(country, float(lat), float(lon), within_km=_tolerance(lat, lon))
    except Missing:
        return lat, lon
    if found is None or answer == KEEP:
        return lat, lon
    for fix in found.corrections:
        if answer == fix.how:
            return (Decimal(str(fix.lat)), Decimal(str(fix.lon)))
    raise Question(presentation.question(found), _corrections(found))


def _corrections(found: Contradiction) -> Choices:
    fixes = [(fix.how, presentation.correction_label(fix, found.country)) for fix in found.corrections[:3]]
    return [*fixes, (KEEP, _("Keep it as it is: we checked it"))]


def _tolerance(lat: Decimal, lon: Decimal) -> float:
    """How far off coordinates of so few digits can be, in km."""
    digits = min(max(-int(number.normalize().as_tuple().exponent), 0) for number in (lat, lon))
    return max(gazetteer.TOLERANCE_KM, 111.0 / 10**digits / 2)


def ask(form: Any, name: str, work: Callable[[], Any]) -> Any:
    """Do the work; a question becomes an error at a field of its own, with its choices."""
    try:
        return work()
    except Question as question:
        form.fields[name].widget.choices = question.choices
        form.fields[name].required = True  # an answer is needed, now that it is asked
        form.asked.add(name)
        form.add_error(name, question.sentence)
        return None
