"""From a risk to a published plan: a company notes and rates a risk, plans against it, and a visitor reads the plan."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser import Site, axe, no_overflow, watch
from tests.journeys.pictures import take
from tests.journeys.world import sign_in

pytestmark = pytest.mark.browser

GOAL = "Niemand bij onze twee fabrieken in Fujian werkt meer dan zestig uur per week"
SECRET = "Meneer Verzonnen belt de fabriek"


def test_from_a_risk_to_a_plan_that_a_visitor_reads(demo_site: Site, browser_context: Any) -> None:
    page = browser_context(width=1280).new_page()
    watch(page)
    sign_in(page, demo_site, "importeur")
    _note_and_rate(page, demo_site)
    _set_goal(page, demo_site)
    _choose_action(page)
    _say_how_far(page)
    address = _let_it_become_public(page, demo_site)
    assert page.problems == []

    office = browser_context(width=1280).new_page()
    sign_in(office, demo_site, "coordinator")
    office.goto(f"{demo_site.url}/publication/5/")
    office.check("[name=sure]")
    office.locator("main form button.btn--wide").click()
    office.wait_for_load_state()

    visitor = browser_context(width=360, height=740).new_page()
    watch(visitor)
    visitor.goto(address)
    read = visitor.inner_text("main")
    assert GOAL in read
    assert "Langere levertijd" in read
    assert "54 uur" in read
    assert SECRET not in read
    assert "7.500" not in read
    take(visitor, "register-own-plan", phone=True)
    assert no_overflow(visitor) == 0
    assert axe(visitor) == []
    assert visitor.problems == []


def _note_and_rate(page: Any, site: Site) -> None:
    page.goto(f"{site.url}/risks/years/5/add/")
    page.select_option("[name=theme]", "working_hours")
    page.check("[name=is_actual][value=yes]")
    page.fill("[name=description]", "Dubbele diensten voor een scheepsdatum.")
    page.locator("main form .foot-actions button.btn").first.click()
    page.wait_for_url("**/rate/")
    for name in ("scale", "scope", "irremediable", "likelihood"):
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.check(f"[name={name}][value='4']")
        else:
            page.select_option(f"[name={name}]", "4")
    page.fill("[name=severity_reason]", "In drukke weken werken mensen zeven dagen.")
    page.locator("main form .foot-actions button.btn").first.click()
    page.wait_for_load_state()


def _set_goal(page: Any, site: Site) -> None:
    """From the list of risks without a goal, with what the risk says filled in already."""
    page.goto(f"{site.url}/plan/")
    take(page, "plan")
    assert axe(page) == []
    page.locator("main a", has_text=re.compile("Maak een doel van dit risico.*Werktijden")).first.click()
    page.wait_for_load_state()
    assert page.input_value("[name=theme]") == "working_hours"
    page.fill("[name=text]", GOAL)
    page.fill("[name=root_cause]", "Wij bestellen na de gunning en wijzigen de maten nog.")
    page.click("button[name=check]")
    page.wait_for_selector("#smart .tag--warn")
    assert "Dit doel mist" in page.inner_text("#smart")
    take(page, "plan-goal")
    page.fill("[name=baseline]", "71 uur")
    page.fill("[name=target]", "54 uur")
    page.fill("[name=deadline]", "2025-09-30")
    page.click("button[name=check]")
    page.wait_for_selector("#smart .tag--ok")
    page.locator("#goal-form .foot-actions button.btn").first.click()
    page.wait_for_url("**/examples/")


def _choose_action(page: Any) -> None:
    take(page, "plan-examples")
    assert axe(page) == []
    page.locator("main a[href*='example=hours-lead-time']").click()
    page.wait_for_load_state()
    assert page.input_value("[name=text]").startswith("Langere levertijd")
    page.fill("[name=owner]", SECRET)
    page.fill("[name=due_on]", "2025-03-31")
    page.fill("[name=cost]", "7.500")
    page.locator("main form .foot-actions button.btn").first.click()
    page.wait_for_url("**/plan/5/#goal-*")


def _say_how_far(page: Any) -> None:
    page.locator("section.card", has_text=GOAL).locator("a[href$='/progress/']").click()
    page.wait_for_load_state()
    page.check("[name=state][value='in progress']")
    page.fill("[name=progress]", "40")
    page.fill("[name=note]", "Twee van de vijf klanten gingen akkoord.")
    page.locator("main form .foot-actions button.btn").first.click()
    page.wait_for_url("**/plan/5/#goal-*")
    assert "Bezig, 40" in page.locator("section.card", has_text=GOAL).inner_text()


def _let_it_become_public(page: Any, site: Site) -> str:
    """Choose, look, approve; gives the address where visitors will read it."""
    page.click("a[href$='/public/choose/']")
    page.wait_for_load_state()
    take(page, "plan-choose")
    assert axe(page) == []
    page.locator("main form .foot-actions button.btn").first.click()
    page.wait_for_url("**/plan/5/public/")
    shown = page.inner_text("#plan")
    assert GOAL in shown
    assert SECRET not in shown
    take(page, "plan-public")
    page.check("[name=sure]")
    page.click("main form button.btn--wide")
    page.wait_for_url("**/plan/5/")
    earlier = page.locator("main a", has_text="Bekijk zoals iedereen het ziet").first.get_attribute("href")
    assert earlier is not None
    return site.url + re.sub(r"/4/$", "/5/", earlier)
