"""Two people who change the same thing: both versions are shown, and who saves again has seen them."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from toetssteen.foundation.look.forms import differences_of
from toetssteen.foundation.pages import StaleRow, refusals_on


class _Goal(forms.Form):
    title = forms.CharField(label="Title")
    state = forms.ChoiceField(
        label="State", choices=[("new", "New"), ("Running", [("on", "Under way"), ("late", "Late")])]
    )
    kinds = forms.MultipleChoiceField(label="Kinds", choices=[("a", "Visit"), ("b", "Talk")], required=False)
    on = forms.DateField(label="Day", required=False)
    shared = forms.BooleanField(label="Shared", required=False)
    proof = forms.FileField(label="Proof", required=False)
    row_version = forms.IntegerField(widget=forms.HiddenInput)


STORED = {"title": "Theirs", "state": "late", "kinds": ["a", "b"], "on": dt.date(2024, 3, 1), "shared": True}


def _clash(entered: str, stored: dict[str, object], prefix: str | None = None) -> _Goal:
    form = _Goal(QueryDict(entered), initial={**stored, "row_version": 7}, prefix=prefix)
    assert form.is_valid(), form.errors
    with refusals_on(form):
        raise StaleRow
    return form


def test_both_versions_are_laid_side_by_side_in_words() -> None:
    form = _clash("title=Mine&state=on&kinds=b&row_version=3", STORED)
    with translation.override("en"):
        rows = [(str(row.what), row.theirs, row.mine) for row in differences_of(form)]
    assert rows == [
        ("Title", "Theirs", "Mine"),
        ("State", "Late", "Under way"),
        ("Kinds", "Visit, Talk", "Talk"),
        ("Day", "1 March 2024", "–"),
        ("Shared", "yes", "no"),
    ]


def test_what_is_the_same_is_not_shown() -> None:
    form = _clash("title=Mine&state=late&kinds=a&kinds=b&on=2024-03-01&shared=on&row_version=3", STORED)
    assert [row.theirs for row in form.clash] == ["Theirs"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("prefix", [None, "goal"])
def test_the_next_save_knows_the_version_that_was_shown(prefix: str | None) -> None:
    lead = f"{prefix}-" if prefix else ""
    form = _clash(f"{lead}title=Mine&{lead}state=on&{lead}row_version=3", STORED, prefix)
    assert 'value="7"' in str(form["row_version"])
    assert 'value="Mine"' in str(form["title"])


def test_the_summary_of_errors_shows_both_and_escapes_them() -> None:
    form = _clash("title=Mine&state=late&row_version=3", {**STORED, "title": "<b>Theirs</b>"})
    with translation.override("nl"):
        page = Template("{% errors form %}").render(Context({"form": form}))
    assert "Beide versies" in page
    assert "&lt;b&gt;Theirs&lt;/b&gt;" in page
    assert "<mark>Mine</mark>" in page


def test_without_a_clash_nothing_is_compared() -> None:
    form = _Goal(QueryDict("title=&row_version=3"), initial={**STORED, "row_version": 7})
    assert not form.is_valid()
    page = Template("{% errors form %}").render(Context({"form": form}))
    assert "twins" not in page
    assert 'value="3"' in str(form["row_version"])
