"""Joining, leaving, merging, suspending: dated, and old years stay as they were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.organisations import hooks, queries, services
from toetssteen.organisations.choices import EndReason, OrganisationKind
from toetssteen.organisations.models import Membership, Organisation, SituationPeriod

LATER = dt.datetime(2023, 6, 1, 12, tzinfo=dt.UTC)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def pack(cast: Cast) -> Pack:
    return pack_of(cast.years[1])


def numbers(cast: Cast, pack: Pack) -> dict[int, dict[int, int]]:
    return {n: queries.report_numbers(year, pack) for n, year in cast.years.items()}


def test_each_year_owed_counts_one_up(cast: Cast, pack: Pack) -> None:
    mason = cast.organisations["mason"].pk
    assert [queries.report_year_number(mason, cast.years[n], pack) for n in range(1, 6)] == [1, 2, 3, 4, 5]
    assert queries.report_is_due(mason, cast.years[3], pack)
    assert queries.report_numbers(cast.years[2], pack) == {
        cast.organisations[k].pk: 2 for k in ("mason", "granite", "euro")
    }
    assert queries.due_in(cast.years[2], pack) == {cast.organisations[k].pk for k in ("mason", "granite", "euro")}


def test_others_than_companies_owe_nothing(cast: Cast, pack: Pack) -> None:
    town = cast.organisations["town"].pk
    assert queries.report_year_number(town, cast.years[1], pack) is None
    assert town not in queries.due_in(cast.years[1], pack)


def new_company(cast: Cast, name: str = "Late Stone") -> Organisation:
    facts = services.OrganisationFacts(name=name, kind=OrganisationKind.COMPANY, country="NL")
    return services.create_organisation(actor=cast.actor("coordinator"), facts=facts, now=NOW)


def test_late_joiner_owes_its_first_report_a_year_later(cast: Cast, pack: Pack) -> None:
    late, coordinator = new_company(cast), cast.actor("coordinator")
    services.admit_member(actor=coordinator, organisation_id=late.pk, joined_on=day("2020-07-01"), now=NOW)
    services.declare_situation(
        actor=coordinator, organisation_id=late.pk, situation="C", since_on=day("2020-07-01"), now=NOW
    )
    found = [queries.report_year_number(late.pk, cast.years[n], pack) for n in range(1, 6)]
    assert found == [None, 1, 2, 3, 4]
    assert late.pk in queries.exemptions_in(cast.years[1], pack)
    assert queries.exemption(late.pk, cast.years[1], pack) is not None
    assert queries.exemption(late.pk, cast.years[2], pack) is None


def test_leaving_keeps_what_was_and_ends_what_comes(cast: Cast, pack: Pack) -> None:
    before = numbers(cast, pack)
    mason, coordinator = cast.organisations["mason"], cast.actor("coordinator")
    services.end_membership(
        actor=coordinator, organisation_id=mason.pk, ended_on=day("2022-03-01"), reason=EndReason.LEFT, now=LATER
    )
    after = numbers(cast, pack)
    assert after[1] == before[1]
    assert after[2] == before[2]
    assert mason.pk not in after[3]
    assert mason.pk not in queries.members_on(day("2022-03-01"))
    assert mason.pk in queries.members_on(day("2022-02-28"))
    # coming back goes on counting, and the years away stay empty
    services.admit_member(actor=coordinator, organisation_id=mason.pk, joined_on=day("2022-11-01"), now=LATER)
    again = numbers(cast, pack)
    assert [again[n].get(mason.pk) for n in range(1, 6)] == [1, 2, None, 3, 4]


def test_merger_leaves_each_its_own_history(cast: Cast, pack: Pack) -> None:
    before = numbers(cast, pack)
    granite, mason = cast.organisations["granite"], cast.organisations["mason"]
    services.merge_members(
        actor=cast.actor("coordinator"),
        from_id=granite.pk,
        into_id=mason.pk,
        on=day("2022-01-01"),
        reason="bought",
        now=LATER,
    )
    after = numbers(cast, pack)
    assert after[1] == before[1]
    assert after[2] == before[2]
    assert granite.pk not in after[3]
    assert after[3][mason.pk] == before[3][mason.pk]
    ended = Membership.objects.get(organisation=granite)
    assert (ended.end_reason, ended.merged_into) == (EndReason.MERGED, mason)


def test_suspension_lifts_the_report_of_the_years_it_covers(cast: Cast, pack: Pack) -> None:
    mason, coordinator = cast.organisations["mason"], cast.actor("coordinator")
    services.suspend_member(
        actor=coordinator, organisation_id=mason.pk, from_on=day("2021-08-01"), reason="fee not paid", now=LATER
    )
    services.resume_member(actor=coordinator, organisation_id=mason.pk, until_on=day("2021-11-01"), now=LATER)
    assert [numbers(cast, pack)[n].get(mason.pk) for n in range(1, 6)] == [1, None, 2, 3, 4]


def test_exclusion_needs_a_reason(cast: Cast) -> None:
    mason = cast.organisations["mason"]
    with pytest.raises(Refused, match="reason for the exclusion"):
        services.end_membership(
            actor=cast.actor("coordinator"), organisation_id=mason.pk, ended_on=day("2022-03-01"),
            reason=EndReason.EXCLUDED, note=" ", now=LATER,
        )  # fmt: skip
    assert Membership.objects.get(organisation=mason).ended_on is None


REFUSED: list[tuple[str, Callable[[Cast], object], str]] = [
    ("join twice", lambda c: services.admit_member(
        actor=c.actor("coordinator"), organisation_id=c.organisations["mason"].pk, joined_on=day("2021-01-01"),
        now=LATER), "already takes part"),
    ("end before begin", lambda c: services.end_membership(
        actor=c.actor("coordinator"), organisation_id=c.organisations["mason"].pk, ended_on=day("2019-01-01"),
        reason="left", now=LATER), "before the day on which the organisation joined"),
    ("end by merging without saying into whom", lambda c: services.end_membership(
        actor=c.actor("coordinator"), organisation_id=c.organisations["mason"].pk, ended_on=day("2022-01-01"),
        reason="merged", now=LATER), "Choose why"),
    ("merge into itself", lambda c: services.merge_members(
        actor=c.actor("coordinator"), from_id=c.organisations["mason"].pk, into_id=c.organisations["mason"].pk,
        on=day("2022-01-01"), now=LATER), "into itself"),
    ("merge into another kind", lambda c: services.merge_members(
        actor=c.actor("coordinator"), from_id=c.organisations["mason"].pk, into_id=c.organisations["town"].pk,
        on=day("2022-01-01"), now=LATER), "same kind"),
    ("suspend without reason", lambda c: services.suspend_member(
        actor=c.actor("coordinator"), organisation_id=c.organisations["mason"].pk, from_on=day("2022-01-01"), reason="",
        now=LATER), "reason for the suspension"),
    ("resume what runs", lambda c: services.resume_member(
        actor=c.actor("coordinator"), organisation_id=c.organisations["mason"].pk, until_on=day("2022-01-01"),
        now=LATER), "not suspended"),
    ("too far ahead", lambda c: services.end_membership(
        actor=c.actor("coordinator"), organisation_id=c.organisations["mason"].pk, ended_on=day("2026-01-01"),
        reason="left", now=LATER), "more than a year ahead"),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "sentence"), [(d, s) for _n, d, s in REFUSED], ids=[n for n, _d, _s in REFUSED])
def test_what_cannot_be(cast: Cast, deed: Callable[[Cast], object], sentence: str) -> None:
    rows = list(Membership.objects.order_by("pk").values())
    events = AuditEvent.objects.count()
    with pytest.raises(Refused, match=sentence):
        deed(cast)
    assert list(Membership.objects.order_by("pk").values()) == rows
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("name", ["company_admin", "assessor", "operator", "authority"])
def test_only_coordinators_change_memberships(cast: Cast, name: str) -> None:
    with pytest.raises(Refused, match="Only a coordinator"):
        services.end_membership(
            actor=cast.actor(name), organisation_id=cast.organisations["mason"].pk, ended_on=day("2022-01-01"),
            reason="left", now=LATER,
        )  # fmt: skip
    assert Membership.objects.get(organisation=cast.organisations["mason"]).ended_on is None


@pytest.fixture
def handed_in(cast: Cast, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mason has handed in its report of years 1 and 2."""
    used = [hooks.UsedYear(str(n), cast.years[n].ends_on, pack) for n in (1, 2)]
    mason = cast.organisations["mason"].pk
    monkeypatch.setattr(hooks, "_used_years", [lambda ids: {mason: used} if mason in ids else {}])


@pytest.mark.usefixtures("handed_in")
def test_a_change_may_not_touch_a_year_that_was_handed_in(cast: Cast, pack: Pack) -> None:
    mason, coordinator = cast.organisations["mason"], cast.actor("coordinator")
    before = numbers(cast, pack)
    with pytest.raises(Refused, match="report of year 2"):
        services.end_membership(
            actor=coordinator, organisation_id=mason.pk, ended_on=day("2021-09-30"), reason="left", now=LATER
        )
    with pytest.raises(Refused, match="report of year 1"):
        services.suspend_member(
            actor=coordinator, organisation_id=mason.pk, from_on=day("2020-01-01"), reason="fee", now=LATER
        )
    with pytest.raises(Refused, match="report of year"):
        services.override_situation(
            actor=coordinator,
            organisation_id=mason.pk,
            situation="A",
            since_on=day("2020-01-01"),
            reason="why",
            now=LATER,
        )
    assert numbers(cast, pack) == before
    services.end_membership(
        actor=coordinator, organisation_id=mason.pk, ended_on=day("2021-10-01"), reason="left", now=LATER
    )
    assert numbers(cast, pack)[2] == before[2]


def test_numbers_of_many_companies_take_a_fixed_number_of_queries(cast: Cast, pack: Pack) -> None:
    from django.db import connection

    with CaptureQueriesContext(connection) as few:
        queries.report_numbers(cast.years[1], pack)
    for number in range(5):
        company = Organisation.objects.create(kind="company", reference=f"X{number}", name=f"X{number}")
        Membership.objects.create(organisation=company, joined_on=day("2019-10-01"))
        SituationPeriod.objects.create(
            organisation=company, since_on=day("2019-10-01"), situation="C", origin="declared", recorded_at=NOW
        )
    with CaptureQueriesContext(connection) as many:
        assert len(queries.report_numbers(cast.years[1], pack)) == 8
    assert len(few) == len(many) == 3
