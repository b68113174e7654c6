"""What the gallery shows: invented rows for every component in all its states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.access import no
from toetssteen.foundation.look.forms import DayInput
from toetssteen.foundation.look.maps import Spot


@dataclass(frozen=True)
class Part:
    """So many of so many, as the core gives it."""

    part: int
    whole: int

    @property
    def percent(self) -> Fraction:
        return Fraction(100 * self.part, self.whole)


class ExampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(
        label=gettext_lazy("Name of the quarry"), help_text=gettext_lazy("As on the permit or the invoice.")
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=[("", "…"), ("IN", "India"), ("VN", "Vietnam")])
    volume = forms.DecimalField(
        label=gettext_lazy("Volume this year"), help_text=gettext_lazy("In tonnes. An estimate will do."), localize=True
    )
    since = forms.DateField(label=gettext_lazy("Known since"), widget=DayInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("How do you know this?"),
        widget=forms.RadioSelect,
        choices=[
            ("visit", gettext_lazy("We have been there")),
            ("paper", gettext_lazy("It is on a document")),
            ("told", gettext_lazy("The supplier told us")),
        ],
    )
    note = forms.CharField(label=gettext_lazy("Explain your answer"), widget=forms.Textarea, required=False)
    proof = forms.FileField(
        label=gettext_lazy("Add evidence"),
        help_text=gettext_lazy("Photo, pdf or scan, up to 20 MB. Only the secretariat and you can see it."),
        required=False,
    )
    unknown = forms.BooleanField(label=gettext_lazy("I do not know this. Record it as unknown."), required=False)


def _work() -> dict[str, Any]:
    return {
        "years": [
            {"label": _("Year %(n)s") % {"n": 1}, "colour": "green"},
            {"label": _("Year %(n)s") % {"n": 2}, "colour": "orange"},
            {"label": _("Year %(n)s") % {"n": 3}, "colour": "", "current": True},
            {"label": _("Year %(n)s") % {"n": 4}, "text": _("from 70 points"), "future": True, "mark": True},
            {"label": _("Year %(n)s") % {"n": 5}, "text": _("from 80 points"), "future": True, "mark": True},
        ],
        "todo": [
            {
                "title": _("Name the factory of 1 chain"),
                "url": "#",
                "reason": _("Basalt from Thanh Hóa. Your supplier got the question on 3 October and has not answered."),
                "points": _("+0.5 point"),
                "effort": _("15 min"),
                "tag": _("coverage"),
            },
            {
                "title": _("Make two objectives measurable"),
                "url": "#",
                "reason": _("A target is missing for living wage and for dust."),
                "points": _("+3 points"),
                "effort": _("1 hour"),
                "tag": _("key question"),
                "tag_kind": "info",
                "tag_icon": "key",
            },
        ],
        "meters": [
            {"label": _("Suppliers"), "share": Part(18, 18), "need": 100, "met": True},
            {"label": _("Factories"), "share": Part(17, 18), "need": 100, "met": False},
            {"label": _("Quarries"), "share": Part(14, 18), "need": 75, "met": True, "mark": True},
            {"label": _("Regions"), "share": Part(3, 18), "need": None, "met": True, "note": _("not asked this year")},
        ],
        "steps": [
            {"label": _("Policy"), "points": 17, "of": 20, "url": "#"},
            {"label": _("Chain and risks"), "points": Fraction(37, 2), "of": 31, "url": "#"},
            {"label": _("Plan of action"), "points": 9, "of": 23, "url": "#"},
        ],
        "stepper": [
            {"label": _("Policy"), "url": "#", "note": _("8 of 8 questions"), "state": "done", "subs": []},
            {
                "label": _("Chain and risks"),
                "url": "#",
                "note": _("4 of 12 questions"),
                "state": "now",
                "subs": [
                    {"label": _("2.1.1 Suppliers"), "url": "#"},
                    {"label": _("2.1.3 Factories"), "url": "#", "current": True},
                ],
            },
            {"label": _("Plan of action"), "url": "#", "note": _("0 of 9 questions"), "state": "", "subs": []},
        ],
        "line": [_("File"), _("Columns"), _("Check"), _("Done")],
        "levels": [
            {"value": "0", "label": _("We do not know the factories yet"), "points": _("0 points"), "text": ""},
            {
                "value": "2",
                "label": _("We know all of them"),
                "points": _("2 points"),
                "text": _("The factory of each chain is known, or a refusal is recorded."),
            },
        ],
        "feed": [
            {
                "title": _("Question about 2.1: is this the same factory?"),
                "url": "#",
                "meta": _("Yesterday"),
                "new": True,
            },
            {"title": _("Talk planned: 3 December"), "url": "#", "meta": _("12 November")},
        ],
        "queue": [
            {"title": "Graniethuis Kikkerdorp", "url": "#", "note": _("year 3, 4 days"), "current": True},
            {"title": "Arduin Zilverdas", "url": "#", "note": _("year 1, 2 days")},
        ],
        "facts": [(_("Chains with a known factory"), "17"), (_("Confirmed with evidence"), "11")],
    }


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything that the template of the gallery needs."""
    form = ExampleForm(request.POST or {"kind": "", "volume": "240"}, auto_id="x_%s")
    return {
        **_work(),
        "example": form,
        "clean": ExampleForm(auto_id="y_%s", initial={"since": dt.date(2026, 10, 1), "volume": Decimal("54.5")}),
        "verdict": no(_("Possible when every key question has an answer. Now 9 of 10.")),
        "at": dt.datetime(2026, 11, 22, 14, 32),
        "day": dt.date(2026, 12, 31),
        "share": Part(17, 18),
        "page": Paginator(range(46), 8).get_page(request.GET.get("page") or 2),
        "spots": [
            Spot("Budhpura", 25.44, 75.64, "IN", many=6, radius_km=30),
            Spot("Thanh Hoa", 19.81, 105.78, "VN", many=2, is_sure=False),
            Spot("Vila Real", 41.3, -7.74, "PT"),
        ],
        "countries": [("India", 31, 29), ("China", 20, 21), ("Vietnam", 16, 17), ("Portugal", None, 9)],
        "spread": [("0-20", 0), ("20-40", 6), ("40-60", 14), ("60-80", 17), ("80-100", 5)],
    }
