"""Packs are stored once, never changed, and a year keeps the one it was assessed by."""

from __future__ import annotations

import copy
import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from tests.cast import NOW, Cast, raw_pack
from toetssteen.core.access import Actor
from toetssteen.core.frameworks import PackError, load_pack, pack_digest
from toetssteen.covenant import queries, services
from toetssteen.covenant.models import PackVersion
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused


def changed_pack() -> dict:
    raw = copy.deepcopy(raw_pack())
    raw["year_rules"]["extension"]["default_months_after_year_end"]["value"] = 7
    return raw


def test_the_same_content_is_the_same_version(cast: Cast) -> None:
    before = PackVersion.objects.count()
    stored = services.store_pack(actor=cast.actor("coordinator"), raw=raw_pack(), version="again", note="", now=NOW)
    assert stored.pk == cast.pack.pk
    assert PackVersion.objects.count() == before


def test_a_changed_pack_is_a_new_version_with_a_readable_difference(cast: Cast) -> None:
    raw = changed_pack()
    stored = services.store_pack(actor=cast.actor("operator"), raw=raw, version="2", note="one month more", now=NOW)
    assert stored.pk != cast.pack.pk
    assert queries.pack_of_version(stored).extension.default_months.value == 7
    assert queries.pack_of(cast.years[1]).extension.default_months.value != 7
    before = raw_pack()["year_rules"]["extension"]["default_months_after_year_end"]["value"]
    differences = queries.pack_differences(cast.actor("assessor"), cast.pack.pk, stored.pk)
    assert [str(d) for d in differences] == [f"year_rules extension.default_months_after_year_end.value: {before} -> 7"]
    assert AuditEvent.objects.get(verb="covenant.store_pack").detail == {"digest": stored.digest}


def test_what_is_stored_loads_as_what_was_read(cast: Cast) -> None:
    assert queries.pack_of(cast.years[3]) == load_pack(raw_pack())


def test_a_stored_version_cannot_be_changed_even_around_the_model(cast: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        PackVersion.objects.filter(pk=cast.pack.pk).update(note="changed")
    assert PackVersion.objects.get(pk=cast.pack.pk).note == ""


def test_a_broken_pack_is_refused_with_its_place(cast: Cast) -> None:
    raw = copy.deepcopy(raw_pack())
    raw["framework"]["questions"][0]["sub_step"] = "9.9"
    with pytest.raises(PackError) as caught:
        services.store_pack(actor=cast.actor("coordinator"), raw=raw, now=NOW)
    assert any(raw["framework"]["questions"][0]["id"] in str(finding) for finding in caught.value.findings)
    assert PackVersion.objects.count() == 1


def test_an_old_year_opens_with_a_pack_of_an_older_form_but_no_new_pack_has_it(cast: Cast) -> None:
    raw = copy.deepcopy(raw_pack())
    del raw["supplier_questionnaire"]["asks"]
    with pytest.raises(PackError, match="asks"):
        services.store_pack(actor=cast.actor("coordinator"), raw=raw, now=NOW)
    stored = PackVersion.objects.create(
        pack_id=cast.pack.pack_id, version="older", digest=pack_digest(raw), content=queries.pack_content(raw),
        note="", stored_at=NOW, stored_by_id=cast.pack.stored_by_id,
    )  # fmt: skip
    assert queries.pack_by_id(stored.pk).questionnaire is None
    assert queries.pack_by_id(stored.pk).framework == load_pack(raw_pack()).framework


@pytest.mark.parametrize("who", ["company_admin", "assessor", "authority", "union", "committee", "visitor"])
def test_only_coordinator_and_operator_store_packs_and_open_years(cast: Cast, who: str) -> None:
    actor: Actor = cast.actor(who)
    with pytest.raises(Refused):
        services.store_pack(actor=actor, raw=changed_pack(), now=NOW)
    with pytest.raises(Refused):
        services.open_year(
            actor=actor, number=6, starts_on=dt.date(2024, 10, 1), report_due_on=dt.date(2025, 12, 31),
            pack_id=cast.pack.pk, now=NOW,
        )  # fmt: skip
    assert PackVersion.objects.count() == 1


@pytest.mark.parametrize("who", ["company_admin", "rival", "authority", "union", "committee", "visitor"])
def test_nobody_outside_the_secretariat_sees_stored_packs(cast: Cast, who: str) -> None:
    assert queries.pack_rows(cast.actor(who)) == []
    assert queries.pack_differences(cast.actor(who), cast.pack.pk, cast.pack.pk) is None
    assert [row.years for row in queries.pack_rows(cast.actor("assessor"))] == [(1, 2, 3, 4, 5)]


def test_the_current_year_is_the_one_whose_results_are_being_made(cast: Cast) -> None:
    cases = {
        dt.date(2019, 12, 1): 1,  # nothing has ended: the running one
        dt.date(2020, 9, 30): 1,
        dt.date(2020, 10, 1): 1,  # ended yesterday, its reports are being written
        dt.date(2021, 3, 31): 1,
        dt.date(2021, 8, 1): 2,  # results are long out: the running one
        dt.date(2024, 10, 21): 5,
        dt.date(2026, 1, 1): 5,  # no other year is open
    }
    assert {day: queries.current_year(day).number for day in cases} == cases


def test_the_last_day_of_a_new_year_follows_from_the_calendar(cast: Cast) -> None:
    from toetssteen.covenant.models import Term

    Term.objects.create(name_nl="2", name_en="2", starts_on=dt.date(2024, 10, 1), ends_on=dt.date(2029, 9, 30))
    year = services.open_year(
        actor=cast.actor("coordinator"), number=6, starts_on=dt.date(2024, 10, 1), report_due_on=dt.date(2025, 12, 31),
        pack_id=cast.pack.pk, now=NOW,
    )  # fmt: skip
    assert year.ends_on == dt.date(2025, 9, 30)
    assert str(year) == "2024-2025"


def test_a_year_with_a_final_report_keeps_its_pack(cast: Cast) -> None:
    from toetssteen.reporting.models import Report

    coordinator = cast.actor("coordinator")
    other = services.store_pack(actor=coordinator, raw=changed_pack(), version="2", now=NOW)
    services.set_year_pack(actor=coordinator, year_id=cast.years[2].pk, pack_id=other.pk, now=NOW)
    assert queries.pack_of(queries.year_by_number(2)).extension.default_months.value == 7

    Report.objects.create(
        organisation=cast.organisations["mason"], year=cast.years[1], report_year=1, situation="C", state="final",
        due_on=cast.years[1].report_due_on, opened_at=NOW, submitted_at=NOW,
    )  # fmt: skip
    with translation.override("en"), pytest.raises(Refused, match="keeps the version"):
        services.set_year_pack(actor=coordinator, year_id=cast.years[1].pk, pack_id=other.pk, now=NOW)
    assert queries.year_by_number(1).pack_id == cast.pack.pk
