"""Queries that are worked out once give the same rows as ordinary ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from toetssteen.foundation.prepared import attach, prepared
from toetssteen.organisations.models import Appointment, Organisation
from toetssteen.supplychain.models import Chain, ChainLink

pytestmark = pytest.mark.django_db


def _appointments(person_id: int) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(person_id=person_id, ended_at__isnull=True)
    return rows.select_related("organisation").order_by("organisation__name", "role")


def _open_since(organisation_ids: list[int], day: dt.date) -> QuerySet[Any]:
    rows = Chain.objects.filter(organisation_id__in=organisation_ids, opened_on__lte=day)
    return rows.order_by("pk").values_list("pk", "opened_on", "share_of_volume")


def _named(name: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(name=name)


@pytest.fixture
def chains(cast: Cast) -> list[Chain]:
    """Two companies with three chains, and one link per chain but the last."""
    made = []
    for number, name in enumerate(("mason", "mason", "granite")):
        chain = Chain.objects.create(
            organisation=cast.organisations[name], situation="C", material=f"stone-{number}",
            opened_on=dt.date(2020 + number, 1, 1), changed_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
            share_of_volume="12.5",
        )  # fmt: skip
        made.append(chain)
        if number < 2:
            ChainLink.objects.create(chain=chain, level="quarries", state="known", name=f"Quarry {number}")
    return made


def test_rows_are_those_of_the_ordinary_query_for_every_value(cast: Cast) -> None:
    """One shape serves all people: the row of one never answers for another."""
    mine = prepared(_appointments)
    seen = set()
    for person in cast.people.values():
        rows = mine(person.pk)
        assert rows == list(_appointments(person.pk))
        assert {row.person_id for row in rows} <= {person.pk}
        with CaptureQueriesContext(connection) as queries:
            names = [row.organisation.name for row in rows]
        assert not queries
        assert names == [row.organisation.name for row in _appointments(person.pk)]
        seen.add(tuple(row.pk for row in rows))
    assert len(seen) > 3  # the people of the cast differ, so an answer that was kept would show


def test_values_lists_days_and_texts(chains: list[Chain]) -> None:
    """Lists of another length, days and texts reach the database as they are, and values come back converted."""
    everybody = list(Chain.objects.order_by("pk").values_list("organisation_id", flat=True).distinct())
    assert everybody
    mine, named = prepared(_open_since), prepared(_named)
    for ids in (everybody, everybody[:1], [*everybody, 0]):
        for day in (dt.date(2000, 1, 1), dt.date(2030, 1, 1)):
            assert mine(ids, day) == list(_open_since(ids, day))
    assert mine(everybody, dt.date(2030, 1, 1)) != []
    for organisation in Organisation.objects.all():
        assert named(organisation.name) == list(_named(organisation.name))
    assert named("'; drop table x; --") == []


def test_what_does_not_fit_is_an_ordinary_query(chains: list[Chain]) -> None:
    """An empty list, a list that is too long, nothing, or another type still give the right rows."""
    mine = prepared(_open_since)
    day = dt.date(2030, 1, 1)
    everybody = list(Chain.objects.values_list("organisation_id", flat=True).distinct())
    assert mine([], day) == []
    assert mine([*everybody, *range(10_000, 10_100)], day) == list(_open_since(everybody, day))
    assert prepared(_appointments)(None) == []  # type: ignore[arg-type]
    assert prepared(_appointments)(True) == list(_appointments(1))


def test_a_value_that_is_not_used_is_refused(cast: Cast) -> None:
    """A query that forgets a value would give everybody's rows."""

    @prepared
    def everything(organisation_id: int) -> QuerySet[Chain]:
        return Chain.objects.all()

    with pytest.raises(ValueError, match="does not reach the query"):
        everything(1)


def test_attached_rows_are_read_without_a_query(chains: list[Chain]) -> None:
    """Like a prefetch: each row has its own and knows where it belongs."""
    links = list(ChainLink.objects.order_by("position", "pk"))
    attach(chains, "links", links, "chain")
    expected = {chain.pk: list(ChainLink.objects.filter(chain=chain).order_by("position", "pk")) for chain in chains}
    with CaptureQueriesContext(connection) as queries:
        found = {chain.pk: list(chain.links.all()) for chain in chains}
        assert all(link.chain.pk == link.chain_id for link in links)
    assert not queries
    assert found == expected
    assert [len(rows) for rows in found.values()] == [1, 1, 0]
