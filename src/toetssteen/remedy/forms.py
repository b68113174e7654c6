"""Forms: what was made known, a poster, a supplier's mechanism, a case of remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.files import ENDINGS, FileRefused, type_of
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.look.forms import DayInput
from toetssteen.remedy import services
from toetssteen.remedy.choices import Fit, Known, Progress, Satisfied, Source
from toetssteen.remedy.presentation import Words, label_of, short_name
from toetssteen.remedy.queries import Place

Rows = Sequence[tuple[Any, Any]]


class ProofForm(forms.Form):
    """The part of a form that asks for proof: a new photo or file, or one that is there already."""

    upload = forms.FileField(label=_("Photo or file as proof"), required=False, allow_empty_file=True, max_length=500)
    upload_on = forms.DateField(label=_("Date of the photo or file"), required=False, widget=DayInput)
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("Proof that you kept before"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, evidence: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.widget.attrs["accept"] = ",".join(ENDINGS)
        upload.help_text = _("It is kept with your evidence. Ask people before you photograph them.")
        if evidence:
            self.fields["evidence_ids"].choices = evidence  # type: ignore[attr-defined]
        else:
            del self.fields["evidence_ids"]

    def clean_upload(self) -> Any:
        """A look at what is in the file, so that everything that is wrong is said at once."""
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                type_of(upload, upload.size or 0, settings.EVIDENCE_MAX_BYTES)
            except FileRefused as refused:
                raise forms.ValidationError(refused.sentence, code=refused.code) from refused
        return upload or None

    def proof(self) -> services.Proof:
        """The proof, for the service."""
        given = self.cleaned_data
        return services.Proof(tuple(given.get("evidence_ids") or ()), given.get("upload"), given.get("upload_on"))


class MadeKnownForm(ProofForm):
    """One time that a mechanism was made known, at as many places as it reached."""

    way = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    made_on = forms.DateField(label=_("When?"), widget=DayInput)
    audiences = forms.MultipleChoiceField(label=_("To whom?"), widget=forms.CheckboxSelectMultiple)
    places = forms.MultipleChoiceField(
        label=_("At which places?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick every place that it reached: you record it once for all of them."),
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language, or type one.")},
    )
    other_languages = forms.CharField(
        label=_("In another language"),
        required=False,
        max_length=120,
        help_text=_("For example: Marathi, German. Put a comma between two languages."),
    )
    mechanism = forms.ChoiceField(label=_("Which mechanism?"), widget=forms.RadioSelect)
    reached = forms.IntegerField(
        label=_("How many people did it reach?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Leave empty if you do not know. Unknown stays unknown."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = (
        "way", "made_on", "audiences", "places", "languages", "other_languages", "mechanism", "reached", "upload",
        "upload_on", "evidence_ids", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, words: Words, places: Sequence[Place], counting: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {place.key: place for place in places}
        self._languages = {name.casefold(): code for code, name in words.languages.items()}
        self.fields["made_on"].help_text = counting
        choices: dict[str, Rows] = {
            "way": list(words.ways.items()),
            "audiences": list(words.audiences.items()),
            "mechanism": list(words.mechanisms.items()),
            "languages": list(words.languages.items()),
            "places": [(place.key, label_of(place, words)) for place in places],
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]
        if not places:
            del self.fields["places"]

    def clean(self) -> dict[str, Any]:
        """Languages of the list and typed ones are one list; a typed name that is on the list is that one."""
        given = super().clean() or self.cleaned_data
        typed = [one.strip() for one in given.get("other_languages", "").replace(";", ",").split(",") if one.strip()]
        found = [*given.get("languages", ()), *(self._languages.get(one.casefold(), one) for one in typed)]
        if found and self.has_error("languages", "required"):
            del self.errors["languages"]
        given["languages"] = list(dict.fromkeys(found))
        return given

    def data_in(self) -> services.MadeKnownData:
        """What was entered, for the service."""
        given = self.cleaned_data
        return services.MadeKnownData(
            mechanism=given["mechanism"],
            audiences=tuple(given["audiences"]),
            way=given["way"],
            languages=tuple(given["languages"]),
            made_on=given["made_on"],
            places=tuple(self._places[key] for key in given.get("places", ())),
            reached=given["reached"],
            note=given["note"],
            proof=self.proof(),
        )


class PosterForm(forms.Form):
    """A poster: for which place, in which language, and which names may stand on it."""

    place = forms.ChoiceField(
        label=_("For which place?"),
        required=False,
        help_text=_("Each place has its own code. The code tells nobody which place or company it is."),
    )
    language = forms.ChoiceField(label=_("In which language?"), widget=forms.RadioSelect)
    contact = forms.CharField(
        label=_("Somebody near the site"),
        required=False,
        max_length=120,
        help_text=_(
            "For example the name and number of a union or local organisation. In their own language and script. "
            "Ask them first."
        ),
    )
    shows_place = forms.BooleanField(label=_("Put the name of the place on the poster"), required=False)
    shows_company = forms.BooleanField(
        label=_("Put the name of your company on the poster"),
        required=False,
        help_text=_("Then everybody who passes knows that you buy here."),
    )
    poster = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the poster whose details are shown

    def __init__(self, *args: Any, words: Words, places: Sequence[Place], offered: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {place.key: place for place in places}
        rows = [("", _("No place in particular")), *((place.key, label_of(place, words)) for place in places)]
        self.fields["place"].choices = rows  # type: ignore[attr-defined]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]

    def data_in(self) -> services.PosterData:
        """What was entered, for the service."""
        given = self.cleaned_data
        return services.PosterData(
            language=given["language"],
            place=self._places.get(given["place"]),
            contact=given["contact"],
            shows_place=given["shows_place"],
            shows_company=given["shows_company"],
        )


class MechanismForm(ProofForm):
    """What is known of the mechanism of one place, criterion by criterion."""

    has_one = forms.ChoiceField(
        label=_("Can workers or neighbours complain there, with somebody who does something with it?"),
        choices=Known.choices,
        widget=forms.RadioSelect,
    )
    description = forms.CharField(
        label=_("How does it work?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.ChoiceField(label=_("How do you know this?"), required=False)
    said_on = forms.DateField(label=_("Date of the source"), required=False, widget=DayInput)
    inquiry_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("has_one", "description", "source", "said_on", "upload", "upload_on", "evidence_ids")

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("Choose")), *Source.choices]  # type: ignore[attr-defined]
        self._criteria = pack.grievance.criteria if pack.grievance else ()
        for criterion in self._criteria:
            hint = in_language(criterion.question) or in_language(criterion.check)
            if criterion.example:
                example = _("For example: %(example)s.") % {"example": in_language(criterion.example)}
                hint = f"{hint} {example}"
            self.fields[f"fit_{criterion.id}"] = forms.ChoiceField(
                label=in_language(criterion.text),
                choices=Fit.choices,
                required=False,
                initial=Fit.UNKNOWN,
                help_text=hint,
            )
            self.fields[f"sentence_{criterion.id}"] = forms.CharField(
                label=_("Why do you think so? (%(criterion)s)") % {"criterion": short_name(criterion)},
                required=False,
                max_length=300,
            )

    @property
    def about(self) -> list[forms.BoundField]:
        """The fields above the criteria."""
        return [self[name] for name in self.fields if not name.startswith(("fit_", "sentence_")) and name not in HIDDEN]

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Per criterion how far it is met, and why."""
        return [(self[f"fit_{c.id}"], self[f"sentence_{c.id}"]) for c in self._criteria]

    def data_in(self) -> services.MechanismData:
        """What was entered, for the service."""
        given = self.cleaned_data
        return services.MechanismData(
            has_one=given["has_one"],
            description=given["description"],
            source=given["source"],
            said_on=given["said_on"],
            inquiry_id=given["inquiry_id"],
            fits=tuple((c.id, given[f"fit_{c.id}"] or Fit.UNKNOWN, given[f"sentence_{c.id}"]) for c in self._criteria),
            proof=self.proof(),
        )


HIDDEN = ("row_version", "inquiry_id")


class RemedyForm(ProofForm):
    """One case of remedy, without names of people."""

    harm = forms.CharField(
        label=_("What happened?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Write no names of people. For example: a sawyer lost two fingers."),
    )
    known_on = forms.DateField(label=_("When did you hear of it?"), widget=DayInput)
    risk_id = forms.TypedChoiceField(
        label=_("Which harm of your list of risks is it?"), required=False, coerce=int, empty_value=None
    )
    for_whom = forms.CharField(
        label=_("For whom was the remedy?"),
        required=False,
        max_length=300,
        help_text=_("No names. For example: the man himself and his family."),
    )
    role = forms.CharField(
        label=_("What did you do yourself?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: we asked the factory to pay for the care and checked that it did."),
    )  # fmt: skip
    done = forms.CharField(
        label=_("What was done for them?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("An apology, payment, medical care, a job back, or a better rule."),
    )
    agreed = forms.ChoiceField(
        label=_("Was it agreed with them?"), choices=Known.choices, widget=forms.RadioSelect, initial=Known.UNKNOWN
    )
    state = forms.ChoiceField(
        label=_("How far is it?"), choices=Progress.choices, widget=forms.RadioSelect, initial=Progress.TALKING
    )
    done_on = forms.DateField(label=_("Carried out on"), required=False, widget=DayInput)
    satisfied = forms.ChoiceField(
        label=_("What do they think of it?"),
        choices=Satisfied.choices,
        widget=forms.RadioSelect,
        initial=Satisfied.NOT_ASKED,
    )
    field_order = (
        "harm", "known_on", "risk_id", "for_whom", "role", "done", "agreed", "state", "done_on", "satisfied", "upload",
        "upload_on", "evidence_ids",
    )  # fmt: skip

    def __init__(self, *args: Any, risks: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if risks:
            self.fields["risk_id"].choices = [("", _("None of these")), *risks]  # type: ignore[attr-defined]
        else:
            del self.fields["risk_id"]

    def data_in(self) -> services.RemedyData:
        """What was entered, for the service."""
        given = self.cleaned_data
        plain = ("harm", "known_on", "for_whom", "role", "done", "agreed", "state", "done_on", "satisfied")
        values = {name: given[name] for name in plain}
        return services.RemedyData(risk_id=given.get("risk_id"), proof=self.proof(), **values)
