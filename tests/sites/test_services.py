"""Answers, merges, splits and closings do what their preview says, and go back with all links."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY
from tests.sites.conftest import BARE, OTHER, WORKS, asked_of_company, assessor, link, mention, recognise
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.sites import queries, services
from toetssteen.sites.models import ClosingNotice, Mention, Question, SiteChange, SiteSearch
from toetssteen.sites.recognition.mentions import tie_links
from toetssteen.sites.services.closing import ClosingData
from toetssteen.sites.services.keeping import SiteData
from toetssteen.supplychain.models import ChainLink, Site, SiteEvent

pytestmark = pytest.mark.django_db


def everything() -> tuple[list[object], ...]:
    """Who stands where: mentions, links, questions, merged sites."""
    return (
        list(Mention.objects.order_by("pk").values_list("pk", "site", "how")),
        list(ChainLink.objects.order_by("pk").values_list("pk", "site")),
        list(Question.objects.order_by("pk").values_list("pk", "state", "answer")),
    )


@pytest.fixture
def two(cast, add):
    """Two sites, each named by two companies, with a question about the first."""
    add(link(WORKS), link(OTHER, "direct_suppliers"))
    add(link(WORKS), by="rival")
    add(link({**OTHER, "name": "TANZIKESHI ROCKS"}, "direct_suppliers"), by="rival")
    add(link(BARE), by="euro", situation="B")
    recognise(cast, "mason", "granite", "euro")
    return mention(cast, "mason", "Velavzari").site, mention(cast, "mason", "Tanzikeshi").site


def test_a_merge_moves_everything_and_its_undoing_brings_everything_back(cast, two):
    kept, gone = two
    before = everything()
    change = services.merge_sites(actor=assessor(cast), kept_id=kept.pk, gone_id=gone.pk, now=NOW)
    assert not Mention.objects.filter(site=gone).exists()
    assert not ChainLink.objects.filter(site=gone).exists()
    assert ChainLink.objects.filter(site=kept).count() == 4
    assert Site.objects.get(pk=gone.pk).merged_into == kept
    assert queries.sites_found(assessor(cast), queries.Filters(search=gone.code)) == [kept.pk], "found by its old code"
    assert queries.sites_found(assessor(cast), queries.Filters(search="tanzikeshi")) == [kept.pk]
    services.undo_change(actor=assessor(cast), change_id=change.pk, now=NOW)
    assert everything() == before
    assert Site.objects.get(pk=gone.pk).merged_into is None
    assert queries.sites_found(assessor(cast), queries.Filters(search="tanzikeshi")) == [gone.pk]
    with pytest.raises(Refused, match="ongedaan"):
        services.undo_change(actor=assessor(cast), change_id=change.pk, now=NOW)


def test_merges_are_undone_last_one_first(cast, two, add):
    kept, gone = two
    third = services.add_site(actor=assessor(cast), data=SiteData(name="Third", kinds=("factory",)), now=NOW)
    first = services.merge_sites(actor=assessor(cast), kept_id=kept.pk, gone_id=gone.pk, now=NOW)
    second = services.merge_sites(actor=assessor(cast), kept_id=third.pk, gone_id=kept.pk, now=NOW)
    assert Mention.objects.filter(site=third).count() == 4
    with pytest.raises(Refused):
        services.undo_change(actor=assessor(cast), change_id=first.pk, now=NOW)
    services.undo_change(actor=assessor(cast), change_id=second.pk, now=NOW)
    services.undo_change(actor=assessor(cast), change_id=first.pk, now=NOW)
    assert Mention.objects.filter(site=gone).count() == 2


def test_a_site_is_not_merged_into_itself_or_twice(cast, two):
    kept, gone = two
    with pytest.raises(Refused):
        services.merge_sites(actor=assessor(cast), kept_id=kept.pk, gone_id=kept.pk, now=NOW)
    services.merge_sites(actor=assessor(cast), kept_id=kept.pk, gone_id=gone.pk, now=NOW)
    with pytest.raises(Refused):
        services.merge_sites(actor=assessor(cast), kept_id=kept.pk, gone_id=gone.pk, now=NOW)
    assert SiteChange.objects.filter(kind="merge").count() == 1


def test_a_split_makes_a_site_that_recognition_leaves_alone_and_can_be_undone(cast, two):
    site, _other = two
    theirs = mention(cast, "granite", "Velavzari")
    before = everything()
    change = services.split_mentions(actor=assessor(cast), site_id=site.pk, mention_ids=[theirs.pk], now=NOW)
    made = change.gone
    assert made.code != site.code
    assert mention(cast, "granite", "Velavzari").site == made
    assert ChainLink.objects.filter(site=made).count() == 1
    Mention.objects.filter(pk=theirs.pk).update(compared_at=None, site=None, how="")
    recognise(cast)
    assert mention(cast, "granite", "Velavzari").site != site, "decided once is decided"
    Mention.objects.filter(pk=theirs.pk).update(site=made, how="secretariat")
    tie_links([theirs.pk])
    services.undo_change(actor=assessor(cast), change_id=change.pk, now=NOW)
    assert everything()[:2] == before[:2]
    assert Site.objects.get(pk=made.pk).merged_into == site, "its code is not given again"
    assert made.pk not in queries.sites_found(assessor(cast), queries.Filters())


def test_a_split_needs_a_mention_of_that_site(cast, two):
    site, other = two
    with pytest.raises(ValidationError):
        services.split_mentions(
            actor=assessor(cast), site_id=other.pk, mention_ids=[mention(cast, "granite", "Velavzari").pk], now=NOW
        )
    assert mention(cast, "granite", "Velavzari").site == site


@pytest.mark.parametrize(("answer", "same"), [("same", True), ("different", False)])
def test_an_answer_ties_or_parts_and_goes_back(cast, two, answer, same):
    site, _other = two
    before = everything()
    question = Question.objects.get(asked_of="secretariat")
    change = services.answer_question(actor=assessor(cast), question_id=question.pk, answer=answer, now=NOW)
    tied = mention(cast, "euro")
    assert (tied.site == site) is same
    assert tied.site is not None
    with pytest.raises(Refused):
        services.answer_question(actor=assessor(cast), question_id=question.pk, answer=answer, now=NOW)
    services.undo_change(actor=assessor(cast), change_id=change.pk, now=NOW)
    assert everything() == before


def test_later_keeps_the_question_at_the_end(cast, two):
    question = Question.objects.get(asked_of="secretariat")
    services.answer_question(actor=assessor(cast), question_id=question.pk, answer="unsure", now=NOW)
    question.refresh_from_db()
    assert (question.state, question.answer) == ("open", "unsure")
    assert queries.questions_in_order(assessor(cast), queries.DeskFilters()) == [question.pk]


def test_near_certain_questions_are_accepted_together_and_others_are_not(cast, two):
    question = Question.objects.get(asked_of="secretariat")
    Question.objects.filter(pk=question.pk).update(probability="0.9000")
    assert services.accept_questions(actor=assessor(cast), question_ids=[question.pk], now=NOW) == 0
    Question.objects.filter(pk=question.pk).update(probability="0.9900", reasons=[["unit_other", ["1", "2"]]])
    assert services.accept_questions(actor=assessor(cast), question_ids=[question.pk], now=NOW) == 0
    Question.objects.filter(pk=question.pk).update(reasons=question.reasons)
    assert services.accept_questions(actor=assessor(cast), question_ids=[question.pk], now=NOW) == 1
    assert mention(cast, "euro").site == two[0]


@pytest.mark.parametrize("who", ["editor", "rival", "union", "operator", "visitor"])
def test_only_the_secretariat_acts(cast, two, who):
    kept, gone = two
    actor, question = cast.actor(who), Question.objects.get(asked_of="secretariat")
    change = services.merge_sites(actor=assessor(cast), kept_id=kept.pk, gone_id=gone.pk, now=NOW)
    before = everything(), Site.objects.count()
    closing = ClosingData(closed_on=TODAY, forced=False, source="public")
    for act, given in (
        (services.merge_sites, {"kept_id": kept.pk, "gone_id": gone.pk}),
        (services.split_mentions, {"site_id": kept.pk, "mention_ids": [mention(cast, "granite", "Vel").pk]}),
        (services.undo_change, {"change_id": change.pk}),
        (services.answer_question, {"question_id": question.pk, "answer": "same"}),
        (services.close_site, {"site_id": kept.pk, "data": closing}),
        (services.reopen_site, {"site_id": kept.pk}),
        (services.add_site, {"data": SiteData(name="X", kinds=())}),
        (services.edit_site, {"site_id": kept.pk, "data": SiteData(name="X", kinds=())}),
        (services.start_run, {}),
    ):
        with pytest.raises(Refused):
            act(actor=actor, now=NOW, **given)
    services.accept_questions(actor=actor, question_ids=[question.pk], now=NOW)
    assert (everything(), Site.objects.count()) == before


def test_a_companys_yes_ties_its_own_words_and_settles_what_waited(cast, add):
    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    (own,) = asked_of_company(cast)
    before = everything()
    editor = cast.actor("editor")
    services.answer_own_question(actor=editor, question_id=own.pk, answer="same", now=NOW)
    assert mention(cast, "mason", "Pvt Ltd").site == mention(cast, "mason", "Pvt. Ltd.").site
    assert mention(cast, "mason", "Pvt Ltd").how == "company"
    assert not Question.objects.filter(state__in=["open", "waiting"]).exists()
    services.undo_own_answer(actor=editor, question_id=own.pk, now=NOW)
    assert everything() == before


def test_a_companys_no_makes_two_sites_and_does_not_know_asks_the_secretariat(cast, add):
    add(link(WORKS))
    add(link(BARE))
    recognise(cast, "mason")
    (own,) = asked_of_company(cast)
    editor = cast.actor("editor")
    services.answer_own_question(actor=editor, question_id=own.pk, answer="unsure", now=NOW)
    assert Question.objects.get(asked_of="secretariat").state == "open"
    services.undo_own_answer(actor=editor, question_id=own.pk, now=NOW)
    assert Question.objects.get(asked_of="secretariat").state == "waiting"
    services.answer_own_question(actor=editor, question_id=own.pk, answer="different", now=NOW)
    sites = set(Mention.objects.values_list("site", flat=True))
    assert len(sites) == 2
    assert None not in sites
    services.undo_own_answer(actor=editor, question_id=own.pk, now=NOW)
    assert Site.objects.count() == 1
    assert SiteSearch.objects.count() == 1


def test_a_closing_says_what_it_undoes_and_leaves_coverage_alone(cast, two):
    from toetssteen.supplychain.queries import coverage_of

    site, _other = two
    year, pack = cast.years[1], pack_of(cast.years[1])
    mason = cast.organisations["mason"].pk
    before = coverage_of(mason, pack, TODAY).shares
    effect = queries.closing_effect(assessor(cast), site, pack=pack, year=year, today=TODAY)
    assert [company.name for company in effect.companies if company.chains] == ["Granite House NV", "Mason Stone BV"]
    ours = next(company for company in effect.companies if company.id == mason)
    assert [(level.now, level.after) for level in ours.levels] == [("1 / 1", "0 / 1")]
    assert ours.falls_under
    data = ClosingData(closed_on=TODAY - dt.timedelta(30), forced=True, source="public", tell=(mason,))
    services.close_site(actor=assessor(cast), site_id=site.pk, data=data, now=NOW)
    assert coverage_of(mason, pack, TODAY).shares == before
    assert SiteEvent.objects.get().event == "closed_forced"
    assert ClosingNotice.objects.get().mention.organisation_id == mason
    services.reopen_site(actor=assessor(cast), site_id=site.pk, now=NOW)
    assert Site.objects.get(pk=site.pk).closed_on is None
    assert queries.company_notices(cast.actor("editor")) == []


def test_what_a_company_told_is_never_passed_on(cast, two):
    site, _other = two
    data = ClosingData(closed_on=TODAY, forced=True, source="company", tell=(cast.organisations["mason"].pk,))
    with pytest.raises(ValidationError):
        services.close_site(actor=assessor(cast), site_id=site.pk, data=data, now=NOW)
    assert Site.objects.get(pk=site.pk).closed_on is None
    assert not ClosingNotice.objects.exists()


def test_every_act_stands_in_the_trail_without_names(cast, two):
    kept, gone = two
    change = services.merge_sites(actor=assessor(cast), kept_id=kept.pk, gone_id=gone.pk, now=NOW)
    services.undo_change(actor=assessor(cast), change_id=change.pk, now=NOW)
    page = queries.site_page(assessor(cast), gone.pk, pack_of(cast.years[1]))
    assert [event.verb for event, _by in page.history] == ["sites.undo_change", "sites.merge_sites"]
    said = "".join(str(event.detail) for event in AuditEvent.objects.filter(verb__startswith="sites."))
    assert "Velavzari" not in said
    assert "Mason" not in said
