"""Fields and choices that the forms about chains share."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.foundation.look.forms import DayInput, NumberText
from toetssteen.places.fields import DegreeField as DegreeField
from toetssteen.supplychain.queries.chains import capitalised

Grouped = list[tuple[str, list[tuple[Any, str]]]]
FROM_COUNTRIES = "countries"


@lru_cache(maxsize=4)
def _all_countries(language: str) -> tuple[tuple[str, str], ...]:
    territories = Locale.parse(language).territories
    real = ((code, str(name)) for code, name in territories.items() if len(code) == 2 and code.isalpha())
    return tuple(
        sorted(((c, n) for c, n in real if c not in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}), key=lambda x: x[1])
    )


def all_country_names() -> list[str]:
    """The names of all countries in the language of the page, to type from."""
    return [name for _code, name in _all_countries((get_language() or "nl").split("-")[0])]


def country_choices(pack: Pack) -> list[Any]:
    """Countries to choose from: first those that the pack names, then all."""
    language = (get_language() or "nl").split("-")[0]
    named = sorted(((c.code, country_name(c.code)) for c in pack.countries), key=lambda pair: pair[1])
    codes = {code for code, _name in named}
    others = [pair for pair in _all_countries(language) if pair[0] not in codes]
    return [("", _("Choose a country")), (_("Countries with quarries"), named), (_("All other countries"), others)]


def country_code(words: str) -> str | None:
    """The two-letter code for a code or a name in Dutch or English; None when it is neither."""
    wanted = words.strip().casefold()
    for language in ("nl", "en"):
        for code, name in _all_countries(language):
            if wanted in (code.casefold(), name.casefold()):
                return code
    return None


class ShareField(forms.DecimalField):
    """A percentage typed with a comma or a point, with or without its sign."""

    widget = NumberText

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=6, decimal_places=3, min_value=Decimal(0), max_value=Decimal(100), **kwargs)
        self.error_messages["invalid"] = gettext_lazy("Enter a number between 0 and 100, such as 12,5.")
        self.error_messages["max_value"] = self.error_messages["min_value"] = gettext_lazy(
            "A share lies between 0 and 100."
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("%", "").replace(",", ".").strip()
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            plain = f"{value:f}"
            plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
            return plain.replace(".", ",") if (get_language() or "nl").startswith("nl") else plain
        return value


class DayField(forms.DateField):
    """A day; the browser shows its own calendar."""

    widget = DayInput


def material_choices(pack: Pack, now: str = "") -> list[tuple[str, str]]:
    """The materials that the covenant is about, and the one that the chain has already."""
    found = [(m.id, capitalised(in_language(m.text))) for m in pack.materials if m.in_scope or m.id == now]
    return [("", _("Choose")), *sorted(found, key=lambda pair: pair[1])]


def product_choices(pack: Pack) -> list[tuple[str, str]]:
    return [("", _("Choose a product")), *((p.id, capitalised(in_language(p.text))) for p in pack.product_forms)]
