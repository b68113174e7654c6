"""What is looked for in the library, and what the secretariat fills in about an item and a version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.files import ENDINGS, FileRefused, type_of
from toetssteen.foundation.look.figures import country_name, in_language
from toetssteen.foundation.look.forms import DayInput
from toetssteen.library.choices import LANGUAGES, MOST_COPIES, OWN_KINDS, For, Kind
from toetssteen.library.services import CopyIn, ItemText, VersionText
from toetssteen.library.shelf import FACETS, Wanted
from toetssteen.library.words import language_name, listed

LONGEST_TAG, MOST_TAGS = 40, 12


class FindForm(forms.Form):
    """What to look for in the library; each choice says how many items it leaves."""

    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}), max_length=80
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)

    def __init__(self, *args: Any, facets: dict[str, dict[str, int]], pack: Pack | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = _names_of(pack)
        for facet in FACETS:
            counted = facets.get(facet, {})
            chosen = self.data.get(facet, "")
            values = set(counted) | ({chosen} if chosen in names[facet] else set())
            options = [(v, _counted(names[facet].get(v, v), counted.get(v, 0))) for v in values]
            options.sort(key=lambda pair: (facet != "step" and pair[1].casefold(), pair[0]))
            self.fields[facet].choices = [("", _("All")), *options]  # type: ignore[attr-defined]


def wanted_of(given: Any, *, withdrawn: bool = False) -> Wanted:
    """What the address asks for."""
    chosen = {facet: given.get(facet, "")[:40] for facet in FACETS}
    return Wanted(search=given.get("q", "").strip()[:80], withdrawn=withdrawn, **chosen)


def _counted(name: str, many: int) -> str:
    return f"{name} ({many})"


def _names_of(pack: Pack | None) -> dict[str, dict[str, str]]:
    """The words of every choice of every filter."""
    language, steps = get_language(), pack.framework.steps if pack else ()
    countries = {code for item in (pack.library if pack else ()) for code in item.countries}
    countries |= {country.code for country in pack.countries} if pack else set()
    return {
        "kind": {kind.value: str(kind.label) for kind in Kind},
        "theme": {theme.id: theme.name.in_(language) for theme in (pack.themes if pack else ())},
        "country": {code: country_name(code) for code in countries},
        "step": {str(one.number): f"{one.number} {one.title.in_(language)}" for one in steps},
        "language": {code: language_name(code) for code in LANGUAGES},
    }


class ItemForm(forms.Form):
    """What an item is, where it helps and whom it is for."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title_nl = forms.CharField(label=gettext_lazy("Title in Dutch"), max_length=160)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=160)
    summary_nl = forms.CharField(
        label=gettext_lazy("What it is for, in Dutch"),
        help_text=gettext_lazy("One or two sentences. They are searched too."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    summary_en = forms.CharField(
        label=gettext_lazy("What it is for, in English"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Whom it is for"),
        help_text=gettext_lazy("Nobody else finds it: not in the list, in a search or beside a question."),
        choices=For.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose whom it is for.")},
    )
    steps = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Steps it helps with"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    materials = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of stone"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = forms.CharField(
        label=gettext_lazy("Own search words"),
        help_text=gettext_lazy("With a comma between them, for example: dust, silicosis."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, pack: Pack | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = _names_of(pack)
        materials = [(one.id, in_language(one.text)) for one in (pack.materials if pack else ())]
        own: dict[str, list[tuple[Any, str]]] = {
            "kind": [("", _("Choose")), *((kind.value, str(kind.label)) for kind in OWN_KINDS)],
            "steps": list(names["step"].items()),
            "themes": list(names["theme"].items()),
            "countries": sorted(names["country"].items(), key=lambda pair: pair[1]),
            "materials": materials,
        }
        for name, options in own.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def lists(self) -> list[Any]:
        """The fields that are lists to tick, for the page."""
        return [self[name] for name in ("steps", "themes", "countries", "materials")]

    def clean_tags(self) -> list[str]:
        """The words apart, each once."""
        words = [" ".join(word.split())[:LONGEST_TAG] for word in self.cleaned_data["tags"].split(",")]
        return list(dict.fromkeys(word for word in words if word))[:MOST_TAGS]

    def about(self) -> ItemText:
        """What was entered."""
        given = self.cleaned_data
        lists = ("audience", "steps", "themes", "countries", "materials", "tags")
        texts = ("kind", "title_nl", "title_en", "summary_nl", "summary_en")
        entered: dict[str, Any] = {name: given[name] for name in texts}
        entered |= {name: tuple(given[name]) for name in lists}
        return ItemText(**entered)


def item_initial(item: Any) -> dict[str, Any]:
    """A stored item as the form shows it."""
    names = ("row_version", "kind", "title_nl", "title_en", "summary_nl", "summary_en", "steps", "themes", "countries")
    found = {name: getattr(item, name) for name in (*names, "materials")}
    return found | {"audience": sorted(item.audience), "tags": ", ".join(item.tags)}


class VersionForm(forms.Form):
    """A version: its date, what changed, and up to three texts in their languages."""

    dated_on = forms.DateField(label=gettext_lazy("Date of the document"), widget=DayInput)
    note_nl = forms.CharField(label=gettext_lazy("What changed, in Dutch"), max_length=300, required=False)
    note_en = forms.CharField(label=gettext_lazy("What changed, in English"), max_length=300, required=False)

    def __init__(self, *args: Any, is_first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_first = is_first
        if is_first:
            del self.fields["note_nl"], self.fields["note_en"]
        else:
            for name in ("note_nl", "note_en"):
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = _("Say what changed.")
        limit = settings.EVIDENCE_MAX_BYTES // 2**20
        own = {code: language_name(code) for code in LANGUAGES}
        both = ("nl,en", _("%(languages)s in one file") % {"languages": listed([own["nl"], own["en"]])})
        for n in range(1, MOST_COPIES + 1):
            self.fields[f"language_{n}"] = forms.ChoiceField(
                label=_("Language"),
                choices=[("", _("Choose")), ("nl", own["nl"]), ("en", own["en"]), both, *list(own.items())[2:]],
                required=False,
            )
            self.fields[f"upload_{n}"] = forms.FileField(
                label=_("File"),
                help_text=_("PDF or office document, up to %(limit)s MB. Give a file or a web address.")
                % {"limit": limit},
                allow_empty_file=True,
                max_length=500,
                required=False,
                widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
            )
            self.fields[f"url_{n}"] = forms.URLField(
                label=_("Or its web address"), max_length=500, required=False, assume_scheme="https"
            )

        self.fields["language_1"].required = True
        self.fields["language_1"].error_messages["required"] = _("Choose the language of each text.")

    def texts(self) -> list[list[Any]]:
        """The fields of each text, for the page."""
        return [[self[f"{name}_{n}"] for name in ("language", "upload", "url")] for n in range(1, MOST_COPIES + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        many = 0
        for n in range(1, MOST_COPIES + 1):
            language, upload, url = (cleaned.get(f"{name}_{n}") for name in ("language", "upload", "url"))
            if upload is not None:
                self._look(n, upload)
            if upload and url:
                self.add_error(f"url_{n}", _("Choose a file or give a web address, not both."))
            elif (upload or url) and not language:
                self.add_error(f"language_{n}", _("Choose the language of each text."))
            many += bool(upload or url)
        if not many and not self.errors:
            self.add_error("upload_1", _("Choose a file or give a web address."))
        return cleaned

    def _look(self, n: int, upload: Any) -> None:
        """A look at what is in the file, so that everything that is wrong is said at once."""
        try:
            type_of(upload, upload.size or 0, settings.EVIDENCE_MAX_BYTES)
        except FileRefused as refused:
            self.add_error(f"upload_{n}", forms.ValidationError(refused.sentence, code=refused.code))

    def version(self) -> VersionText:
        """What was entered."""
        given = self.cleaned_data
        copies = [
            CopyIn(tuple(given[f"language_{n}"].split(",")), given[f"url_{n}"], given[f"upload_{n}"] or None)
            for n in range(1, MOST_COPIES + 1)
            if given[f"upload_{n}"] or given[f"url_{n}"]
        ]
        return VersionText(given["dated_on"], tuple(copies), given.get("note_nl", ""), given.get("note_en", ""))


class ReasonForm(forms.Form):
    """Why something is withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Only the secretariat sees it."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why it is withdrawn.")},
    )
