"""The page of figures: frozen for the public, complete for the secretariat, absent before publication."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from toetssteen.foundation.models import AuditEvent
from toetssteen.foundation.pages import Refused
from toetssteen.insights.models import FigureSet
from toetssteen.insights.services import freeze_public_figures
from toetssteen.organisations.models import Membership, Organisation
from toetssteen.plans.models import Contribution

OUTSIDERS = ["visitor", "company_admin", "authority", "union", "committee", "operator"]


@pytest.fixture
def contributions(cast: Cast) -> None:
    """Two companies contributed in year 1: a group small enough to recognise somebody."""
    for name in ("mason", "granite"):
        Contribution.objects.create(organisation=cast.organisations[name], year_number=1, kind="merger")


@pytest.fixture
def published(cast: Cast, contributions: None) -> FigureSet:
    return freeze_public_figures(actor=cast.actor("coordinator"), year_id=cast.years[1].pk, number=1, now=NOW)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_before_publication_only_the_secretariat_sees_figures(
    cast: Cast, contributions: None, client: Any, who: str
) -> None:
    cast.sign_in(client, who)
    assert client.get("/figures/1/").status_code == 404
    assert client.get("/figures/1/?view=all").status_code == 404
    assert client.get("/figures/1/figures.json").status_code == 404
    page = client.get("/figures/")
    assert page.status_code == 200
    assert "contributing_companies_y1" not in page.content.decode()

    cast.sign_in(client, "assessor")
    page = client.get("/figures/1/").content.decode()
    assert "contributing_companies_y1" in page


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_public_page_hides_small_groups_whatever_is_asked(
    cast: Cast, published: FigureSet, client: Any, who: str
) -> None:
    cast.sign_in(client, who)
    for address in ("/figures/1/", "/figures/1/?view=all"):
        response = client.get(address)
        assert response.status_code == 200
        page = response.content.decode()
        assert "medium_companies_nl" not in page  # a figure for the secretariat only
        found = {row.id: row for row in response.context["page"].rows}
        assert found["contributing_companies_y1"].status == "suppressed"
        assert found["contributing_companies_y1"].said == ""
    everything = cast.sign_in(client, "assessor").get("/figures/1/?view=all")
    found = {row.id: row for row in everything.context["page"].rows}
    assert found["contributing_companies_y1"].said == "2"
    assert "medium_companies_nl" in found


def test_downloads_have_stable_columns_a_licence_and_no_hidden_value(
    cast: Cast, published: FigureSet, client: Any
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/figures/1/figures.csv").content.decode())))
    assert list(rows[0]) == [
        "id", "covenant_year", "value", "unit", "status", "as_of", "definition_nl", "definition_en",
        "denominator_nl", "denominator_en",
    ]  # fmt: skip
    hidden = next(row for row in rows if row["id"] == "contributing_companies_y1")
    assert (hidden["value"], hidden["status"]) == ("", "suppressed")
    found = json.loads(client.get("/figures/1/figures.json").content)
    assert found["licence"] == "CC BY 4.0"
    assert {row["id"] for row in found["figures"]} == {row["id"] for row in rows}
    assert next(row for row in found["figures"] if row["id"] == "contributing_companies_y1")["value"] is None


def test_what_was_published_does_not_follow_later_edits(cast: Cast, published: FigureSet, client: Any) -> None:
    before = client.get("/figures/1/figures.json").content
    new = Organisation.objects.create(kind="company", reference="T099", name="Late BV", country="NL", region="NL")
    Membership.objects.create(organisation=new, joined_on=cast.years[1].starts_on)
    assert client.get("/figures/1/figures.json").content == before
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureSet.objects.update(number=9)


def test_a_publication_freezes_its_figures(cast: Cast, contributions: None) -> None:
    from toetssteen.register import content, services

    year = cast.years[1]
    digest = services.digest_of(content.build(year, NOW.date()))
    publication = services.publish(actor=cast.actor("coordinator"), year_id=year.pk, expected_digest=digest, now=NOW)
    assert list(FigureSet.objects.values_list("year_id", "number")) == [(year.pk, publication.number)]
    traces = AuditEvent.objects.filter(verb="insights.freeze").values_list("person_id", flat=True)
    assert list(traces) == [cast.people["coordinator"].pk]


@pytest.mark.parametrize("who", [*OUTSIDERS, "assessor"])
def test_nobody_but_a_coordinator_freezes_figures(cast: Cast, contributions: None, who: str) -> None:
    with pytest.raises(Refused, match=r"co[oö]rdinator"):
        freeze_public_figures(actor=cast.actor(who), year_id=cast.years[1].pk, number=1, now=NOW)
    assert not FigureSet.objects.exists()


def test_the_public_page_takes_as_many_queries_for_one_year_as_for_three(
    cast: Cast, published: FigureSet, client: Any
) -> None:
    client.get("/figures/1/")
    with CaptureQueriesContext(connection) as one:
        client.get("/figures/1/")
    for number in (2, 3):
        freeze_public_figures(actor=cast.actor("coordinator"), year_id=cast.years[number].pk, number=number, now=NOW)
    with CaptureQueriesContext(connection) as three:
        client.get("/figures/1/")
    assert len(three) == len(one) <= 6


def test_all_figures_are_computed_once_until_somebody_does_something(cast: Cast, client: Any) -> None:
    from toetssteen.foundation import audit

    cast.sign_in(client, "assessor")
    client.get("/figures/1/")
    with CaptureQueriesContext(connection) as kept:
        client.get("/figures/1/")
    assert not [q for q in kept.captured_queries if "plans_contribution" in (q["sql"] or "")]
    Contribution.objects.create(organisation=cast.organisations["mason"], year_number=1, kind="merger")
    audit.record(actor=None, verb="test.something", subject="test", at=NOW)
    found = {row.id: row for row in client.get("/figures/1/").context["page"].rows}
    assert found["contributing_companies_y1"].said == "1"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_speaks_one_language(cast: Cast, published: FigureSet, client: Any, language: str) -> None:
    page = client.get("/figures/1/", headers={"accept-language": language}).content.decode()
    words = {"nl": ("Doel en resultaat", "geen betrouwbaar cijfer"), "en": ("Target and result", "no reliable figure")}
    other = "en" if language == "nl" else "nl"
    assert all(word in page for word in words[language])
    assert not any(word in page for word in words[other])
