"""Numbers, shares, days and moments as people read them, in the language of the page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from babel import Locale
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

NBSP = "\u00a0"
EMPTY = "–"


def as_decimal(value: Any, places: int) -> Decimal | None:
    """The number rounded half up once; None if there is none."""
    if hasattr(value, "placeholder"):  # a norm with its mark
        value = value.value
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = Decimal(value.replace(",", "."))
    exact = value if isinstance(value, Fraction) else Fraction(value)
    if isinstance(value, float):
        exact = exact.limit_denominator(10**12)
    # In whole numbers: half up of n/d is the floor of (2n + d) / 2d.
    most, of = 2 * 10**places * abs(exact.numerator), exact.denominator
    whole = (most + of) // (2 * of)
    return Decimal(-whole if exact.numerator < 0 else whole).scaleb(-places)


def number(value: Any, places: int | str = 2) -> str:
    """At most so many decimals, no trailing zeros: 54,5 and 54.5, 1.250 and 1,250."""
    exact = as_decimal(value, int(places))
    if exact is None:
        return EMPTY
    plain = f"{exact:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return _localised(plain)


def _localised(plain: str) -> str:
    whole, _, rest = plain.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = digits
    if len(digits) > 4:
        separator = formats.get_format("THOUSAND_SEPARATOR")
        groups = [digits[max(i - 3, 0) : i] for i in range(len(digits), 0, -3)][::-1]
        grouped = separator.join(groups)
    return sign + grouped + (formats.get_format("DECIMAL_SEPARATOR") + rest if rest else "")


def points(value: Any) -> str:
    """A score with at most two decimals: 54,5."""
    return number(value, 2)


def points_word(value: Any) -> str:
    """A score with its word: 1 punt, 5,5 punten."""
    exact = as_decimal(value, 2)
    if exact is None:
        return EMPTY
    return ngettext("%(n)s point", "%(n)s points", 1 if exact == 1 else 2) % {"n": points(exact)}


def percent(value: Any, places: int | str = 1) -> str:
    """A percentage, 0-100 or a share of the core: 94,4 % in Dutch, 94.4% in English."""
    if hasattr(value, "percent"):
        value = value.percent
    if as_decimal(value, 1) is None:
        return EMPTY
    gap = NBSP if (get_language() or "nl").startswith("nl") else ""
    return f"{number(value, places)}{gap}%"


def share(value: Any) -> str:
    """So many of so many: 17 van 18."""
    if value is None:
        return EMPTY
    return gettext("%(part)s of %(whole)s") % {"part": number(value.part), "whole": number(value.whole)}


def _as_day(value: Any) -> dt.date | None:
    if isinstance(value, str) and value:
        value = dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value or None


@lru_cache(maxsize=5_000)
def _in_words(exact: dt.date, form: str, _language: str | None) -> str:
    """Kept, because a list says the same days again and again; `_language` is the one of the page."""
    return formats.date_format(exact, form)


def day(value: Any) -> str:
    """A day in words: 31 december 2026."""
    exact = _as_day(value)
    return _in_words(exact, "j F Y", get_language()) if exact else EMPTY


def day_short(value: Any) -> str:
    """A day without its year, for lists about one year: 3 oktober."""
    exact = _as_day(value)
    return _in_words(exact, "j F", get_language()) if exact else EMPTY


def month(value: Any) -> str:
    """A month in words: oktober 2023."""
    exact = _as_day(value)
    return _in_words(exact, "F Y", get_language()) if exact else EMPTY


def moment(value: Any) -> str:
    """A time of day: 14.32 uur in Dutch, 14:32 in English."""
    if isinstance(value, str) and value:
        value = dt.datetime.fromisoformat(value)
    if not value:
        return EMPTY
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if (get_language() or "nl").startswith("nl"):
        return f"{value:%H.%M}{NBSP}uur".lstrip("0") if value.hour else f"{value:%H.%M}{NBSP}uur"
    return f"{value:%H:%M}"


def day_and_moment(value: Any) -> str:
    """A day and a time of day: 31 december 2026, 14.32 uur."""
    return f"{day(value)}, {moment(value)}" if value else EMPTY


@lru_cache(maxsize=8)
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language).territories)


def country_name(code: str | None) -> str:
    """The name of a country by its two-letter code, in the language of the page."""
    if not code:
        return EMPTY
    return _territories((get_language() or "nl").split("-")[0]).get(code.upper(), code)


def minutes_word(value: int | None) -> str:
    """How long it takes: 15 min, 1 uur, 4,5 uur."""
    if value is None:
        return EMPTY
    if value < 60:
        return gettext("%(n)s min") % {"n": value}
    halves = Fraction(round(Fraction(value, 30)), 2)
    return ngettext("%(n)s hour", "%(n)s hours", 1 if halves == 1 else 2) % {"n": number(halves, 1)}


def in_language(text: Any) -> str:
    """A bilingual text of the content pack in the language of the page."""
    if text is None:
        return ""
    if hasattr(text, "in_"):
        return str(text.in_((get_language() or "nl").split("-")[0]))
    return str(text)


def before_stop(name: object) -> str:
    """A name at the end of a sentence: "Marble B.V." loses its own full stop, since the sentence brings one."""
    return str(name).removesuffix(".")
