"""Noting, rating, ordering and proposing risks, as a company does it and as nobody else may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.cast import NOW, TODAY
from tests.reporting import world
from tests.risks.test_facts import risk
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused, StaleRow
from toetssteen.risks import policies, proposals, queries, services
from toetssteen.risks.models import Move, Rejection, Risk, RiskSource, StakeholderView

SECRET = "SECRET-OF-GRANITE-HOUSE"
EMPTY = {"scale": None, "scope": None, "irremediable": None}


@pytest.fixture
def pack(cast):
    return pack_of(cast.years[1])


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def three(cast):
    """Three rated risks: A 5/4, B 5/2, C 3/5."""
    return [
        risk(cast, scores=(5, 2, 1), likelihood=4),
        risk(cast, scores=(1, 5, 1), likelihood=2),
        risk(cast, scores=(3, 3, 3), likelihood=5),
    ]


def letters(cast, pack, who="editor"):
    board = queries.board_of(cast.actor(who), cast.organisations["mason"].pk, 1, pack)
    return [row.risk.pk for row in board.rows], board


def save(cast, pack, who="editor", pk=None, version=None, **fields):
    data = services.RiskData(**{"theme": "child_labour", "is_actual": False, **fields})
    return services.save_risk(
        actor=cast.actor(who), organisation_id=cast.organisations["mason"].pk, year_number=1, risk_id=pk, data=data,
        row_version=version, pack=pack, now=NOW,
    )  # fmt: skip


def move(cast, pack, row, up=True, reason="", who="editor"):
    return services.move_risk(actor=cast.actor(who), risk_id=row.pk, up=up, reason=reason, pack=pack, now=NOW)


def test_severity_comes_first_then_likelihood_and_the_unrated_last(cast, pack, three):
    unrated = risk(cast)
    order, board = letters(cast, pack)
    assert order == [three[0].pk, three[1].pk, three[2].pk, unrated.pk]
    assert board.rows[3].severity is None
    assert not board.is_chosen


def test_a_move_against_the_order_needs_a_reason_that_is_kept(cast, pack, three):
    with pytest.raises(ValidationError):
        move(cast, pack, three[2])
    assert letters(cast, pack)[0] == [row.pk for row in three], "nothing moved without a reason"
    move(cast, pack, three[2], reason="The union asked for it.")
    order, board = letters(cast, pack)
    assert order == [three[0].pk, three[2].pk, three[1].pk]
    kept = Move.objects.get()
    assert (kept.risk, kept.passed, kept.reason) == (three[2], three[1], "The union asked for it.")
    assert (kept.moved_by, kept.moved_at) == (cast.people["editor"], NOW)
    assert board.is_chosen
    assert board.unexplained == ()
    move(cast, pack, three[2], up=False)  # back with severity: nobody asks why
    order, board = letters(cast, pack)
    assert order == [row.pk for row in three]
    assert not board.is_chosen
    kept = Move.objects.get()
    assert (kept.reason, kept.undone_by, kept.undone_at) == ("The union asked for it.", cast.people["editor"], NOW)


def test_a_move_is_undone_and_stays_on_record(cast, pack, three):
    move(cast, pack, three[2], reason="The union asked for it.")
    kept = Move.objects.get()
    undo = {"actor": cast.actor("editor"), "risk_id": three[2].pk, "move_id": kept.pk, "now": NOW}
    assert letters(cast, pack)[1].stands(kept)
    with pytest.raises(Refused):
        services.undo_move(**(undo | {"actor": cast.actor("rival")}))
    services.undo_move(**undo)
    order, board = letters(cast, pack)
    assert order == [row.pk for row in three]
    (kept,) = board.moves
    assert (kept.reason, kept.undone_by, board.stands(kept)) == (
        "The union asked for it.", cast.people["editor"], False,
    )  # fmt: skip
    with pytest.raises(Refused):
        services.undo_move(**undo)


def rate(cast, pack, row, scale, likelihood=3, reason="Seen."):
    return services.rate_risk(
        actor=cast.actor("editor"), risk_id=row.pk, scores={**EMPTY, **dict.fromkeys(EMPTY, scale)},
        likelihood=likelihood, reason=reason, row_version=None, pack=pack, now=NOW,
    )  # fmt: skip


def test_every_risk_that_is_passed_against_severity_asks_for_its_own_reason(cast, pack, three):
    """C (3/5) passes B (5/2) with a reason; to pass A (5/4) too it needs another."""
    a, b, c = three
    move(cast, pack, c, reason="The union asked for it.")
    with pytest.raises(ValidationError):
        move(cast, pack, c)
    assert letters(cast, pack)[0] == [a.pk, c.pk, b.pk]
    move(cast, pack, c, reason="A child was hurt there.")
    order, board = letters(cast, pack)
    assert order == [c.pk, a.pk, b.pk]
    assert board.unexplained == ()
    assert [(m.risk, m.passed, m.reason) for m in board.moves] == [
        (c, b, "The union asked for it."), (c, a, "A child was hurt there."),
    ]  # fmt: skip


def test_a_risk_that_is_rated_later_stands_where_its_rating_puts_it(cast, pack, three):
    """C above B with a reason; an unrated D; then D is rated 5/5 and comes first, and no reason is missing."""
    a, b, c = three
    late = risk(cast)
    move(cast, pack, c, reason="The union asked for it.")
    assert letters(cast, pack)[0] == [a.pk, c.pk, b.pk, late.pk]
    rate(cast, pack, late, 5, 5)
    order, board = letters(cast, pack)
    assert order == [late.pk, a.pk, c.pk, b.pk]
    assert board.unexplained == ()
    rate(cast, pack, a, 2)  # nobody moved A: it goes where its new rating puts it
    assert letters(cast, pack)[0] == [late.pk, c.pk, b.pk, a.pk]


def test_what_is_unrated_or_equal_moves_without_a_reason_and_pins_nothing(cast, pack, three):
    late = risk(cast)
    move(cast, pack, late)
    order, board = letters(cast, pack)
    assert order == [three[0].pk, three[1].pk, late.pk, three[2].pk]
    assert board.moves == (), "nothing to explain"
    rate(cast, pack, late, 1)
    order, board = letters(cast, pack)
    assert order == [*(row.pk for row in three), late.pk]
    assert (board.is_chosen, board.unexplained) == (False, ())


def test_a_reason_is_not_used_for_another_risk_that_came_to_stand_there(cast, pack, three):
    with pytest.raises(Refused):
        services.move_risk(
            actor=cast.actor("editor"), risk_id=three[2].pk, up=True, reason="Why", pack=pack,
            passed_id=three[0].pk, now=NOW,
        )  # fmt: skip
    assert not Move.objects.exists()


def test_following_severity_again_undoes_every_move_and_keeps_the_reasons(cast, pack, three):
    move(cast, pack, three[2], reason="The union asked for it.")
    services.reset_order(
        actor=cast.actor("editor"), organisation_id=cast.organisations["mason"].pk, year_number=1, now=NOW
    )
    order, board = letters(cast, pack)
    assert order == [row.pk for row in three]
    (kept,) = board.moves
    assert (kept.reason, kept.undone_by) == ("The union asked for it.", cast.people["editor"])


def test_a_list_in_the_order_of_volume_is_questioned_and_volume_never_ranks(cast, pack):
    shares = (40, 30, 20, 10)
    chains = [world.chain(cast, "mason", share_of_volume=share) for share in shares]
    for chain, likelihood in zip(chains, (5, 4, 3, 2), strict=True):
        risk(cast, chain=chain, scores=(4, 4, 4), likelihood=likelihood)
    assert letters(cast, pack)[1].like_volume
    Risk.objects.filter(chain=chains[3]).update(scale=5)
    order, board = letters(cast, pack)
    assert order[0] == Risk.objects.get(chain=chains[3]).pk, "the smallest volume is the gravest"
    assert not board.like_volume


def test_a_rating_stays_open_until_somebody_gives_it_and_a_stale_one_is_refused(cast, pack):
    row = save(cast, pack, description="Dust")
    assert (row.scale, row.likelihood, row.prioritised_by) == (None, None, "")
    rate = {"actor": cast.actor("editor"), "risk_id": row.pk, "pack": pack, "now": NOW}
    row = services.rate_risk(
        **rate, scores={**EMPTY, "scale": 5}, likelihood=None, reason="Seen.", row_version=row.row_version
    )
    assert (row.scale, row.scope, queries.severity_of(row, pack)) == (5, None, None)
    with pytest.raises(StaleRow):
        services.rate_risk(**rate, scores=EMPTY, likelihood=1, reason="", row_version=row.row_version - 1)
    with pytest.raises(ValidationError):
        services.rate_risk(**rate, scores={**EMPTY, "scope": 6}, likelihood=1, reason="", row_version=None)


def test_a_removed_risk_no_longer_counts_and_comes_back_whole(cast, pack, three):
    services.remove_risk(actor=cast.actor("editor"), risk_id=three[0].pk, now=NOW)
    facts = queries.risk_facts(cast.organisations["mason"].pk, pack, cast.years[1])
    assert facts["risks.count"] == 2
    assert three[0].pk not in letters(cast, pack)[0]
    with pytest.raises(Refused):
        services.restore_risk(actor=cast.actor("rival"), risk_id=three[0].pk, now=NOW)
    services.restore_risk(actor=cast.actor("editor"), risk_id=three[0].pk, now=NOW)
    assert letters(cast, pack)[0][0] == three[0].pk
    verbs = list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-2:] == ["risks.remove_risk", "risks.restore_risk"]


@pytest.mark.parametrize("who", ["reader", "rival", "assessor", "authority", "union", "operator"])
def test_nobody_else_changes_the_risks_of_a_company(cast, pack, three, who):
    mason, actor = cast.organisations["mason"].pk, cast.actor(who)
    deeds = [
        lambda: save(cast, pack, who, description="Mine now"),
        lambda: save(cast, pack, who, pk=three[0].pk),
        lambda: move(cast, pack, three[2], reason="Because", who=who),
        lambda: services.remove_risk(actor=actor, risk_id=three[0].pk, now=NOW),
        lambda: services.reset_order(actor=actor, organisation_id=mason, year_number=1, now=NOW),
        lambda: services.record_view(
            actor=actor, organisation_id=mason, year_number=1, data=services.ViewData("x", TODAY, "x"), now=NOW
        ),
        lambda: reject(cast, pack, "profile:rp-01", who),
        lambda: services.say_part(actor=actor, risk_id=three[0].pk, involvement="cause", row_version=None, now=NOW),
        lambda: services.save_source(
            actor=actor, risk_id=three[0].pk, source_id=None, data=services.SourceData("stakeholder"), now=NOW
        ),
        lambda: services.carry_over(actor=actor, organisation_id=mason, year_number=2, fates={}, now=NOW),
    ]
    before = list(Risk.with_removed.values_list())
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert list(Risk.with_removed.values_list()) == before
    assert not (Move.objects.exists())
    assert not (StakeholderView.objects.exists())
    assert not (Rejection.objects.exists())
    assert not (RiskSource.objects.exists())


def test_chains_and_evidence_of_another_company_cannot_be_tied(cast, pack):
    theirs = world.chain(cast, "granite", trade_name=SECRET)
    with pytest.raises(ValidationError):
        save(cast, pack, chain_ids=(theirs.pk,))
    assert not Risk.objects.exists()


def reject(cast, pack, key, who="editor", reason="We visited: not there."):
    return services.reject_proposal(
        actor=cast.actor(who), organisation_id=cast.organisations["mason"].pk, year=cast.years[1], key=key,
        reason=reason, pack=pack, today=TODAY, now=NOW,
    )  # fmt: skip


def confirm(cast, pack, key, year=1):
    return services.confirm_proposal(
        actor=cast.actor("editor"), organisation_id=cast.organisations["mason"].pk, year=cast.years[year], key=key,
        pack=pack, language="en", today=TODAY, now=NOW,
    )  # fmt: skip


def found(cast, pack, year=1, today=TODAY):
    mason = cast.organisations["mason"].pk
    rows = proposals.proposals_of(cast.actor("editor"), mason, cast.years[year], pack, today)
    return {row.key: row for row in rows}


def test_profiles_propose_what_is_reported_for_open_chains_only(cast, pack):
    world.chain(cast, "mason", material="granite", extraction_country="IN", processing_country="IN")
    world.chain(
        cast, "mason", material="granite", extraction_country="BR", processing_country="BR", closed_on=TODAY,
        share_of_volume=None,
    )  # fmt: skip
    world.chain(cast, "granite", extraction_country="ZW", processing_country="ZW", trade_name=SECRET)
    rows = found(cast, pack)
    countries = {row.profile.country for row in rows.values()}
    assert "IN" in countries
    assert countries <= {"IN", "ALL"}
    old = {key for key, row in found(cast, pack, today=dt.date(2022, 9, 1)).items() if row.is_old}
    assert "profile:rp-09" in old
    assert "profile:rp-02" not in old


def test_a_confirmed_profile_is_a_possible_and_unrated_risk(cast, pack):
    chain = world.chain(cast, "mason", material="granite", extraction_country="IN", processing_country="IN")
    row = confirm(cast, pack, "profile:rp-09")
    assert (row.theme, row.country, row.chain, row.is_actual) == ("forced_labour", "IN", chain, False)
    assert (row.scale, row.scope, row.irremediable, row.likelihood, row.involvement) == (None, None, None, None, "")
    assert row.found_on == dt.date(2017, 8, 1)
    (source,) = row.sources.all()
    assert (source.kind, source.said_on, source.profile) == (row.source_kind, dt.date(2017, 8, 1), "rp-09")
    assert "profile:rp-09" not in found(cast, pack)
    with pytest.raises(Refused):
        confirm(cast, pack, "profile:rp-09")


def test_a_rejection_is_remembered_with_its_reason_and_can_be_undone(cast, pack):
    world.chain(cast, "mason", material="granite", extraction_country="IN", processing_country="IN")
    with pytest.raises(ValidationError):
        reject(cast, pack, "profile:rp-09", reason="  ")
    reject(cast, pack, "profile:rp-09")
    assert found(cast, pack)["profile:rp-09"].rejection.reason == "We visited: not there."
    assert found(cast, pack, year=2)["profile:rp-09"].rejection is not None, "next year too"
    services.undo_rejection(
        actor=cast.actor("editor"), organisation_id=cast.organisations["mason"].pk, year=cast.years[1],
        key="profile:rp-09", now=NOW,
    )  # fmt: skip
    assert found(cast, pack)["profile:rp-09"].rejection is None


def test_last_years_risks_are_asked_again_and_stay_as_they_were(cast, pack, three):
    key = f"earlier:{three[0].pk}"
    assert key in found(cast, pack, year=2)
    copy = confirm(cast, pack, key, year=2)
    assert (copy.year_number, copy.carried_from, copy.scale, copy.likelihood) == (2, three[0], 5, 4)
    assert key not in found(cast, pack, year=2)
    services.rate_risk(
        actor=cast.actor("editor"), risk_id=copy.pk, scores={**EMPTY, "scale": 1}, likelihood=1, reason="Better.",
        row_version=None, pack=pack, now=NOW,
    )  # fmt: skip
    assert letters(cast, pack)[0] == [row.pk for row in three]


def test_risks_of_a_report_that_was_handed_in_stay_as_they_were(cast, pack, three):
    assert policies.year_open(cast.organisations["mason"].pk, 1)
    report = world.open_report(cast)
    world.answer_all(cast, report, "largely")
    world.submit(cast, report)
    for deed in (
        lambda: save(cast, pack, pk=three[0].pk, description="Rewritten"),
        lambda: move(cast, pack, three[2], reason="Later"),
        lambda: services.remove_risk(actor=cast.actor("editor"), risk_id=three[0].pk, now=NOW),
    ):
        with pytest.raises(Refused, match="handed in"):
            deed()
    assert Risk.objects.get(pk=three[0].pk).description == ""
