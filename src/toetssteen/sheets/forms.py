"""What a company fills in about a spreadsheet, and the secretariat about trade names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.foundation.look.figures import in_language
from toetssteen.foundation.look.forms import DayInput
from toetssteen.sheets.policies import ENDINGS


class UploadForm(forms.Form):
    """A spreadsheet with chains."""

    upload = forms.FileField(label=gettext_lazy("Spreadsheet"), allow_empty_file=True, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.widget.attrs["accept"] = ",".join(ENDINGS)
        upload.help_text = _(
            "Excel, LibreOffice or CSV, up to %(limit)s MB. Only administrators and editors of your company see it."
        ) % {"limit": settings.EVIDENCE_MAX_BYTES // 2**20}
        upload.error_messages["required"] = _("Choose a file.")


class FrameForm(forms.Form):
    """What holds for all rows of a sheet."""

    opened_on = forms.DateField(
        label=gettext_lazy("Since when do you buy this?"),
        help_text=gettext_lazy("Counts for every new chain of this sheet."),
        widget=DayInput,
    )
    asked_on = forms.DateField(
        label=gettext_lazy("When did you ask?"),
        help_text=gettext_lazy("For the places that were refused to you according to the sheet."),
        widget=DayInput,
        required=False,
    )
    situation = forms.ChoiceField(label=gettext_lazy("How do you buy this stone?"), required=False)

    def __init__(self, *args: Any, pack: Pack, today: dt.date, otherwise: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        first = _("Let the countries decide; %(situation)s where they are not known") % {"situation": otherwise}
        profiles = [(p.id, f"{p.id} - {in_language(p.definition)}") for p in pack.framework.profiles]
        self.fields["situation"].choices = [("", first), *profiles]  # type: ignore[attr-defined]
        self.fields["opened_on"].error_messages["required"] = _("Enter the day from which you buy this stone.")
        self.fields["asked_on"].error_messages["required"] = _("Enter the day on which you asked.")

    def _not_to_come(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data[name]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean_opened_on(self) -> dt.date | None:
        return self._not_to_come("opened_on")

    def clean_asked_on(self) -> dt.date | None:
        return self._not_to_come("asked_on")


class GoneForm(forms.Form):
    """From when chains that are gone from the sheet are closed."""

    closed_on = forms.DateField(
        label=gettext_lazy("Closed from"),
        help_text=gettext_lazy("The first day on which you did not buy this any more."),
        widget=DayInput,
        required=False,
    )


class TradeNameForm(forms.Form):
    """A trade name with its material."""

    name = forms.CharField(label=gettext_lazy("Trade name"), max_length=120)
    material = forms.ChoiceField(label=gettext_lazy("Material"))

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = sorted(((m.id, in_language(m.text)) for m in pack.materials), key=lambda pair: pair[1])
        self.fields["material"].choices = [("", _("Choose")), *found]  # type: ignore[attr-defined]
        self.fields["name"].error_messages["required"] = _("Enter the name.")
        self.fields["material"].error_messages["required"] = _("Choose the material.")
