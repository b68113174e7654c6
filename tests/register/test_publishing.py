"""Publishing shows exactly what was previewed, and nothing else ever."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.register.conftest import LATER, SECRETS, World
from toetssteen.assessment.choices import DecisionKind
from toetssteen.foundation import audit
from toetssteen.foundation.models import AuditEvent, ImmutableError
from toetssteen.foundation.pages import Refused
from toetssteen.organisations.choices import EndReason
from toetssteen.organisations.models import Membership
from toetssteen.plans import queries as plan_queries
from toetssteen.plans import services as plan_services
from toetssteen.plans.models import Plan, PlanVisibility
from toetssteen.register import exports, queries, services
from toetssteen.register.models import Publication, RegisterEntry

PAGES = (
    "/", "/register/", "/register/?members=all", "/register/company/T001/", "/register/company/T001/1/",
    "/register/company/T002/1/", "/register/authorities/", "/register/quarry-areas/", "/register/data/",
    "/register/data/companies.csv", "/register/data/companies.json", "/register/data/authorities.csv",
    "/register/data/quarry-areas.json", "/framework/", "/framework/?type=B",
)  # fmt: skip


def test_nothing_is_public_before_the_first_publication(client, world: World) -> None:
    text = client.get("/register/?members=all").content.decode()
    assert "Mason Stone" not in text
    assert client.get("/register/company/T001/").status_code == 404
    assert client.get("/register/data/companies.csv").status_code == 404


def test_the_register_shows_names_years_and_colours(client, world: World) -> None:
    world.publish()
    client.cookies["language"] = "en"
    text = client.get("/register/").content.decode()
    assert "Mason Stone BV" in text
    assert "v-green" in text
    assert "v-orange" in text
    assert "Town of Exampleton" not in text  # an authority is in its own list
    assert "Town of Exampleton" in client.get("/register/authorities/").content.decode()
    year = client.get("/register/company/T002/1/").content.decode()
    assert "Nat zagen bij alle fabrieken" in year
    assert "40" in year


def test_no_public_page_or_file_holds_a_secret(client, world: World) -> None:
    world.publish()
    for address in PAGES:
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.content.decode()
        for secret in (*SECRETS, "geheim concept", "admin@mason.example"):
            assert secret not in text, (address, secret)


def test_publishing_something_else_than_was_previewed_is_refused(world: World) -> None:
    actor = world.cast.actor("coordinator")
    view = queries.preview(actor, world.cast.years[1], LATER.date())
    world.decide(world.cast.organisations["euro"], "red")
    with pytest.raises(Refused):
        services.publish(actor=actor, year_id=view.year.pk, expected_digest=view.digest, now=LATER)
    assert Publication.objects.count() == 0


@pytest.mark.parametrize("who", ["visitor", "company_admin", "rival", "assessor", "authority", "union", "operator"])
def test_only_a_coordinator_publishes(world: World, who: str) -> None:
    view = queries.preview(world.cast.actor("coordinator"), world.cast.years[1], LATER.date())
    with pytest.raises(Refused):
        services.publish(actor=world.cast.actor(who), year_id=view.year.pk, expected_digest=view.digest, now=LATER)
    assert Publication.objects.count() == 0


def test_what_changes_later_is_not_public_until_the_next_publication(client, world: World) -> None:
    world.publish()
    world.decide(world.cast.organisations["granite"], "green", kind=DecisionKind.REASSESSED)
    world.decide(world.cast.organisations["euro"], "red")
    text = client.get("/register/data/companies.csv").content.decode()
    assert "red" not in text.split("Euro Stone")[1].splitlines()[0]
    world.publish()
    entry = RegisterEntry.objects.get(publication__number=2, reference="T002")
    assert entry.latest_colour == "green"
    assert [e["colour"] for e in entry.results[0]["earlier"]] == ["orange"]
    assert RegisterEntry.objects.get(publication__number=1, reference="T002").latest_colour == "orange"


def test_a_year_after_the_chosen_one_stays_unpublished(world: World) -> None:
    world.decide(world.cast.organisations["mason"], "red", year=2)
    world.publish(year=1)
    entry = RegisterEntry.objects.get(reference="T001")
    assert [r["covenant_year"] for r in entry.results] == [1]


def test_a_year_that_is_public_stays_public(world: World) -> None:
    world.decide(world.cast.organisations["mason"], "red", year=2)
    world.publish(year=2)
    again = world.publish(year=1)
    entry = RegisterEntry.objects.get(publication=again, reference="T001")
    assert [r["covenant_year"] for r in entry.results] == [1, 2]


def test_former_members_keep_their_history(client, world: World) -> None:
    Membership.objects.filter(organisation=world.cast.organisations["granite"]).update(
        ended_on=dt.date(2021, 1, 31), end_reason=EndReason.LEFT
    )
    world.publish()
    assert "Granite House" not in client.get("/register/").content.decode()
    text = client.get("/register/?members=former").content.decode()
    assert "Granite House" in text
    assert "v-orange" in text


@pytest.mark.parametrize(("companies", "shared"), [(5, False), (6, True)])
def test_an_area_is_named_as_shared_only_above_the_threshold(world: World, companies: int, shared: bool) -> None:
    for number in range(companies - 2):  # two companies buy in Bundi already, one of them in a locality of it
        organisation = world.company(f"T10{number}", f"Buyer {number}")
        world.decide(organisation, "green", areas=("IN-BUN-BUD", "IN-BUN"))
    publication = world.publish()
    assert publication.areas == [
        {"country": "IN", "province": "Rajasthan", "district": "Bundi", "shared": shared},
        {"country": "VN", "province": "Thanh Hóa", "district": "Yên Định", "shared": False},
    ]
    rows = list(exports.area_rows(publication, publication.areas))
    assert set(rows[0]) == set(exports.AREA_COLUMNS)


def test_a_publication_can_never_be_changed(world: World) -> None:
    publication = world.publish()
    publication.note = "anders"
    with pytest.raises(ImmutableError):
        publication.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE register_registerentry SET latest_colour = 'green'")
    assert set(RegisterEntry.objects.values_list("latest_colour", flat=True)) == {"", "green", "orange"}


def test_publishing_leaves_a_trail_with_the_hash(world: World) -> None:
    publication = world.publish()
    event = AuditEvent.objects.get(verb="register.publish")
    assert event.detail["sha256"] == publication.sha256
    assert audit.verify()[1] == []


def test_a_formula_in_a_name_is_harmless_in_a_spreadsheet(client, world: World) -> None:
    world.cast.organisations["mason"].name = "=HYPERLINK(1)"
    world.cast.organisations["mason"].save()
    world.publish()
    assert ",'=HYPERLINK(1)," in client.get("/register/data/companies.csv").content.decode()


def test_json_states_licence_columns_and_moment(client, world: World) -> None:
    world.publish()
    data = json.loads(client.get("/register/data/companies.json").content)
    assert data["licence"] == "CC BY 4.0"
    assert data["columns"] == list(exports.COMPANY_COLUMNS)
    row = next(r for r in data["rows"] if r["reference"] == "T001")
    assert row["colour"] == "green"
    assert row["member_since"] == "2019-10-01"


def test_search_ignores_capitals_and_accents(client, world: World) -> None:
    world.company("T200", "Ébène Pierre")
    world.publish()
    assert "Ébène" in client.get("/register/?q=ebene").content.decode()
    assert "Ébène" not in client.get("/register/?q=mason").content.decode()


def test_the_register_takes_as_many_queries_for_three_companies_as_for_one(
    client, world: World, django_assert_max_num_queries
) -> None:
    world.publish()
    counts = []
    for address in ("/register/?q=mason", "/register/?members=all"):
        with django_assert_max_num_queries(12) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_preview_names_what_is_new_and_what_changes(client, world: World) -> None:
    world.publish()
    world.decide(world.cast.organisations["euro"], "red")
    view = queries.preview(world.cast.actor("assessor"), world.cast.years[1], LATER.date())
    assert [(c.kind, c.name) for c in view.changes] == [("changed", "Euro Stone BV")]
    with pytest.raises(Refused):
        queries.preview(world.cast.actor("company_admin"), world.cast.years[1], LATER.date())


def test_publishing_by_form_asks_for_a_tick(client, world: World) -> None:
    world.cast.sign_in(client, "coordinator")
    page = client.get("/publication/1/")
    digest = page.context["preview"].digest
    refused = client.post("/publication/1/", {"digest": digest})
    assert Publication.objects.count() == 0
    assert "sure" in refused.context["form"].errors
    client.post("/publication/1/", {"digest": digest, "sure": "on", "note": "jaar 1"})
    assert Publication.objects.get().note == "jaar 1"


def test_a_company_cannot_take_back_a_plan_that_the_public_reads(world: World) -> None:
    rival = world.cast.actor("rival")
    plan = Plan.objects.get(organisation=world.cast.organisations["granite"])
    other = Plan.objects.create(
        organisation=plan.organisation, year=world.cast.years[2], approved_at=LATER,
        approved_by=world.cast.people["rival"], public_content={"summary": "", "objectives": []},
    )  # fmt: skip
    world.publish()
    with pytest.raises(Refused, match="openbare register"):
        plan_services.withdraw_approval(actor=rival, plan_id=plan.pk, now=LATER)
    plan.refresh_from_db()
    assert plan.approved_at is not None
    # The plan of a later year is not in that publication.
    plan_services.withdraw_approval(actor=rival, plan_id=other.pk, now=LATER)
    other.refresh_from_db()
    assert other.approved_at is None
    assert other.public_content is None


def _granite(world: World) -> Plan:
    return Plan.objects.get(organisation=world.cast.organisations["granite"])


def _readable(client) -> list[bool]:
    """Whether visitors find the plan: in the list, on its page, in both downloads."""
    client.cookies["language"] = "en"
    found = [
        "/register/company/T002/1/#plan" in client.get("/register/").content.decode(),
        "Nat zagen" in client.get("/register/company/T002/1/").content.decode(),
    ]
    for ending in ("csv", "json"):
        text = client.get(f"/register/data/companies.{ending}").content.decode()
        found.append(("yes" in text.split("sha256")[-1]) if ending == "json" else ",yes," in text)
    return found


def test_a_published_plan_goes_off_the_public_pages_at_once_and_back(client, world: World) -> None:
    publication, actor = world.publish(), world.cast.actor("rival")
    before = publication.sha256, list(RegisterEntry.objects.values_list("plans", flat=True))
    seen = _readable(client)
    assert seen[1:] == [True, True, True]
    keys = {"actor": actor, "plan_id": _granite(world).pk, "now": LATER + dt.timedelta(days=1)}
    with pytest.raises(ValidationError, match="why"):
        plan_services.take_off_public(reason=" ", **keys)
    for who in ("editor", "reader", "coordinator", "visitor"):
        with pytest.raises(Refused):
            plan_services.take_off_public(**{**keys, "actor": world.cast.actor(who)}, reason="Not mine")
    plan_services.take_off_public(reason="geheim concept: names a supplier", **keys)
    assert _readable(client) == [False] * 4
    assert _granite(world).public_content is None
    for address in PAGES:
        assert "geheim concept" not in client.get(address).content.decode(), address
    plan_services.put_back_public(**keys)
    assert _readable(client) == seen
    assert _granite(world).public_content["summary"] == "Schoon en veilig werk"
    assert (publication.sha256, list(RegisterEntry.objects.values_list("plans", flat=True))) == before
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVisibility.objects.update(reason="another")


def test_what_is_approved_anew_shows_with_the_next_publication_and_the_old_never_comes_back(
    client, world: World
) -> None:
    world.publish()
    keys = {"actor": world.cast.actor("rival"), "plan_id": _granite(world).pk, "now": LATER + dt.timedelta(days=1)}
    plan_services.take_off_public(reason="Wrong figures", **keys)
    view = queries.preview(world.cast.actor("coordinator"), world.cast.years[1], LATER.date())
    assert [row.name.split()[0] for row in view.changes] == ["Granite"]
    Plan.objects.filter(pk=keys["plan_id"]).update(
        approved_at=LATER, public_content={"summary": "", "objectives": [{"text": "Mended", "actions": []}]}
    )
    assert _readable(client) == [False] * 4
    off = plan_queries.off_public(_granite(world))
    assert off is not None
    assert off.reason == "Wrong figures"
    world.publish(now=LATER + dt.timedelta(days=2))
    assert plan_queries.off_public(_granite(world)) is None
    text = client.get("/register/company/T002/1/").content.decode()
    assert "Mended" in text
    assert "Nat zagen" not in text
    with pytest.raises(Refused, match="nothing to put back"):
        plan_services.put_back_public(**keys)


def test_a_newer_approval_is_withdrawn_and_the_published_version_stays_approved(world: World) -> None:
    world.publish()
    published = _granite(world).public_content
    keys = {"actor": world.cast.actor("rival"), "plan_id": _granite(world).pk, "now": LATER}
    with pytest.raises(Refused):
        plan_services.withdraw_approval(**keys)
    Plan.objects.filter(pk=keys["plan_id"]).update(public_content={"summary": "A mistake", "objectives": []})
    plan_services.withdraw_approval(**keys)
    assert _granite(world).public_content == published
    assert not queries.preview(world.cast.actor("coordinator"), world.cast.years[1], LATER.date()).changes
