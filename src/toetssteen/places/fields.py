"""Fields of forms about places: a name with suggestions, and coordinates as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy

from toetssteen.foundation.look.forms import NumberText
from toetssteen.places.geometry import degrees


class PlaceInput(forms.TextInput):
    """A text field that suggests places; `picker.js` finds it by its attribute, and without it it is a text field.

    `country` and `chosen` are the ids of the fields with the country and with the id of the place that was chosen.
    """

    def __init__(self, *, country: str = "", chosen: str = "", attrs: dict[str, Any] | None = None) -> None:
        own = {"data-places": reverse_lazy("place_search"), "autocomplete": "off", "spellcheck": "false"}
        if country:
            own["data-places-country"] = country
        if chosen:
            own["data-places-chosen"] = chosen
        super().__init__({**own, **(attrs or {})})


class DegreeField(forms.DecimalField):
    """A coordinate as 25,441 or 25.441 N or 25° 26' 28\" N."""

    widget = NumberText

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=9, decimal_places=5, required=False, **kwargs)
        self.error_messages["invalid"] = gettext_lazy("Enter degrees, such as 25,441 or 25° 26' 28\" N.")
        self.error_messages["max_decimal_places"] = gettext_lazy("At most five digits behind the comma.")
        self.widget.attrs.pop("inputmode", None)  # letters and signs of degrees are welcome
        self.widget.attrs["class"] = "degrees"

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
            found = degrees(value)
            plain = value.replace(",", ".").lstrip("+-")
            if found is not None and not plain.replace(".", "", 1).isdigit():
                return super().to_python(str(Decimal(str(found)).quantize(Decimal("0.00001"))))
            value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        plain = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
        return plain.replace(".", ",") if (get_language() or "nl").startswith("nl") else plain
