"""A mention is recognised once, asked about once, and its answer is remembered."""

from __future__ import annotations

import pytest

from tests.cast import NOW, TODAY
from tests.sites.conftest import BARE, OTHER, WORKS, asked_of_company, assessor, link, mention, recognise
from toetssteen.core.sites import is_identifier
from toetssteen.foundation import hooks
from toetssteen.sites import services
from toetssteen.sites.models import Mention, Question, Wanted
from toetssteen.sites.policies import mention_key
from toetssteen.supplychain.models import Chain, ChainLink, Site

pytestmark = pytest.mark.django_db


def test_the_first_mention_makes_a_site_and_the_same_words_of_another_company_are_tied_to_it(cast, add):
    add(link(WORKS))
    add(link({**WORKS, "name": "VELAVZARI GRANITES PVT. LTD"}), by="rival")
    recognise(cast)
    site = Site.objects.get()
    assert is_identifier(site.code)
    assert (site.kinds, site.country, site.address) == (["factory"], "IN", WORKS["address"])
    assert mention(cast, "mason").how == "new"
    assert mention(cast, "granite").how == "automatic"
    assert set(ChainLink.objects.filter(level="factories").values_list("site", flat=True)) == {site.pk}


def test_another_plot_is_never_tied_by_itself(cast, add):
    add(link(WORKS))
    add(link({**WORKS, "address": "Plot No. 75, Indraprastha Ind. Area, Kota"}), by="rival")
    recognise(cast)
    assert mention(cast, "mason").site_id is not None
    assert mention(cast, "granite").site_id != mention(cast, "mason").site_id


def test_doubt_about_another_companys_site_is_asked_of_the_secretariat(cast, add):
    add(link(WORKS))
    add(link(BARE), by="rival")
    recognise(cast)
    question = Question.objects.get()
    assert (question.asked_of, question.state, question.site) == ("secretariat", "open", Site.objects.get())
    assert mention(cast, "granite").site_id is None
    assert ["plot_one_sided", ["", "57"]] in question.reasons


def test_doubt_between_its_own_words_is_asked_of_the_company_and_the_secretariat_waits(cast, add):
    add(link(WORKS))
    add(link(BARE))
    recognise(cast)
    (own,) = asked_of_company(cast)
    assert {own.mention.name, own.other.name} == {WORKS["name"], BARE["name"]}
    assert own.site_id is None
    waiting = Question.objects.filter(asked_of="secretariat")
    assert [q.state for q in waiting] == ["waiting"]


def test_recognising_twice_changes_nothing(cast, add):
    add(link(WORKS), link(OTHER, "direct_suppliers"))
    add(link(BARE), by="rival")
    recognise(cast)
    before = list(Mention.objects.values()), list(Question.objects.values()), list(Site.objects.values())
    recognise(cast)
    assert before == (list(Mention.objects.values()), list(Question.objects.values()), list(Site.objects.values()))


def test_a_decision_is_remembered_when_the_same_words_come_in_again(cast, add):
    add(link(WORKS))
    chain = add(link(BARE), by="rival")
    recognise(cast)
    services.answer_question(actor=assessor(cast), question_id=Question.objects.get().pk, answer="different", now=NOW)
    own = mention(cast, "granite").site_id
    assert own not in (None, mention(cast, "mason").site_id)
    Chain.objects.filter(pk=chain.pk).delete()  # as when an import is undone
    recognise(cast)
    add(link({**BARE, "name": "velavzari  granites, PVT Ltd"}), by="rival")  # and made again
    recognise(cast)
    assert mention(cast, "granite").site_id == own
    assert Question.objects.count() == 1
    link_now = ChainLink.objects.get(chain__organisation=cast.organisations["granite"], level="factories")
    assert link_now.site_id == own


def test_changed_words_lose_their_site_and_are_looked_for_again(cast, add):
    add(link(WORKS))
    recognise(cast)
    old = mention(cast, "mason").site_id
    ChainLink.objects.filter(level="factories").update(name="Quite Another Factory", address="", site=None)
    recognise(cast, "mason")
    assert mention(cast, "mason", "Quite").site_id not in (None, old)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (("f", "A. B", "x 1", "", "IN", None, None), ("f", "a b", "X-1", "", "in", None, None), True),
        (("f", "A B", "x 1", "", "IN", None, None), ("f", "A B", "x 2", "", "IN", None, None), False),
        (("f", "A B", "", "", "", None, None), ("q", "A B", "", "", "", None, None), False),
    ],
)
def test_the_key_of_a_mention_forgets_case_and_punctuation_only(one, two, same):
    assert (mention_key(*one) == mention_key(*two)) is same


def test_saving_a_chain_asks_for_recognition_once(cast, add, settings, monkeypatch):
    settings.RECOGNISE_ON_CHANGE = True
    queued: list[int] = []
    from toetssteen.sites import tasks

    monkeypatch.setattr(tasks, "recognise_company", type("Q", (), {"enqueue": staticmethod(queued.append)}))
    add(link(WORKS))
    add(link(OTHER))
    mason = cast.organisations["mason"].pk
    assert queued == [mason]
    assert Wanted.objects.filter(organisation=mason).exists()
    recognise(cast, "mason")
    assert not Wanted.objects.exists()
    hooks.tell("chain.links_saved", organisation_id=mason, now=NOW)
    assert queued == [mason, mason]


def test_everything_again_keeps_what_people_decided_and_counts_its_progress(cast, add):
    add(link(WORKS))
    add(link(BARE), by="rival")
    recognise(cast)
    services.answer_question(actor=assessor(cast), question_id=Question.objects.get().pk, answer="same", now=NOW)
    run = services.start_run(actor=assessor(cast), now=NOW)
    from toetssteen.sites.recognition import runs

    runs.recognise_everything(run.pk, now=NOW, today=TODAY, said=lambda: NOW)
    run.refresh_from_db()
    assert (run.total, run.done, run.finished_at, run.asked) == (2, 2, NOW, 0)
    assert mention(cast, "granite").how == "secretariat"
