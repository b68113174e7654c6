"""What a company fills in about an evidence file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Pack
from toetssteen.documents.models import Evidence
from toetssteen.documents.queries import kind_words
from toetssteen.documents.services import About
from toetssteen.foundation.files import ENDINGS, FileRefused, type_of
from toetssteen.foundation.look.forms import DayInput


class AboutForm(forms.Form):
    """What the file is, and how long it holds."""

    title = forms.CharField(
        label=gettext_lazy("Title"), help_text=gettext_lazy("In words that you find back next year."), max_length=160
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of evidence"))
    document_on = forms.DateField(label=gettext_lazy("Date of the document"), widget=DayInput, required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        help_text=gettext_lazy("For example of an audit or certificate. Leave empty if it has no end."),
        widget=DayInput,
        required=False,
    )
    standard = forms.CharField(
        label=gettext_lazy("Standard"),
        help_text=gettext_lazy("Only for an audit or certificate."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(kind_words(pack).items(), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", _("Choose")), *kinds]  # type: ignore[attr-defined]
        self.fields["title"].error_messages["required"] = _("Give the file a title.")
        self.fields["kind"].error_messages["required"] = _("Choose what kind of evidence this is.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("document_on"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("This day lies before the date of the document."))
        return cleaned

    def about(self) -> About:
        """What was entered about the file."""
        return About(**{name: self.cleaned_data[name] for name in AboutForm.base_fields})


class UploadForm(AboutForm):
    """A new file with what it is."""

    upload = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True, max_length=500)
    field_order = ("upload", "title", "kind", "document_on", "valid_until", "standard")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.widget.attrs["accept"] = ",".join(ENDINGS)
        upload.help_text = _(
            "PDF, photo, scan or office document, up to %(limit)s MB. "
            "Only you see it, and the secretariat once you hand in a report that uses it."
        ) % {"limit": settings.EVIDENCE_MAX_BYTES // 2**20}
        upload.error_messages["required"] = _("Choose a file.")

    def clean_upload(self) -> Any:
        """A look at what is in the file, so that everything that is wrong is said at once."""
        upload = self.cleaned_data["upload"]
        try:
            type_of(upload, upload.size or 0, settings.EVIDENCE_MAX_BYTES)
        except FileRefused as refused:
            raise forms.ValidationError(refused.sentence, code=refused.code) from refused
        return upload


def about_initial(evidence: Evidence) -> dict[str, Any]:
    """A stored file as the form shows it."""
    return {name: getattr(evidence, name) for name in AboutForm.base_fields}
