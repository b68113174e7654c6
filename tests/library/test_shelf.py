"""Everybody finds in the library what is meant for them, and beside a question what helps there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Cast
from toetssteen.covenant import queries as covenant
from toetssteen.library import shelf

SHEET = "lib-sheet-living-wage"  # for companies
MVI = "lib-guide-mvi"  # for authorities
COVENANT = "lib-covenant-text"  # for everybody
INDIA, CHINA = "lib-ra-india", "lib-ra-china"


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("visitor", {COVENANT}),
        ("editor", {COVENANT, SHEET, INDIA, CHINA}),
        ("authority", {COVENANT, MVI, INDIA, CHINA}),
        ("union", {COVENANT, INDIA, CHINA}),
        ("assessor", {COVENANT, SHEET, MVI, INDIA, CHINA}),
    ],
)
def test_items_by_audience(cast: Cast, who: str, reads: set[str]) -> None:
    pack = covenant.pack_of(cast.years[1])
    found = {row.id for row in shelf.shelf(cast.actor(who), pack)}
    assert found & {SHEET, MVI, COVENANT, INDIA, CHINA} == reads
    assert "lib-webtool" not in found


def test_words_kind_theme_and_country_narrow_it_down(cast: Cast) -> None:
    pack, actor = covenant.pack_of(cast.years[1]), cast.actor("editor")
    found = {row.id for row in shelf.shelf(actor, pack, search="LEEFBAAR themafiche")}
    assert found == {SHEET, "lib-sheet-china-themes"}  # the second one by its themes
    assert {row.id for row in shelf.shelf(actor, pack, kind="risk_analysis", country="IN")} == {INDIA}
    assert SHEET in {row.id for row in shelf.shelf(actor, pack, theme="living_wage")}
    assert shelf.shelf(actor, pack, search="nothing at all like this") == []


def test_what_helps_here_is_named_first_then_near(cast: Cast) -> None:
    pack, actor = covenant.pack_of(cast.years[1]), cast.actor("editor")
    found = [row.id for row in shelf.fitting(actor, pack, ids=["lib-guide-mapping"], themes=["ohs"], countries=["IN"])]
    assert found[0] == "lib-guide-mapping"
    assert INDIA in found
    assert CHINA not in found


def test_the_page_and_the_question_show_it(cast: Cast, client: Any) -> None:
    from tests.reporting.world import open_report

    report = open_report(cast)
    cast.sign_in(client, "editor")
    page = client.get("/library/?kind=theme_sheet", headers={"accept-language": "nl"}).content.decode()
    assert "Themafiche leefbaar loon" in page
    assert "Handreiking due diligence" not in page
    question = next(q for q in covenant.pack_of(cast.years[1]).framework.questions.values() if q.library)
    shown = client.get(f"/reports/{report.pk}/questions/{question.id}/", headers={"accept-language": "nl"})
    title = next(i.title.nl for i in covenant.pack_of(cast.years[1]).library if i.id == question.library[0])
    assert title in shown.content.decode()
