"""The purchase situation: derived from chains, overridden with a reason, and on any day known."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import NOW, Cast
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.organisations import queries, services
from toetssteen.organisations.choices import SituationOrigin
from toetssteen.organisations.models import SituationPeriod


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_situation_by_day(cast: Cast) -> None:
    mason = cast.organisations["mason"].pk
    assert queries.situation_on(mason, day("2019-09-30")) == ""
    assert queries.situation_on(mason, day("2019-10-01")) == "C"
    assert queries.situation_on(cast.organisations["town"].pk, day("2020-01-01")) == ""


def test_derived_situation_is_noted_only_when_it_changes(cast: Cast) -> None:
    mason = cast.organisations["mason"].pk
    same = services.record_derived_situation(
        actor=None, organisation_id=mason, situation="C", since_on=day("2020-03-01"), now=NOW
    )
    assert same is None
    services.record_derived_situation(
        actor=cast.actor("editor"), organisation_id=mason, situation="B", since_on=day("2020-03-01"), now=NOW
    )
    assert queries.situation_on(mason, day("2020-02-29")) == "C"
    assert queries.situation_on(mason, day("2020-03-01")) == "B"
    assert SituationPeriod.objects.filter(organisation_id=mason, origin=SituationOrigin.DERIVED).count() == 1
    # twice on one day: the last word counts
    services.record_derived_situation(
        actor=None, organisation_id=mason, situation="C", since_on=day("2020-03-01"), now=NOW
    )
    assert queries.situation_on(mason, day("2020-03-01")) == "C"


def test_override_holds_over_the_chains_until_it_is_ended(cast: Cast) -> None:
    mason, assessor = cast.organisations["mason"].pk, cast.actor("assessor")
    services.override_situation(
        actor=assessor,
        organisation_id=mason,
        situation="B",
        since_on=day("2020-04-01"),
        reason="sold its branch",
        now=NOW,
    )
    services.record_derived_situation(
        actor=None, organisation_id=mason, situation="A", since_on=day("2020-05-01"), now=NOW
    )
    assert queries.situation_on(mason, day("2020-06-01")) == "B"
    services.end_override(actor=assessor, organisation_id=mason, until_on=day("2020-07-01"), now=NOW)
    assert queries.situation_on(mason, day("2020-06-30")) == "B"
    assert queries.situation_on(mason, day("2020-07-01")) == "A"
    assert queries.situation_on(mason, day("2020-03-31")) == "C"
    row = SituationPeriod.objects.get(organisation_id=mason, origin=SituationOrigin.OVERRIDE)
    assert (row.decided_by_id, row.ended_by_id) == (assessor.person_id, assessor.person_id)
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert "organisations.situation_set" in verbs
    assert "organisations.situation_setting_ended" in verbs


def test_a_second_override_ends_the_first(cast: Cast) -> None:
    mason, assessor = cast.organisations["mason"].pk, cast.actor("assessor")
    for situation, since in (("B", "2020-04-01"), ("A", "2020-06-01")):
        services.override_situation(
            actor=assessor, organisation_id=mason, situation=situation, since_on=day(since), reason="why", now=NOW
        )
    assert [queries.situation_on(mason, day(d)) for d in ("2020-03-01", "2020-05-31", "2020-06-01")] == ["C", "B", "A"]
    services.end_override(actor=assessor, organisation_id=mason, until_on=day("2020-08-01"), now=NOW)
    assert queries.situation_on(mason, day("2020-08-01")) == "C"


@pytest.mark.parametrize(
    ("who", "organisation", "situation", "reason", "sentence"),
    [
        ("company_admin", "mason", "A", "we want less work", "Only the secretariat"),
        ("operator", "mason", "A", "because", "Only the secretariat"),
        ("assessor", "town", "A", "because", "Only companies"),
        ("assessor", "mason", "A", "  ", "Give the reason"),
        ("assessor", "mason", "Z", "because", "does not know this purchase situation"),
    ],
)
def test_override_refused(cast: Cast, who: str, organisation: str, situation: str, reason: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        services.override_situation(
            actor=cast.actor(who), organisation_id=cast.organisations[organisation].pk, situation=situation,
            since_on=day("2020-04-01"), reason=reason, now=NOW,
        )  # fmt: skip
    assert not SituationPeriod.objects.filter(origin=SituationOrigin.OVERRIDE).exists()


def test_many_situations_in_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.situations_on(day("2020-01-01"))
    assert found == {cast.organisations[k].pk: s for k, s in (("mason", "C"), ("granite", "C"), ("euro", "B"))}
