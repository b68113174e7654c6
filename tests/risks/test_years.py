"""Last year's risks in this year: carried over in one act, explained beside last year, and what stakeholders said."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from tests.cast import NOW, TODAY
from tests.reporting import world
from tests.risks.test_facts import risk
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import hooks
from toetssteen.foundation.pages import Refused
from toetssteen.plans.models import Objective, Plan
from toetssteen.risks import earlier, proposals, queries, services
from toetssteen.risks.models import Move, Rejection, Risk, RiskSource, StakeholderView
from toetssteen.risks.presentation import why

SECRET = "SECRET-OF-GRANITE-HOUSE"


@pytest.fixture
def pack(cast):
    return pack_of(cast.years[1])


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def three(cast):
    """Last year's: A 5/4, B 5/2, C 3/5; the first with two sources."""
    rows = [
        risk(cast, scores=(5, 2, 1), likelihood=4, theme="ohs"),
        risk(cast, scores=(1, 5, 1), likelihood=2, theme="child_labour"),
        risk(cast, scores=(3, 3, 3), likelihood=5, theme="living_wage"),
    ]
    RiskSource.objects.create(risk=rows[0], kind="site visit", said_on=TODAY, text="Dust", noted_at=NOW)
    RiskSource.objects.create(risk=rows[0], kind="worker voice", text="Cough", noted_at=NOW)
    return rows


def carry(cast, fates, who="editor"):
    return services.carry_over(
        actor=cast.actor(who), organisation_id=cast.organisations["mason"].pk, year_number=2, fates=fates, now=NOW
    )


def test_last_years_risks_go_on_change_or_end_in_one_act(cast, three, monkeypatch):
    a, b, c = three
    fates = {
        a.pk: services.Fate("same"),
        b.pk: services.Fate("changed", "They moved to another village."),
        c.pk: services.Fate("ended", "We left this supplier."),
    }
    told = []
    monkeypatch.setitem(hooks._answers, "risks.carried", [lambda **about: told.append(about["carried"])])
    new = carry(cast, fates)
    assert set(new) == {a.pk, b.pk}
    assert told == [new]
    first, second = Risk.objects.get(pk=new[a.pk]), Risk.objects.get(pk=new[b.pk])
    assert (first.year_number, first.scale, first.likelihood, first.carried_from) == (2, 5, 4, a)
    assert [row.text for row in first.sources.order_by("pk")] == ["Dust", "Cough"]
    assert (second.carried_as, second.carried_note) == ("changed", "They moved to another village.")
    assert Rejection.objects.get().reason == "We left this supplier."
    assert queries.carried_to([row.pk for row in three], 2) == new
    mason = cast.organisations["mason"].pk
    assert proposals.to_carry(cast.actor("editor"), mason, 2) == []
    assert carry(cast, fates) == {}, "once is enough"
    services.remove_risk(actor=cast.actor("editor"), risk_id=new[a.pk], now=NOW)
    assert proposals.to_carry(cast.actor("editor"), mason, 2) == [a], "what was removed is asked again"


@pytest.mark.parametrize("fate", [("changed", " "), ("ended", ""), ("sold", "x")])
def test_nothing_is_carried_where_one_reason_is_missing(cast, three, fate):
    with pytest.raises(ValidationError):
        carry(cast, {three[0].pk: services.Fate("same"), three[1].pk: services.Fate(*fate)})
    assert not Risk.objects.filter(year_number=2).exists()
    assert not Rejection.objects.exists()


def test_risks_of_another_company_are_never_carried(cast, three):
    theirs = risk(cast, firm="granite", theme="ohs", description=SECRET)
    assert carry(cast, {theirs.pk: services.Fate("same")}) == {}
    with pytest.raises(Refused):
        carry(cast, {theirs.pk: services.Fate("same")}, who="reader")
    with pytest.raises(Refused):
        carry(cast, {three[0].pk: services.Fate("ended", "Gone")}, who="rival")
    assert not Risk.objects.filter(year_number=2).exists()


def test_goals_follow_the_risks_that_are_carried_later(cast, three):
    """The plan of this year was begun with last year's risks; afterwards the risks are taken along."""
    plan = Plan.objects.create(organisation=cast.organisations["mason"], year=cast.years[2])
    goal = Objective.objects.create(plan=plan, risk=three[0], theme="ohs", text="Water at every saw")
    new = carry(cast, {three[0].pk: services.Fate("same")})
    goal.refresh_from_db()
    assert goal.risk_id == new[three[0].pk]
    ((pk, ((text, address),)),) = queries.goals_of(cast.actor("editor"), list(new.values())).items()
    assert (pk, text) == (goal.risk_id, "Water at every saw")
    assert address
    assert queries.goals_of(cast.actor("rival"), list(new.values())) == {}


def test_last_year_is_explained_beside_this_year(cast, pack, three):
    """By hand: C was third, is rated 5/5 now and comes first; A and B move down; B is put above A with a reason."""
    a, b, c = three
    new = carry(cast, {row.pk: services.Fate("same") for row in (a, b, c)})
    mason, editor = cast.organisations["mason"].pk, cast.actor("editor")
    Risk.objects.filter(pk=new[c.pk]).update(scale=5, severity_reason="Payslips seen.")
    Move.objects.create(
        organisation=cast.organisations["mason"], year_number=2, risk_id=new[b.pk], passed_id=new[a.pk], up=True,
        reason="The union asked.", moved_at=NOW,
    )  # fmt: skip
    board = queries.board_of(editor, mason, 2, pack)
    rows = earlier.since_last_year(editor, mason, 2, pack, board)
    assert [(row.then.letter, row.now.letter) for row in rows] == [("A", "C"), ("B", "B"), ("C", "A")]
    assert why(rows[0], pack) == ["Rated as last year; others came, left or moved."]
    assert why(rows[1], pack) == ["Moved: The union asked."]
    assert why(rows[2], pack) == [
        "Rated anew: was severity 3, likelihood 5, now severity 5, likelihood 5.", "Payslips seen.",
    ]  # fmt: skip
    assert earlier.since_last_year(cast.actor("rival"), mason, 2, pack, board) == ()
    assert queries.board_of(cast.actor("rival"), mason, 2, pack).rows == ()


def view(cast, said="Wages first.", **fields):
    data = services.ViewData(**{"who": "Local union", "said_on": TODAY, "said": said, **fields})
    return services.record_view(
        actor=cast.actor("editor"), organisation_id=cast.organisations["mason"].pk, year_number=1, data=data, now=NOW
    )


def test_a_view_is_corrected_with_its_history_and_removed_and_brought_back(cast, pack):
    editor, mason = cast.actor("editor"), cast.organisations["mason"].pk
    old = view(cast)
    new = services.correct_view(
        actor=editor, view_id=old.pk, data=services.ViewData("Local union", TODAY, "Dust first."), now=NOW
    )
    assert [row.said for row in queries.board_of(editor, mason, 1, pack).views] == ["Dust first."]
    assert queries.earlier_views(editor, [new]) == {new.pk: old}
    assert queries.removed_views(editor, 1) == [], "replaced is not removed"
    services.remove_view(actor=editor, view_id=new.pk, now=NOW)
    assert queries.board_of(editor, mason, 1, pack).views == ()
    assert queries.removed_views(editor, 1) == [new]
    with pytest.raises(Refused):
        services.restore_view(actor=editor, view_id=old.pk, now=NOW)
    for who in ("rival", "reader", "assessor"):
        with pytest.raises(Refused):
            services.restore_view(actor=cast.actor(who), view_id=new.pk, now=NOW)
    services.restore_view(actor=editor, view_id=new.pk, now=NOW)
    assert queries.board_of(editor, mason, 1, pack).views == (new,)
    assert StakeholderView.objects.count() == 2


def test_the_act_by_its_page(cast, client, three):
    cast.sign_in(client, "editor")
    risk(cast, firm="granite", theme="ohs", description=SECRET)
    address = reverse("risk_carry", args=[2])
    page = client.get(address).content.decode()
    assert page.count("Nog zoals het was") == 3
    assert SECRET not in page
    given = {f"what_{row.pk}": "same" for row in three} | {f"what_{three[2].pk}": "ended"}
    page = client.post(address, given).content.decode()
    assert "Zeg in een paar woorden wat er veranderd is" in page
    assert not Risk.objects.filter(year_number=2).exists()
    words = {f"note_{three[0].pk}": "Er is nu water.", f"note_{three[2].pk}": "Wij kopen er niet meer."}
    page = client.post(address, {**given, **words}).content.decode()
    assert "U schreef dat er iets veranderd is" in page, "words beside an unchanged risk are never lost"
    assert not Risk.objects.filter(year_number=2).exists()
    client.post(address, {**given, f"note_{three[2].pk}": "Wij kopen er niet meer."})
    assert Risk.objects.filter(year_number=2).count() == 2
    page = client.get(reverse("risk_year", args=[2])).content.decode()
    assert "Vorig jaar naast nu" in page
    assert "Speelt niet meer: Wij kopen er niet meer." in page
    assert client.get(address).status_code == 302, "nothing waits any more"


def test_a_filed_year_is_closed_for_carrying_and_views(cast, three):
    report = world.open_report(cast)
    world.answer_all(cast, report)
    said = view(cast)
    world.submit(cast, report)
    for deed in (
        lambda: view(cast),
        lambda: services.remove_view(actor=cast.actor("editor"), view_id=said.pk, now=NOW),
        lambda: services.save_source(
            actor=cast.actor("editor"), risk_id=three[0].pk, source_id=None,
            data=services.SourceData("stakeholder"), now=NOW,
        ),
    ):  # fmt: skip
        with pytest.raises(Refused, match="handed in"):
            deed()
