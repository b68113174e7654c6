"""What is filled in at a model text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import ModelDocument, Pack
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.library.model_texts import Chosen, Stone, chosen_themes


class ModelTextForm(forms.Form):
    """What of the own data is filled in; nothing of it is kept."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(label=gettext_lazy("Valid from the year"), min_value=2000, max_value=2100, required=False)
    contact = forms.CharField(
        label=gettext_lazy("Who is responsible or answers questions"),
        help_text=gettext_lazy("Name and position. Leave it empty and it becomes a blank."),
        max_length=160,
        required=False,
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Parts to take in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    stones = forms.MultipleChoiceField(
        label=gettext_lazy("Stone from your chains"), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries from your chains"), required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, document: ModelDocument, pack: Pack, stones: list[Stone], year: int, **kwargs: Any
    ) -> None:
        self.document, self.pack, self.owned = document, pack, stones
        names = {one.id: in_language(one.text) for one in pack.materials}
        with_themes = any(part.each == "theme" for part in document.parts)
        every = frozenset(theme.id for theme in pack.themes) if with_themes else frozenset()
        self.each_stone = any(part.each == "stone" for part in document.parts)
        options: dict[str, list[tuple[str, str]]] = {
            "parts": [(p.id, in_language(p.heading)) for p in document.parts if p.is_optional],
            "stones": self._stone_options(names),
            "countries": [] if self.each_stone else _countries(stones),
            "themes": [(theme.id, in_language(theme.name)) for theme in chosen_themes(pack, every)],
        }
        initial: dict[str, Any] = {name: [value for value, _label in found] for name, found in options.items()}
        initial |= {"language": "nl" if (get_language() or "nl").startswith("nl") else "en", "year": year}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for name, found in options.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
            if not found:
                del self.fields[name]
        if "{year}" not in _all_words(document):
            del self.fields["year"]

    def lists(self) -> list[Any]:
        """The fields that are lists to tick, for the page."""
        return [self[name] for name in ("parts", "stones", "countries", "themes") if name in self.fields]

    def _stone_options(self, names: dict[str, str]) -> list[tuple[str, str]]:
        """Stones one by one where the text names each of them, else the kinds of stone."""
        if self.each_stone:
            return [(str(n), _stone(stone, names)) for n, stone in enumerate(self.owned)]
        return [(one, names.get(one, one)) for one in dict.fromkeys(stone.material for stone in self.owned)]

    def chosen(self, company: str) -> Chosen:
        """What was chosen; before anything was sent that is everything."""
        given = self.cleaned_data if self.is_bound else self.initial
        stones = given.get("stones", ())
        return Chosen(
            language=given["language"],
            company=company,
            year=given.get("year"),
            contact=given.get("contact", ""),
            parts=frozenset(given.get("parts", ())),
            themes=frozenset(given.get("themes", ())),
            materials=() if self.each_stone else tuple(stones),
            countries=tuple(given.get("countries", ())),
            stones=tuple(self.owned[int(n)] for n in stones) if self.each_stone else (),
        )


def _countries(stones: list[Stone]) -> list[tuple[str, str]]:
    codes = {code for stone in stones for code in stone.countries}
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])


def _stone(stone: Stone, names: dict[str, str]) -> str:
    material = names.get(stone.material, stone.material)
    name = _("%(name)s (%(material)s)") % {"name": stone.name, "material": material} if stone.name else material
    return ", ".join([name, *(country_name(code) for code in stone.countries)])


def _all_words(document: ModelDocument) -> str:
    return " ".join(text.nl for part in document.parts for text in (*part.paragraphs, *part.points))
