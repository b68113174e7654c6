"""No company learns from recognition that another company names a site: two companies, the same places."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, TODAY, Cast
from tests.sites.conftest import BARE, OTHER, WORKS, asked_of_company, assessor, link, mention, recognise
from toetssteen.core.access import Role
from toetssteen.foundation.pages import Refused
from toetssteen.sites import permissions, queries, services
from toetssteen.sites.models import Mention, Question, SiteChange
from toetssteen.sites.recognition import runs
from toetssteen.sites.services.closing import ClosingData
from toetssteen.supplychain.models import Site

pytestmark = pytest.mark.django_db
PAGES = ("/chains/places/", "/chains/", "/home/")
ROLES = ("company_admin", "editor", "reader", "rival", "authority", "union", "committee", "operator", "visitor")


def shown(client: Any, cast: Cast, who: str = "editor") -> dict[str, str]:
    """What the pages of a company say, without what changes by itself."""
    cast.sign_in(client, who)
    client.cookies["language"] = "en"
    found = {}
    for page in PAGES:
        text = client.get(page).content.decode()
        found[page] = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return found


def rival_writes_the_same(add: Any, cast: Cast) -> None:
    """The rival names the same factory in every way, and everything is recognised."""
    for place in (WORKS, BARE, OTHER, {**WORKS, "name": "VELAVZARI GRANITES"}):
        add(link(place), by="rival", trade_name="Rival Stone")
    recognise(cast, "granite")


def test_pages_are_the_same_letter_by_letter_whether_or_not_a_rival_names_the_site(cast, add, client):
    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    alone = shown(client, cast)
    assert "Is this the same place?" in alone["/chains/places/"]
    rival_writes_the_same(add, cast)
    recognise(cast, "mason")
    assert Mention.objects.filter(organisation=cast.organisations["granite"], site__isnull=False).exists()
    assert shown(client, cast) == alone


def test_who_comes_later_is_asked_the_same_as_who_came_first(cast, add, client):
    """With the registry full of a rival's mentions a company gets the questions that it would get in an empty one."""
    rival_writes_the_same(add, cast)
    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    later = [(q.mention.name, q.other.name, q.reasons, q.state) for q in asked_of_company(cast)]
    Question.objects.all().delete()
    SiteChange.objects.all().delete()
    Mention.objects.all().delete()
    Site.objects.all().delete()
    recognise(cast, "mason")
    first = [(q.mention.name, q.other.name, q.reasons, q.state) for q in asked_of_company(cast)]
    assert first == later
    assert len(first) == 1


def test_the_number_of_queries_of_a_companys_page_does_not_depend_on_rivals(cast, add, client):
    from django.db import connection

    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    cast.sign_in(client, "editor")
    client.get("/chains/places/")
    with CaptureQueriesContext(connection) as alone:
        client.get("/chains/places/")
    rival_writes_the_same(add, cast)
    with CaptureQueriesContext(connection) as together:
        client.get("/chains/places/")
    assert len(together) == len(alone)


def test_what_the_secretariat_decides_changes_nothing_that_the_company_sees(cast, add, client):
    add(link(WORKS))
    add(link(BARE))
    rival_writes_the_same(add, cast)
    recognise(cast)
    before = shown(client, cast)
    for question in list(Question.objects.filter(asked_of="secretariat", state__in=["open", "waiting"])):
        if Question.objects.get(pk=question.pk).state in ("open", "waiting"):
            services.answer_question(actor=assessor(cast), question_id=question.pk, answer="same", now=NOW)
    sites = list(Site.objects.filter(merged_into__isnull=True).order_by("pk"))
    if len(sites) > 1:
        services.merge_sites(actor=assessor(cast), kept_id=sites[0].pk, gone_id=sites[1].pk, now=NOW)
    assert shown(client, cast) == before


def test_a_company_can_always_take_its_answer_back(cast, add):
    """A refusal would tell that somebody else did something with the site."""
    add(link(WORKS))
    add(link(BARE))
    add(link(OTHER), by="rival")
    recognise(cast)
    (own,) = asked_of_company(cast)
    editor = cast.actor("editor")
    services.answer_own_question(actor=editor, question_id=own.pk, answer="same", now=NOW)
    ours, theirs = mention(cast, "mason", "Pvt. Ltd.").site_id, mention(cast, "granite").site_id
    services.merge_sites(actor=assessor(cast), kept_id=theirs, gone_id=ours, now=NOW)
    services.undo_own_answer(actor=editor, question_id=own.pk, now=NOW)
    own.refresh_from_db()
    assert (own.state, own.answer) == ("open", "")
    assert mention(cast, "mason", "Pvt. Ltd.").site_id == theirs, "what the secretariat did stays"


def test_no_page_or_part_of_a_company_names_a_site_a_code_or_a_running_number(cast, add, client):
    add(link(WORKS))
    add(link(BARE))
    rival_writes_the_same(add, cast)
    recognise(cast)
    site = mention(cast, "granite", "Tanzikeshi").site
    Site.objects.filter(pk=site.pk).update(name="SECRET-registry-name", address="SECRET-registry-address")
    (own,) = asked_of_company(cast)
    text = "".join(shown(client, cast).values())
    assert not re.search(r"TS-[0-9A-Z]{6}-", text)
    assert "SECRET-registry" not in text
    assert "Granite House" not in text
    assert "Rival Stone" not in text
    assert f'value="{own.pk}"' not in text


@pytest.mark.parametrize("who", ROLES)
def test_nobody_but_the_secretariat_finds_a_site_or_a_question_of_another(cast, add, who):
    add(link(WORKS))
    add(link(BARE))
    rival_writes_the_same(add, cast)
    recognise(cast)
    actor = cast.actor(who)
    assert Site.objects.exists()
    assert not permissions.visible_sites(actor).exists()
    assert not permissions.visible_mentions(actor).exists()
    assert not permissions.visible_questions(actor).exists()
    own = {q.mention.organisation_id for q in permissions.own_questions(actor)}
    assert own <= {actor.company_id}
    assert not queries.sites_found(actor, queries.Filters(state=""))
    assert list(queries.export_rows(actor, queries.Filters())) == []


def test_a_company_cannot_answer_or_take_back_what_another_was_asked(cast, add, client):
    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    (own,) = asked_of_company(cast)
    token = queries.company.token_of(own)
    rival = cast.actor("rival")
    assert queries.own_question_id(rival, token) is None
    for act in (services.answer_own_question, services.undo_own_answer):
        extra = {"answer": "same"} if act is services.answer_own_question else {}
        with pytest.raises(Refused):
            act(actor=rival, question_id=own.pk, now=NOW, **extra)
    cast.sign_in(client, "rival")
    assert client.post("/chains/places/", {"question": token, "answer": "same"}).status_code == 404
    own.refresh_from_db()
    assert own.state == "open"


def test_a_reader_sees_the_question_and_cannot_answer_it(cast, add, client):
    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    (own,) = asked_of_company(cast)
    assert cast.actor("reader").holds(Role.READER, cast.organisations["mason"].pk)
    page = shown(client, cast, "reader")["/chains/places/"]
    assert "Only administrators and editors of the company answer this." in page
    assert 'name="answer"' not in page
    client.post("/chains/places/", {"question": queries.company.token_of(own), "answer": "same"})
    own.refresh_from_db()
    assert own.state == "open"


def test_who_names_a_closed_site_later_hears_nothing(cast, add, client):
    """Otherwise a company could try names until one is known to be closed."""
    add(link(WORKS))
    recognise(cast, "mason")
    site = mention(cast, "mason").site
    mason, granite = cast.organisations["mason"].pk, cast.organisations["granite"].pk
    data = ClosingData(closed_on=TODAY, forced=True, source="public", note="SECRET-note", tell=(mason, granite))
    services.close_site(actor=assessor(cast), site_id=site.pk, data=data, now=NOW)
    add(link(WORKS), by="rival")
    recognise(cast, "granite")
    assert mention(cast, "granite").site_id == site.pk
    ours = shown(client, cast)
    assert f"{WORKS['name']} has closed" in ours["/chains/places/"]
    assert f"{WORKS['name']} has closed" in ours["/chains/"]
    assert "SECRET-note" not in "".join(ours.values())
    theirs = shown(client, cast, "rival")
    assert "has closed" not in "".join(theirs.values())


def test_everything_again_asks_no_company_anything_new(cast, add, client):
    add(link(WORKS))
    add(link(BARE))
    rival_writes_the_same(add, cast)
    recognise(cast)
    before = shown(client, cast)
    run = services.start_run(actor=assessor(cast), now=NOW)
    runs.recognise_everything(run.pk, now=NOW, today=TODAY, said=lambda: NOW)
    assert shown(client, cast) == before
