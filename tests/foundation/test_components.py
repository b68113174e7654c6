"""The components: words for screen readers, what a colour means without colour, figures in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from toetssteen.core.access import NO_ONE, no
from toetssteen.core.frameworks import Share
from toetssteen.foundation.look import charts, figures
from toetssteen.foundation.look.forms import flaws_of

Say = Callable[..., str]


@pytest.fixture
def say() -> Say:
    """Render a piece of template as on a page."""

    def render(source: str, language: str = "nl", address: str = "/", **context: Any) -> str:
        request = RequestFactory().get(address)
        request.actor = NO_ONE  # type: ignore[attr-defined]
        with translation.override(language):
            return engines["django"].from_string(source).render(context, request)

    return render


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        (Decimal("54.5"), "54,5", "54.5"),
        (Decimal("60.00"), "60", "60"),
        (Fraction(200, 3), "66,67", "66.67"),
        (Fraction(1, 200), "0,01", "0.01"),
        (12500, "12.500", "12,500"),
        (1250, "1250", "1250"),
        (None, "–", "–"),
        (Decimal("-3.25"), "-3,25", "-3.25"),
        ("54.5", "54,5", "54.5"),
    ],
)
def test_numbers_follow_the_language(value: Any, nl: str, en: str) -> None:
    for language, said in (("nl", nl), ("en", en)):
        with translation.override(language):
            assert figures.points(value) == said


def test_half_points_round_up_once_and_exactly() -> None:
    with translation.override("nl"):
        assert figures.points(Fraction(1005, 1000)) == "1,01"
        assert figures.percent(Fraction(4666, 100), 1) == "46,7\u00a0%"
        assert figures.percent(Share(17, 18)) == "94,4\u00a0%"
        assert figures.percent(Share(0, 0)) == "–"
        assert figures.share(Share(17, 18)) == "17 van 18"
    with translation.override("en"):
        assert figures.percent(Share(17, 18)) == "94.4%"


def test_days_and_moments_are_words() -> None:
    day, moment = dt.date(2026, 12, 31), dt.datetime(2026, 7, 1, 12, 5, tzinfo=dt.UTC)
    with translation.override("nl"):
        assert figures.day(day) == "31 december 2026"
        assert figures.day("2026-03-01") == "1 maart 2026"
        assert figures.day_short(day) == "31 december"
        assert figures.month(day) == "december 2026"
        assert figures.moment(moment) == "14.05\u00a0uur"
        assert figures.moment(dt.time(9, 5)) == "9.05\u00a0uur"
        assert figures.moment(dt.time(0, 5)) == "00.05\u00a0uur"
    with translation.override("en"):
        assert figures.day(day) == "31 December 2026"
        assert figures.moment(moment) == "14:05"


def test_time_needed_and_countries() -> None:
    with translation.override("nl"):
        assert [figures.minutes_word(m) for m in (15, 60, 90, 270)] == ["15 min", "1 uur", "1,5 uur", "4,5 uur"]
        assert figures.country_name("be") == "België"
        assert figures.country_name("") == "–"
    with translation.override("en"):
        assert [figures.minutes_word(m) for m in (60, 90)] == ["1 hour", "1.5 hours"]
        assert figures.country_name("BE") == "Belgium"


@pytest.mark.parametrize(("colour", "word"), [("green", "Groen"), ("orange", "Oranje"), ("red", "Rood")])
def test_a_verdict_says_its_colour_in_a_word_and_a_shape(say: Say, colour: str, word: str) -> None:
    decided, proposed = say(f'{{% verdict "{colour}" %}}'), say(f'{{% verdict "{colour}" proposal=True %}}')
    assert word in decided
    assert "verdict--prop" not in decided
    assert f"Voorstel: {word.lower()}" in proposed
    assert "verdict--prop" in proposed
    shapes = {c: say(f'{{% v_word "{c}" %}}').split(' d="')[1].split('"')[0] for c in ("green", "orange", "red")}
    assert len(set(shapes.values())) == 3


def test_an_unknown_colour_is_never_shown_as_a_verdict(say: Say) -> None:
    for value in ("", None, "purple"):
        shown = say("{% verdict c %}{% v_word c %}", c=value)
        assert "Geen verslag" in shown
        assert "nog open" in shown
        assert "v-green" not in shown


def test_text_of_users_is_escaped_everywhere(say: Say) -> None:
    evil = "<script>alert(1)</script>"
    source = """{% verdict "green" label=e %}{% tag e %}{% btn e url=e %}{% btn e verdict=v %}
    {% notice %}{{ e }}{% endnotice %}{% card e aside=e %}{{ e }}{% endcard %}{% nothing e e e %}{% endnothing %}
    {% unknown e %}{% crumbs e e e %}{% dl rows %}{% more e %}{{ e }}{% endmore %}{% quote by=e %}{{ e }}{% endquote %}
    {% th e sort=e %}{% downloads e e %}{% icon "check" e %}{% bar_chart e chart note=e head=e %}
    {% column_chart e chart %}{% todo todos %}{% feed todos %}{% queue todos e %}{% years years %}{% stepper steps e %}
    {% line lines 1 %}{% choice_rows e options legend=e %}{% pager page %}{{ e|country_name }}{{ e|text }}"""
    row = {"title": evil, "url": evil, "reason": evil, "points": evil, "effort": evil, "tag": evil, "meta": evil}
    shown = say(
        source,
        e=evil,
        v=no(evil),
        rows=[(evil, evil)],
        chart=[(evil, 1)],
        todos=[row],
        years=[{"label": evil, "text": evil, "url": evil}],
        steps=[{"label": evil, "url": evil, "note": evil, "subs": [{"label": evil, "url": evil}]}],
        lines=[evil],
        options=[{"value": evil, "label": evil, "points": evil, "text": evil}],
        page=_page(),
    )
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") > 30


def _page() -> Any:
    from django.core.paginator import Paginator

    return Paginator(range(40), 5).get_page(3)


def test_a_refused_button_cannot_be_sent_and_says_why(say: Say) -> None:
    shown = say("{% btn label verdict=v %}", label="Inleveren", v=no("Kan als alles klaar is."))
    assert 'type="button"' in shown
    assert 'aria-disabled="true"' in shown
    name = shown.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{name}"' in shown
    assert "Kan als alles klaar is." in shown
    assert "submit" in say("{% btn label verdict=v %}", label="Inleveren", v=True)


class Quarry(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals op de vergunning")
    kind = forms.ChoiceField(label="Soort", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(label="Toelichting", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        self.add_error(None, "Dit past niet bij elkaar")


def test_a_field_names_its_hint_and_error_and_the_summary_leads_to_it(say: Say) -> None:
    form = Quarry({"note": ""})
    shown = say("{% errors form %}{% form_fields form %}", form=form)
    assert 'aria-describedby="id_name-hint id_name-error"' in shown
    for name in ("id_name", "id_name-hint", "id_name-error", "id_kind_0"):
        assert f'id="{name}"' in shown
    assert '<a href="#id_name">Vul in: Naam</a>' in shown
    assert '<a href="#id_kind_0">Kies een antwoord: Soort</a>' in shown
    assert "Dit past niet bij elkaar" in shown
    assert shown.index("Zoals op de vergunning") < shown.index('id="id_name-error"') < shown.index('name="name"')
    assert shown.count("(niet verplicht)") == 1
    assert 'type="hidden"' in shown


def test_errors_of_formsets_are_in_the_summary() -> None:
    many = forms.formset_factory(Quarry, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-note": "x"}
    )
    assert [flaw.place for flaw in flaws_of([many]) if flaw.place] == ["id_form-0-name", "id_form-0-kind_0"]
    assert list(flaws_of([Quarry(), None])) == []


@dataclass(frozen=True)
class Norm:
    value: int
    placeholder: bool


def test_a_norm_that_is_not_set_yet_carries_its_mark(say: Say) -> None:
    assert "voorlopige norm" in say("{% mark n %}", n=Norm(60, True))
    assert say("{% mark n %}", n=Norm(60, False)) == ""
    assert "Voorlopige norm. De partijen moeten hem nog vaststellen." in say("{% mark_note %}")
    assert say("{% mark_note n %}", n=False) == ""
    assert say("{{ n|points }}", n=Norm(60, True)) == "60"


def test_a_bar_draws_the_norm_and_the_gap_with_points_not_commas(say: Say) -> None:
    shown = say("{% bar v need=n %}", v=Decimal("54.5"), n=60)
    assert 'class="bar-v" width="54.5"' in shown
    assert 'class="bar-gap" x="54.5" width="5.5"' in shown
    assert "bar-need" in shown
    assert "bar-gap" not in say("{% bar 78 need=75 %}")
    assert charts.geometry(Fraction(37, 2), None, 31, 31)["width"] == "100"


def test_a_suppressed_number_never_reaches_the_page(say: Say) -> None:
    shown = say("{% bar_chart t rows %}{% column_chart t rows %}", t="Landen", rows=[("India", 31), ("Portugal", None)])
    assert shown.count("afgeschermd") >= 4
    assert "31" in shown
    assert "None" not in shown
    assert "<table" in shown


def test_sorting_and_paging_keep_the_filters(say: Say) -> None:
    shown = say('{% th "Naam" sort="name" %}{% pager page %}', address="/x/?q=graniet&sort=name&page=3", page=_page())
    assert 'aria-sort="ascending"' in shown
    assert 'href="?q=graniet&amp;sort=-name"' in shown
    assert "page=4" in shown
    assert shown.count("q=graniet") >= 5


def test_addresses_that_do_not_exist_are_left_out(say: Say) -> None:
    assert say('{% maybe_url "there_is_no_such_page" as url %}[{{ url }}]') == "[]"
    assert say('{% maybe_url "accessibility" as url %}[{{ url }}]') == "[/accessibility/]"


def test_the_stylesheet_keeps_to_its_budget_and_to_the_site_itself() -> None:
    folder = Path(charts.__file__).parents[1] / "static" / "foundation"
    style = (folder / "toetssteen.css").read_text()
    assert len(style.encode()) < 40_000
    assert "://" not in style
    assert "data:" not in style
    for font in ("source-sans-3-latin-400-normal", "source-sans-3-latin-600-normal", "source-serif-4-latin-600-normal"):
        assert f"fonts/{font}.woff2" in style
        assert (folder / "fonts" / f"{font}.woff2").stat().st_size < 30_000
