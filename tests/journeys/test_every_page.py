"""Every page of the site, for each role and in both languages: sound, whole, and in one language.

For each role a reader follows every link and every form of the site, beginning at its first page. One page of each
address is looked at (more of those in `MORE`), on the narrowest phone in Dutch and on a desk in English.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser import Site, axe, no_overflow, watch
from tests.house.source import report
from tests.journeys.words import foreign_words
from tests.journeys.world import sign_in, speak
from toetssteen.core.access import Audience

pytestmark = pytest.mark.browser

ROLES = (
    "visitor", "importeur", "collega", "klein", "twee", "beoordelaar", "coordinator", "overheid", "vakbond", "ngo",
    "commissie", "beheerder",
)  # fmt: skip
# Roles that see the same pages as another one: only the pages that the other did not see are looked at.
LIKE = {
    "collega": "importeur", "klein": "importeur", "twee": "importeur", "coordinator": "beoordelaar",
    "ngo": "vakbond", "commissie": "vakbond", "overheid": "vakbond",
}  # fmt: skip
# Addresses of which one page says too little: other states, other kinds of questions.
MORE = {
    "answer_edit": 5, "assess_question": 3, "assessment_file": 4, "assess_report": 2, "report_overview": 2,
    "chain_detail": 2, "organisation_detail": 3, "register_company": 3, "framework_year": 2, "plan_year": 2,
    "year_overview": 2, "figures_year": 2,
}  # fmt: skip
STARTS = {
    "visitor": ["/", "/gallery/", "/no-such-page/", "/account/password/reset/", "/account/password/reset/done/",
                "/account/password/reset/key/1-no-such-key/", "/invitation/no-such-invitation/"],
    "importeur": ["/start/", "/no-such-page/", "/account/reauthenticate/", "/account/2fa/", "/account/sessions/",
                  "/account/password/change/"],
    "beheerder": ["/start/", "/account/2fa/"],
}  # fmt: skip
FILES = (".csv", ".json", ".xlsx", ".docx", ".geojson", ".svg", ".ics", ".pdf", "/file/", "/download/")
FILE_NAMES = {"library_file", "results_export"}  # addresses of files that do not show it
# Pages that are there for one moment only; the journeys look at them.
# The same question, asked with a password or with a code; the plan of this year, also by its number.
SAME_TITLE = {
    "account_reauthenticate", "mfa_reauthenticate", "plan_edit", "plan_year", "results_now", "plan_results",
    "remedy_overview", "remedy_year", "company_remedy", "company_remedy_year", "risk_list", "risk_year",
    "poster_print", "complain",
}  # fmt: skip
# Written in the language of a poster or a report, whatever the reader chose; looked at in Dutch only.
OWN_LANGUAGE = {
    "poster_print", "complain", "company_report", "company_report_language", "company_report_version",
    "public_report_delete", "public_report_preview",
}  # fmt: skip
NOT_FOLLOWED = {"account_logout", "set_language", "act_for", "mfa_download_recovery_codes"}


@dataclass
class Reader:
    """One role, what they have to look at and what was wrong."""

    role: str
    page: Any
    site: Site
    queue: deque[str] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    looked: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def note(self, place: str, flaws: list[str]) -> None:
        for flaw in flaws:
            print(f"{self.role} {place}: {flaw}", flush=True)
        self.wrong += [f"{self.role} {place}: {flaw}" for flaw in flaws]


seen_by: dict[str, set[str]] = {}


def name_of(path: str) -> str:
    """The name of an address; the path itself if it has none."""
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return match.url_name or path


def is_public(path: str) -> bool:
    """Whether visitors see this page too."""
    try:
        return getattr(resolve(path).func, "audience", None) is Audience.PUBLIC
    except Resolver404:
        return False


def wanted(reader: Reader, path: str) -> bool:
    """Whether this page has to be looked at: a new address, or one of few."""
    name = name_of(path)
    if name in NOT_FOLLOWED or (reader.role not in ("visitor", "importeur") and is_public(path)):
        return False
    if name in seen_by.get(LIKE.get(reader.role, ""), set()) and path not in ("/start/",):
        return False
    return len(reader.looked.get(name, [])) < MORE.get(name, 1)


def links(reader: Reader) -> list[str]:
    """Where the page leads to, on this site: links and the addresses of forms."""
    found = reader.page.evaluate(
        "() => [...document.querySelectorAll('a[href], form[action]')]"
        ".map(el => [el.tagName, el.getAttribute('href') || el.getAttribute('action')])"
    )
    here, paths = reader.page.url, []
    for tag, link in found:
        whole = urldefrag(urljoin(here, link)).url
        if whole.startswith(reader.site.url):
            path = urlsplit(whole).path  # the same page with another filter is the same page
            paths.append(path)
            if tag == "FORM":
                reader.forms.add(path)
    return list(dict.fromkeys(paths))


def flaws_of(reader: Reader, path: str, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    page = reader.page
    absent = "no-such" in path
    troubles = [p for p in page.problems if not (absent and "404 (Not Found)" in p)]
    found = [*axe(page), *troubles]
    page.problems.clear()
    if page.viewport_size["width"] != 320:
        page.set_viewport_size({"width": 320, "height": 800})
    if no_overflow(page):
        found.append(f"{no_overflow(page)} pixels too wide at 320")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} headings of the first level")
    title = page.title()
    if not title.split(" - ")[0].strip():
        found.append("no title")
    first = reader.titles.setdefault((language, title), path)
    if name_of(first) != name_of(path) and not absent and name_of(path) not in SAME_TITLE:
        found.append(f"the same title as {first}: {title}")
    if page.get_attribute("html", "lang") != language:
        found.append(f"not in {language}")
    return found + foreign_words(page)


def open_at(reader: Reader, path: str, width: int) -> int:
    reader.page.set_viewport_size({"width": width, "height": 800})
    answer = reader.page.goto(reader.site.url + path, wait_until="load")
    return int(answer.status) if answer else 0


def is_only_posted_to(reader: Reader, path: str) -> bool:
    """Whether a form without a page of its own stands behind this address."""
    return path in reader.forms and reader.page.context.request.get(reader.site.url + path).status == 405


def walk(reader: Reader) -> None:
    """Follow everything in Dutch, then look at the same pages in English."""
    while reader.queue:
        path = reader.queue.popleft()
        if path in reader.seen or not wanted(reader, path):
            continue
        reader.seen.add(path)
        if path.endswith(FILES) or name_of(path) in FILE_NAMES:
            got = reader.page.context.request.get(reader.site.url + path)
            reader.looked.setdefault(name_of(path), []).append(path)
            if not got.ok or not got.body():
                reader.note(path, [f"answers {got.status}"])
            continue
        if is_only_posted_to(reader, path):
            continue
        status = open_at(reader, path, 320)
        landed = urlsplit(reader.page.url).path
        if status != 200 and "no-such" not in path:
            reader.note(path, [f"answers {status}"])
        reader.looked.setdefault(name_of(path), []).append(path)
        reader.queue.extend(links(reader))
        if landed != path:
            reader.queue.append(landed)
            continue
        reader.note(path + " (nl)", flaws_of(reader, path, "nl"))
    speak(reader.page, "en")
    for paths in reader.looked.values():
        for path in paths:
            if path.endswith(FILES) or name_of(path) in FILE_NAMES | OWN_LANGUAGE:
                continue
            open_at(reader, path, 1280)
            if urlsplit(reader.page.url).path == path:
                reader.note(path + " (en)", flaws_of(reader, path, "en"))


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound(demo_site: Site, browser_context: Any, role: str) -> None:
    page = browser_context(width=320, language="nl").new_page()
    watch(page)
    reader = Reader(role, page, demo_site, deque(STARTS.get(role, ["/start/"])))
    if role != "visitor":
        sign_in(page, demo_site, role)
        speak(page, "nl")
    page.problems.clear()
    walk(reader)
    seen_by[role] = set(reader.looked) | seen_by.get(LIKE.get(role, ""), set())
    print(role, sum(len(paths) for paths in reader.looked.values()), "pages")
    report(reader.wrong, "Every page is accessible, narrow enough, in one language and free of errors.")
