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
    found = {row.id for row in shelf.items_for(cast.actor(who), pack)}
    assert found & {SHEET, MVI, COVENANT, INDIA, CHINA} == reads
    assert "lib-webtool" not in found


def test_words_kind_theme_and_country_narrow_it_down(cast: Cast) -> None:
    pack, actor = covenant.pack_of(cast.years[1]), cast.actor("editor")

    def found(**wanted: str) -> set[str]:
        return {row.id for row in shelf.find(actor, pack, shelf.Wanted(**wanted)).rows}

    sheets = found(search="LÉÉFBAAR themafiche")
    assert SHEET in sheets
    assert sheets == {SHEET, "lib-sheet-china-themes"}  # the second one by its themes
    assert found(kind="risk_analysis", country="IN") == {INDIA}
    assert SHEET in found(theme="living_wage", step="2", language="nl")
    assert SHEET not in found(theme="living_wage", language="en")
    assert found(search="nothing at all like this") == set()


def test_what_helps_here_is_named_first_then_by_theme_country_and_step(cast: Cast) -> None:
    pack, actor = covenant.pack_of(cast.years[1]), cast.actor("editor")
    rows = shelf.shelf_for(actor, ["ohs"], [2], ["IN"], ids=["lib-guide-mapping"], pack=pack, most=20)
    found = [row.id for row in rows]
    assert found[:2] == ["lib-guide-mapping", INDIA]  # theme and country together weigh more than the theme alone
    assert found.index(INDIA) < found.index("lib-sheet-ohs") < found.index("lib-guide-due-diligence")
    for other in (CHINA, SHEET, "lib-webinar-ohs"):  # another country, another theme, not there yet
        assert other not in found
    assert [row.id for row in shelf.shelf_for(actor, countries=["CN"], kinds=["risk_analysis"], pack=pack)] == [CHINA]
    assert shelf.shelf_for(actor, pack=pack) == []
    assert shelf.shelf_for(actor, ["ohs"]) == shelf.shelf_for(actor, ["ohs"], pack=pack)  # the newest pack


def test_what_is_only_planned_is_never_offered_as_help(cast: Cast) -> None:
    pack, actor = covenant.pack_of(cast.years[1]), cast.actor("editor")
    planned = {item.id for item in pack.library if item.state.startswith("planned") and not item.page}
    assert "lib-webinar-grievance" in planned
    for question in pack.framework.questions.values():
        beside = shelf.shelf_for(actor, steps=[1, 2, 3, 4, 5, 6], ids=question.library, pack=pack, most=99)
        assert beside
        assert not planned & {row.id for row in beside}, question.id
    assert planned <= {row.id for row in shelf.items_for(actor, pack)}  # the whole library still says what will come


def test_what_this_software_does_itself_leads_to_its_own_page(cast: Cast, client: Any) -> None:
    pack = covenant.pack_of(cast.years[1])
    pages = {item.id: item.page for item in pack.library if item.page}
    assert set(pages.values()) == shelf.PAGES
    own = {row.id: row for row in shelf.items_for(cast.actor("editor"), pack)}
    assert own["lib-tool-supplier-questionnaire"].page == "/inquiries/"
    assert own["lib-tool-public-format"].page == "/plan/public-report/"
    assert not any(own[one].is_planned for one in pages)
    beside = shelf.shelf_for(cast.actor("editor"), ids=["lib-webinar-grievance"], steps=[6], pack=pack)
    assert beside[0].id == "lib-tool-supplier-questionnaire"  # what can be done at once comes first
    for who, leads in (("editor", True), ("assessor", False)):  # a page of companies is no link for others
        cast.sign_in(client, who)
        for address in ("/library/", "/library/items/lib-tool-public-format/"):
            page = client.get(address, headers={"accept-language": "en"}).content.decode()
            main = page.partition("<main")[2]
            assert ('href="/plan/public-report/"' in main) == leads, (who, address)
            assert ("Companies do this on this platform itself." in main) != leads
    cast.sign_in(client, "editor")
    assert client.get("/plan/public-report/").status_code == client.get("/inquiries/").status_code == 200


def test_the_page_and_the_question_show_it(cast: Cast, client: Any) -> None:
    from tests.reporting.world import open_report

    report = open_report(cast)
    cast.sign_in(client, "editor")
    page = client.get("/library/?kind=theme_sheet", headers={"accept-language": "nl"}).content.decode()
    assert "Themafiche leefbaar loon" in page
    assert "Handreiking due diligence" not in page
    question = covenant.pack_of(cast.years[1]).framework.questions["q-1-1-01"]
    shown = client.get(f"/reports/{report.pk}/questions/{question.id}/", headers={"accept-language": "nl"})

    assert question.library[:2] == ("model-policy", "lib-guide-due-diligence")
    for title in ("Modelbeleid verantwoord ondernemen", "Handreiking due diligence"):
        assert title in shown.content.decode()
