"""Forms of the lighter profile: the decision of the parties, the request of a company, the secretariat's decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from toetssteen.foundation.look.forms import DayInput, NumberText


class AskForm(forms.Form):
    """What a company declares itself."""

    staff_fte = forms.DecimalField(
        label=_("How many people work at your company, counted in full time?"), min_value=0, max_value=100_000,
        decimal_places=1, localize=True, widget=NumberText(),
        help_text=_("For example 2.5. You say this yourself; the secretariat can ask about it."),
    )  # fmt: skip


class AdoptForm(forms.Form):
    """The dated decision of the parties."""

    adopted_on = forms.DateField(label=_("Day of the decision"), widget=DayInput)
    reason = forms.CharField(
        label=_("Who decided this, and where is it written?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: steering group, minutes of 12 October, item 4."),
    )  # fmt: skip


class DecideForm(forms.Form):
    """Yes or no, with the reason that the company reads."""

    granted = forms.ChoiceField(
        label=_("Your decision"), widget=forms.RadioSelect,
        choices=[
            ("yes", _("This company fills in the lighter profile")),
            ("no", _("This company fills in everything")),
        ],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason, the company reads this"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
