"""The pages of the order: what a move asks, what is said when it is odd, and how one goes on to the next year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.cast import NOW
from tests.reporting import world
from tests.risks.test_facts import risk
from toetssteen.core.frameworks.rules import ScaleDimension
from toetssteen.covenant.queries import pack_of
from toetssteen.risks import earlier, queries, services, steps
from toetssteen.risks.models import Move, Risk, RiskSource
from toetssteen.supplychain.models import ChainLink


@pytest.fixture
def pack(cast):
    return pack_of(cast.years[1])


@pytest.fixture
def three(cast):
    """Three rated risks: A 5/4, B 5/2, C 3/5."""
    return [
        risk(cast, theme="ohs", scores=(5, 2, 1), likelihood=4),
        risk(cast, theme="child_labour", scores=(1, 5, 1), likelihood=2),
        risk(cast, theme="living_wage", scores=(3, 3, 3), likelihood=5),
    ]


@pytest.fixture
def editor(cast, client):
    cast.sign_in(client, "editor")
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def move(cast, pack, row, reason="", up=True):
    services.move_risk(actor=cast.actor("editor"), risk_id=row.pk, up=up, reason=reason, pack=pack, now=NOW)


def test_the_question_names_the_risk_that_is_passed_and_the_reason_is_about_that_one(cast, pack, editor, three):
    a, b, c = three
    address = reverse("risk_move", args=[c.pk]) + "?to=up"
    page = text(editor.get(address))
    assert "C Leefbaar loon boven B Kinderarbeid" in page
    assert f'name="passed" value="{b.pk}"' in page
    Risk.objects.filter(pk=b.pk).update(likelihood=5)  # somebody rated meanwhile: A now stands between them
    page = text(editor.post(address, {"reason": "De vakbond vroeg dit.", "passed": b.pk}))
    assert not Move.objects.exists()
    assert "De volgorde is intussen veranderd" in page
    assert "De vakbond vroeg dit." in page, "nothing that was entered is lost"
    assert f'name="passed" value="{a.pk}"' in page
    editor.post(address, {"reason": "De vakbond vroeg dit.", "passed": a.pk})
    assert Move.objects.get().passed == a
    page = text(editor.get(reverse("risk_year", args=[1])))
    assert re.search(r"<b>B Leefbaar loon boven C [^<]+</b>", page)


def test_at_the_end_of_the_order_there_is_nothing_to_ask(editor, three):
    answer = editor.get(reverse("risk_move", args=[three[0].pk]) + "?to=up")
    assert answer.url == reverse("risk_year", args=[1])


def test_following_severity_again_is_asked_first(cast, pack, editor, three):
    move(cast, pack, three[2], "De vakbond vroeg dit.")
    address = reverse("risk_order_reset", args=[1])
    assert f'href="{address}"' in text(editor.get(reverse("risk_year", args=[1])))
    assert "De ernst weer volgen?" in text(editor.get(address))
    assert Move.objects.get().undone_at is None
    editor.post(address)
    assert Move.objects.get().undone_at is not None
    assert "De vakbond vroeg dit." in text(editor.get(reverse("risk_year", args=[1])))


class Operable(HTMLParser):
    """The links and buttons that the keyboard reaches by itself, and anything that only a pointer could use."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.buttons: list[tuple[str, str, str]] = []
        self.pointer_only: list[str] = []
        self._form = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self._form = at.get("action", "")
        elif tag == "a" and at.get("href"):
            self.links.append(at["href"])
        elif tag == "button" and at.get("type", "submit") == "submit":
            self.buttons.append((self._form, at.get("name", ""), at.get("value", "")))
        if "draggable" in at or "onclick" in at or at.get("tabindex", "0") not in ("0", "-1"):
            self.pointer_only.append(tag)
        if tag in ("a", "button") and at.get("tabindex") == "-1":
            self.pointer_only.append(tag)


def test_matrix_and_list_need_no_pointer(editor, three):
    """Every risk of the matrix is a link to its row; every move is a button of a plain form."""
    found = Operable(text(editor.get(reverse("risk_year", args=[1]))))
    assert found.pointer_only == []
    a, b, c = three
    for row in three:
        assert f"#r{row.pk}" in found.links
        assert reverse("risk_detail", args=[row.pk]) in found.links
    moves = {(form, value) for form, name, value in found.buttons if name == "to"}
    assert moves == {
        (reverse("risk_move", args=[a.pk]), "down"),
        (reverse("risk_move", args=[b.pk]), "up"),
        (reverse("risk_move", args=[b.pk]), "down"),
        (reverse("risk_move", args=[c.pk]), "up"),
    }


def test_the_secretariat_is_not_told_to_move_what_it_only_reads(cast, client):
    """A 4 and C 3 stand as rated; B 2 went above A with a reason and back below A, but stays above C without one."""
    rows = [risk(cast, theme="ohs", scores=(n, n, n), likelihood=3) for n in (4, 2, 3)]
    a, b, _c = rows
    about = {"organisation": a.organisation, "year_number": 1, "up": True, "moved_at": NOW}
    Move.objects.create(**about, risk=b, passed=a, reason="De vakbond vroeg dit.")
    Move.objects.create(**about, risk=a, passed=b)
    for share, row in zip((30, 10, 20), (a, rows[2], b), strict=True):
        Risk.objects.filter(pk=row.pk).update(chain=world.chain(cast, "mason", share_of_volume=share))
    cast.sign_in(client, "editor")
    page = text(client.get(reverse("risk_year", args=[1])))
    assert "Deze volgorde is die van het volume." in page
    assert "Kijk opnieuw naar ernst en kans" in page
    assert "1 risico staat zonder reden anders dan ernst en kans vragen. (B)" in page
    assert "Verplaats het met een reden" in page
    cast.sign_in(client, "assessor")
    page = text(client.get(reverse("company_risks_year", args=[a.organisation_id, 1])))
    assert "Deze volgorde is die van het volume." in page
    assert "1 risico staat zonder reden anders dan ernst en kans vragen. (B)" in page
    assert "Kijk opnieuw naar ernst en kans" not in page
    assert "Verplaats" not in page


def test_after_handing_in_the_next_year_is_one_click_away(cast, editor, three, settings):
    """From the menu to last year's risks by links alone."""
    settings.DEMO_TODAY = NOW.date().isoformat()
    start = reverse("risk_list")
    assert reverse("risk_year", args=[2]) not in Operable(text(editor.get(start))).links
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.submit(cast, report)
    page = text(editor.get(start))
    assert "Nu doen: Ga verder met de risico" in page
    assert reverse("risk_year", args=[2]) in Operable(page).links
    page = text(editor.get(reverse("risk_year", args=[2])))
    assert reverse("risk_carry", args=[2]) in Operable(page).links


def test_a_reader_finds_the_next_year_too_and_is_asked_nothing(cast, client, three):
    report = world.open_report(cast)
    world.answer_all(cast, report)
    world.submit(cast, report)
    cast.sign_in(client, "reader")
    page = text(client.get(reverse("risk_year", args=[1])))
    assert reverse("risk_year", args=[2]) in Operable(page).links
    assert "Nu doen" not in page


def test_the_reason_of_a_rating_says_what_it_earns_and_is_among_what_is_left(cast, pack, editor, three):
    question = next(q for q in pack.framework.questions.values() if q.derived_from == "risks.severity_complete_share")
    assert f"hoogstens {question.max_points}" in text(editor.get(reverse("risk_rate", args=[three[0].pk])))
    page = text(editor.get(reverse("risk_year", args=[1])))
    assert "Zeg waarom u de risico’s A, B en C zo beoordeelde" in page
    Risk.objects.update(severity_reason="Gezien.")
    assert "Zeg waarom u" not in text(editor.get(reverse("risk_year", args=[1])))


def test_saying_ones_part_leaves_a_changed_risk_to_be_looked_at_again(cast, pack, three):
    actor, mason = cast.actor("editor"), cast.organisations["mason"].pk
    fates = {row.pk: services.Fate("changed", "Another village.") for row in three}
    new = services.carry_over(actor=actor, organisation_id=mason, year_number=2, fates=fates, now=NOW)
    a, b, c = (new[row.pk] for row in three)

    def waiting():
        board = queries.board_of(actor, mason, 2, pack)
        found = steps.next_steps(board, pack, NOW.date(), waiting=0, proposed=0, aimed_at=())
        return {row.risk.pk for step in found if step.what == "look_again" for row in step.rows}

    assert waiting() == {a, b, c}
    services.say_part(actor=actor, risk_id=a, involvement="cause", row_version=None, now=NOW)
    assert waiting() == {a, b, c}
    services.rate_risk(actor=actor, risk_id=b, scores={}, likelihood=2, reason="", row_version=None, pack=pack, now=NOW)
    services.save_risk(
        actor=actor, organisation_id=mason, year_number=2, risk_id=c, row_version=None, pack=pack, now=NOW,
        data=services.RiskData("living_wage", False, "Adapted"),
    )  # fmt: skip
    assert waiting() == {a}


def test_last_year_is_told_by_its_own_scale_and_a_score_that_left_the_scale_waits(cast, pack, editor, three):
    """This year the scale ends at 4 and the mean counts: last year's five stays five, this year's is unrated."""
    assert pack.severity is not None
    short = [ScaleDimension(d.id, d.text, d.min, 4, {}) for d in pack.severity.dimensions]
    other = replace(pack, severity=replace(pack.severity, method="mean", dimensions=tuple(short)))
    actor, mason = cast.actor("editor"), cast.organisations["mason"].pk
    fates = {row.pk: services.Fate("same") for row in three}
    new = services.carry_over(actor=actor, organisation_id=mason, year_number=2, fates=fates, now=NOW)
    now = queries.board_of(actor, mason, 2, other)
    assert [(row.risk.pk, row.severity) for row in now.rows] == [
        (new[three[2].pk], 3), (new[three[0].pk], None), (new[three[1].pk], None),
    ]  # fmt: skip
    rows = earlier.since_last_year(actor, mason, 2, pack, now)
    assert [(row.then.letter, row.then.severity, row.is_rated_anew) for row in rows] == [
        ("A", 5, True), ("B", 5, True), ("C", 3, False),
    ]  # fmt: skip


def test_known_places_of_the_chains_are_offered_and_another_may_be_written(cast, editor):
    chain, theirs = world.chain(cast, "mason"), world.chain(cast, "granite")
    ChainLink.objects.filter(chain=chain).delete()
    ChainLink.objects.create(chain=chain, level="quarries", state="known", name="Pit <7>", place="Kota")
    ChainLink.objects.create(chain=chain, level="quarry_areas", state="asked", name="")
    ChainLink.objects.filter(chain=theirs).update(name="SECRET-OF-GRANITE-HOUSE", state="known")
    page = text(editor.get(reverse("risk_add", args=[1])))
    assert 'list="site_text_known"' in page
    assert '<option value="Pit &lt;7&gt;, Kota"></option>' in page
    assert "SECRET-OF-GRANITE-HOUSE" not in page
    editor.post(reverse("risk_add", args=[1]), {"theme": "ohs", "is_actual": "no", "site_text": "The yard behind it"})
    assert Risk.objects.get().site_text == "The yard behind it"


def test_an_old_version_is_never_written_over_and_what_was_entered_stays(cast, editor, three):
    row = three[0]
    RiskSource.objects.create(risk=row, kind="site visit", said_on=dt.date(2020, 5, 1), noted_at=NOW)
    Risk.objects.filter(pk=row.pk).update(row_version=7)
    page = text(editor.post(reverse("risk_detail", args=[row.pk]), {"involvement": "cause", "row_version": 3}))
    assert "intussen" in page
    assert re.search(r'value="cause"[^>]*checked', page), "the choice that was made stays chosen"
    shown = re.search(r'name="row_version" value="(\d+)"', page)
    assert shown
    editor.post(reverse("risk_detail", args=[row.pk]), {"involvement": "cause", "row_version": shown[1]})
    row.refresh_from_db()
    assert row.involvement == "cause", "who saw both can save again"
