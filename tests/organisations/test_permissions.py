"""Who sees and changes which organisations and people; with data that could leak."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import NOW, PEOPLE, Cast
from toetssteen.core.access import NO_ONE, Actor, Holding, Role
from toetssteen.organisations import permissions as p
from toetssteen.organisations.models import (
    Appointment,
    Invitation,
    Membership,
    Organisation,
    SituationPeriod,
    Suspension,
)

EVERYBODY = ["visitor", *PEOPLE]


@pytest.fixture
def world(cast: Cast) -> Cast:
    """An invitation and a suspension in every organisation, so that something could leak."""
    for number, organisation in enumerate(cast.organisations.values()):
        Invitation.objects.create(
            organisation=organisation, email=f"secret{number}@somewhere.example", name="Secret", role="reader",
            token_digest=f"{number:064}", invited_at=NOW, expires_at=NOW + dt.timedelta(days=14),
        )  # fmt: skip
        Suspension.objects.create(
            membership=organisation.memberships.get(),
            from_on=dt.date(2020, 1, 1),
            until_on=dt.date(2020, 2, 1),
            reason="secret",
        )
    return cast


PAIRS = [
    (Organisation, p.visible_organisations, p.can_view_organisation),
    (Suspension, p.visible_suspensions, p.can_view_suspension),
    (SituationPeriod, p.visible_situations, p.can_view_situation),
    (Appointment, p.visible_appointments, p.can_view_appointment),
    (Invitation, p.visible_invitations, p.can_view_invitation),
]


@pytest.mark.parametrize("name", EVERYBODY)
def test_lists_and_verdicts_agree(world: Cast, name: str) -> None:
    actor = world.actor(name)
    for model, visible, can_view in PAIRS:
        listed = set(visible(actor))
        for row in model.objects.all():
            assert (row in listed) is bool(can_view(actor, row)), (name, model.__name__, row)


@pytest.mark.parametrize("name", ["company_admin", "editor", "reader", "rival", "authority", "union", "committee"])
def test_others_see_only_the_organisation_they_act_for(world: Cast, name: str) -> None:
    actor = world.actor(name)
    own = {actor.organisation_id}
    assert {o.pk for o in p.visible_organisations(actor)} == own
    assert {a.organisation_id for a in p.visible_appointments(actor)} == own
    assert {m.organisation_id for m in p.visible_memberships(actor)} == own
    assert {s.organisation_id for s in p.visible_situations(actor)} <= own
    assert {s.membership.organisation_id for s in p.visible_suspensions(actor)} == own
    assert {i.organisation_id for i in p.visible_invitations(actor)} == (
        own if name in {"company_admin", "rival"} else set()
    )


def test_the_operator_sees_people_but_no_purchase_situations_or_reasons(world: Cast) -> None:
    operator = world.actor("operator")
    assert p.visible_appointments(operator).count() == len(PEOPLE)
    assert not p.visible_situations(operator).exclude(organisation=world.organisations["secretariat"]).exists()
    assert (
        not p.visible_suspensions(operator)
        .exclude(membership__organisation=world.organisations["secretariat"])
        .exists()
    )


@pytest.mark.parametrize("name", ["assessor", "coordinator", "operator"])
def test_without_second_factor_a_secretariat_role_sees_nothing(world: Cast, name: str) -> None:
    proved = world.actor(name)
    bare = Actor(person_id=proved.person_id, organisation_id=proved.organisation_id, holdings=proved.holdings)
    for model, visible, can_view in PAIRS:
        assert not visible(bare).exists(), model.__name__
        assert not any(can_view(bare, row) for row in model.objects.all()), model.__name__


def test_visitors_see_nothing(world: Cast) -> None:
    for _model, visible, _can_view in PAIRS:
        assert not visible(NO_ONE).exists()
    assert Membership.objects.exists()
    assert not p.visible_memberships(NO_ONE).exists()


GIVES = {
    # name: {organisation: roles}
    "company_admin": {"mason": {"company_admin", "editor", "reader"}},
    "rival": {"granite": {"company_admin", "editor", "reader"}},
    "euro": {"euro": {"company_admin", "editor", "reader"}},
    "coordinator": {
        "mason": {"company_admin"}, "granite": {"company_admin"}, "euro": {"company_admin"}, "town": {"authority"},
        "union": {"party"}, "secretariat": {"assessor", "coordinator"}, "committee": {"committee"},
    },
    "operator": {
        "mason": {"company_admin", "editor", "reader"}, "granite": {"company_admin", "editor", "reader"},
        "euro": {"company_admin", "editor", "reader"}, "town": {"authority"}, "union": {"party"},
        "secretariat": {"assessor", "coordinator", "operator"}, "committee": {"committee"},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_gives_which_role_where(world: Cast, name: str) -> None:
    actor = world.actor(name)
    for key, organisation in world.organisations.items():
        expected = GIVES.get(name, {}).get(key, set())
        assert {r.value for r in p.roles_to_give(actor, organisation)} == expected
        for role in Role:
            verdict = p.can_invite(actor, organisation, role.value)
            assert bool(verdict) is (role.value in expected)
            assert verdict or str(verdict)


def test_refusals_say_why(world: Cast) -> None:
    mason = world.organisations["mason"]
    assert str(p.can_change_membership(world.actor("operator"), mason)) == "Only a coordinator can change a membership."
    assert str(p.can_override_situation(world.actor("assessor"), world.organisations["town"])) == (
        "Only companies have a purchase situation."
    )
    somebody = Actor(person_id=1, organisation_id=99, holdings=frozenset({Holding(Role.EDITOR, 99)}))
    assert "administrator" in str(p.can_invite(somebody, mason))


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_removes_whom(world: Cast, name: str) -> None:
    actor = world.actor(name)
    can_remove = {
        (key, PEOPLE[key][1])
        for key in PEOPLE
        if p.can_end_appointment(
            actor, Appointment.objects.select_related("organisation").get(person=world.people[key])
        )
    }
    mason = {("company_admin", "mason"), ("editor", "mason"), ("reader", "mason")}
    everybody = {(key, row[1]) for key, row in PEOPLE.items()}
    expected = {
        "company_admin": mason,
        "rival": {("rival", "granite")},
        "euro": {("euro", "euro")},
        "coordinator": everybody - {("operator", "secretariat")},
        "operator": everybody,
    }
    assert can_remove == expected.get(name, set())
