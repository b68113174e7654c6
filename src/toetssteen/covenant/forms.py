"""What the secretariat fills in about packs, terms and years."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.foundation.look.forms import DayInput

LARGEST_PACK = 4 * 1024 * 1024


class PackForm(forms.Form):
    """A pack as one ZIP file, with what changed in words."""

    file = forms.FileField(
        label=gettext_lazy("ZIP file with the pack"),
        help_text=gettext_lazy("The folder with the YAML files, packed as one ZIP file. At most 4 MB."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What changed, and who decided it"),
        help_text=gettext_lazy("One sentence that you will still understand in five years."),
        max_length=300,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_PACK:
            raise forms.ValidationError(_("This file is larger than 4 MB. A pack holds text: leave other files out."))
        return file


class YearVersionForm(forms.Form):
    """The stored version that a year runs on, as long as it has no final report yet."""

    pack_id = forms.TypedChoiceField(label=gettext_lazy("Version of the framework"), coerce=int)

    def __init__(self, *args: Any, versions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack_id"].choices = versions  # type: ignore[attr-defined]


class YearForm(YearVersionForm):
    """The next covenant year: its first day, when reports are due, and the version it runs on."""

    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    report_due_on = forms.DateField(
        label=gettext_lazy("Reports are due on"),
        help_text=gettext_lazy("A day after the year has ended."),
        widget=DayInput,
    )
    pack_id = forms.TypedChoiceField(
        label=gettext_lazy("Version of the framework"),
        help_text=gettext_lazy("Can be changed until the first report of this year is final."),
        coerce=int,
    )

    field_order = ("starts_on", "report_due_on", "pack_id")


class TermForm(forms.Form):
    """A term of the covenant."""

    name_nl = forms.CharField(label=gettext_lazy("Name in Dutch"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120)
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)
