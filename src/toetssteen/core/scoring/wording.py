"""The sentences of a proposal, in Dutch and English, with the figures in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from toetssteen.core.frameworks import Share, Text

from .sheet import rounded

_MONTHS_NL = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date) -> Text:
    """A date in words."""
    month = value.month - 1
    return Text(
        nl=f"{value.day} {_MONTHS_NL[month]} {value.year}",
        en=f"{value.day} {_MONTHS_EN[month]} {value.year}",
    )


def number(value: Decimal | Fraction | int, decimals: int | None = None) -> Text:
    """A number as people write it; without decimals given, no more than needed (at most four)."""
    if decimals is None:
        plain = rounded(Fraction(value), 4)
        text = f"{plain:f}".rstrip("0").rstrip(".") if "." in f"{plain:f}" else f"{plain:f}"
    else:
        text = f"{rounded(Fraction(value), decimals):f}"
    return Text(nl=text.replace(".", ","), en=text)


def percent_of(share: Share, minimum: Fraction) -> Text:
    """The percentage with one decimal; a share that falls short is never rounded up to the minimum."""
    exact = share.percent or Fraction(0)
    shown = Fraction(rounded(exact, 1))
    if exact < minimum <= shown:
        shown = Fraction(int(exact * 10), 10)
    places = 0 if shown.denominator == 1 else 1
    return number(shown, places)


def capital(text: Text) -> Text:
    """The text with a capital first letter."""
    return Text(nl=text.nl[:1].upper() + text.nl[1:], en=text.en[:1].upper() + text.en[1:])


def exempt(reason: Text) -> Text:
    """No report is due."""
    return Text(
        nl=f"Geen verslag nodig: {_end(reason.nl)} Er is geen voorstel voor een kleur.",
        en=f"No report is due: {_end(reason.en)} No colour is proposed.",
    )


def _end(sentence: str) -> str:
    first = sentence[:1].lower() + sentence[1:]
    return first if first.endswith(".") else first + "."


def report(*, delivered: bool) -> Text:
    """Whether the report was handed in."""
    if delivered:
        return Text(nl="Het verslag is ingediend.", en="The report was delivered.")
    return Text(
        nl="Het verslag is niet ingediend; dat telt als niet gehaald.",
        en="The report was not delivered; that counts as not met.",
    )


def score(total: Decimal, minimum: Fraction) -> Text:
    """The total against the minimum."""
    exponent = total.as_tuple().exponent
    got = number(total, -exponent if isinstance(exponent, int) else None)
    wanted = number(minimum)
    met = Fraction(total) >= minimum
    nl = "gehaald" if met else "te laag"
    en = "reached" if met else "too low"
    return Text(
        nl=f"Score: {got.nl} %, gevraagd {wanted.nl} %: {nl}.",
        en=f"Score: {got.en}%, required {wanted.en}%: {en}.",
    )


def key(number_label: str, question: Text, level: Text, minimum: Text, *, met: bool) -> Text:
    """A key question and the level it got."""
    nl = "gehaald" if met else f"niet gehaald, gevraagd is ten minste '{minimum.nl}'"
    en = "met" if met else f"not met, at least '{minimum.en}' is required"
    return Text(
        nl=f"Kernvraag {number_label} ({question.nl}): '{level.nl}', {nl}.",
        en=f"Key question {number_label} ({question.en}): '{level.en}', {en}.",
    )


def key_not_applicable(number_label: str, question: Text) -> Text:
    """A key question that does not apply counts as met."""
    return Text(
        nl=f"Kernvraag {number_label} ({question.nl}): niet van toepassing, telt als gehaald.",
        en=f"Key question {number_label} ({question.en}): does not apply, counts as met.",
    )


def key_without_base(number_label: str, question: Text) -> Text:
    """A key question about something that could not exist yet does not fail."""
    return Text(
        nl=f"Kernvraag {number_label} ({question.nl}): er is dit jaar niets om te tellen, dus niet afgekeurd.",
        en=f"Key question {number_label} ({question.en}): there is nothing to count this year, so it does not fail.",
    )


def coverage(level: Text, share: Share, minimum: Fraction) -> Text:
    """How much of one layer of the chain is known against what is asked."""
    name, wanted = capital(level), number(minimum)
    if not share.applies:
        return Text(
            nl=f"{name.nl}: geen eigen ketens opgegeven, gevraagd {wanted.nl} %",
            en=f"{name.en}: no own chains given, required {wanted.en}%",
        )
    got, part, whole = percent_of(share, minimum), number(Fraction(share.part)), number(Fraction(share.whole))
    return Text(
        nl=f"{name.nl}: {part.nl} van {whole.nl} ketens bekend ({got.nl} %), gevraagd {wanted.nl} %",
        en=f"{name.en}: {part.en} of {whole.en} chains known ({got.en}%), required {wanted.en}%",
    )


def coverage_by_volume(level: Text, share: Share, minimum: Fraction) -> Text:
    """The same, where the pack counts by volume."""
    name, wanted, got = capital(level), number(minimum), percent_of(share, minimum)
    return Text(
        nl=f"{name.nl}: {got.nl} % van het volume bekend, gevraagd {wanted.nl} %",
        en=f"{name.en}: {got.en}% of the volume known, required {wanted.en}%",
    )


def plan(*, required: bool, delivered: bool) -> Text:
    """Whether a plan of action is needed and there."""
    if not required:
        return Text(nl="Een plan van aanpak is niet nodig.", en="A plan of action is not required.")
    if delivered:
        return Text(nl="Het plan van aanpak is ingediend.", en="The plan of action was delivered.")
    return Text(nl="Het plan van aanpak ontbreekt.", en="The plan of action is missing.")


def publication(*, required: bool, present: bool) -> Text:
    """Whether public communication is needed and there."""
    if not required:
        return Text(
            nl="Openbare communicatie is dit jaar nog niet nodig.",
            en="Public communication is not required this year.",
        )
    if present:
        return Text(nl="Er is openbare communicatie.", en="There is public communication.")
    return Text(nl="Openbare communicatie ontbreekt of is te oud.", en="Public communication is missing or too old.")


def agreed_date(agreed: date | None, year_end: date, limit: date) -> Text:
    """Whether an improvement date is agreed that lies within the running year."""
    until = day(limit)
    if agreed is None:
        return Text(
            nl="Er is geen datum voor verbetering afgesproken.",
            en="No improvement date has been agreed.",
        )
    on = day(agreed)
    if agreed <= year_end:
        return Text(
            nl=f"De afgesproken datum {on.nl} ligt niet na het einde van het verslagjaar ({day(year_end).nl}).",
            en=f"The agreed date {on.en} does not lie after the end of the reporting year ({day(year_end).en}).",
        )
    if agreed <= limit:
        return Text(
            nl=f"De afgesproken datum {on.nl} ligt binnen het lopende verslagjaar (tot en met {until.nl}).",
            en=f"The agreed date {on.en} lies within the running reporting year (up to and including {until.en}).",
        )
    return Text(
        nl=f"De afgesproken datum {on.nl} ligt na het lopende verslagjaar (tot en met {until.nl}).",
        en=f"The agreed date {on.en} lies after the running reporting year (up to and including {until.en}).",
    )
