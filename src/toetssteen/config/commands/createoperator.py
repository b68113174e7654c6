"""Create the first operator, who then invites the secretariat."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from toetssteen.config.cli import CommandError

VARIABLE = "TOETSSTEEN_OPERATOR_PASSWORD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who; the password is never an argument, because others on the machine can read those."""
    parser.add_argument("--email", help="e-mail address (asked for when left out)")
    parser.add_argument("--name", help="name (asked for when left out)")
    parser.add_argument("--organisation", help="name of the secretariat; made if there is none (default: Secretariat)")
    parser.epilog = f"The password is asked for, or read from the variable {VARIABLE}."


def run(args: argparse.Namespace) -> int:
    """Make the person, the secretariat where there is none, and the appointment as operator."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from toetssteen.accounts.models import Person

    email = (args.email or _ask("E-mail address: ")).strip().lower()
    name = (args.name or _ask("Name: ")).strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"'{email}' is not an e-mail address.") from error
    if not name:
        raise CommandError("a name is needed.")
    if Person.objects.filter(email__iexact=email).exists():
        raise CommandError(
            f"somebody with {email} exists already. They can ask for a new password on the sign-in page."
        )
    password = _password()
    try:
        validate_password(password, Person(email=email, name=name))
    except ValidationError as error:
        raise CommandError("this password is not good enough: " + " ".join(error.messages)) from error
    _create(email=email, name=name, password=password, organisation_name=args.organisation or "Secretariat")
    print(f"{email} is operator. At the first sign-in a second factor must be set up.")
    return 0


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError("nobody is there to ask. Give --email and --name.")
    return input(question)


def _password() -> str:
    if password := os.environ.get(VARIABLE):
        return password
    if not sys.stdin.isatty():
        raise CommandError(f"nobody is there to ask for a password. Set {VARIABLE}.")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        raise CommandError("the two passwords are not the same. Nothing was made.")
    return password


def _create(*, email: str, name: str, password: str, organisation_name: str) -> None:
    from django.db import transaction

    from toetssteen.accounts.models import Person
    from toetssteen.core.access import Role
    from toetssteen.foundation import audit, clock
    from toetssteen.organisations.choices import OrganisationKind
    from toetssteen.organisations.models import Appointment, Organisation

    moment = clock.now()
    with transaction.atomic():
        person = Person.objects.create_user(email, password, name=name)
        secretariat = Organisation.objects.filter(kind=OrganisationKind.SECRETARIAT).order_by("pk").first()
        if secretariat is None:
            secretariat = Organisation.objects.create(
                kind=OrganisationKind.SECRETARIAT, reference="SECRETARIAT", name=organisation_name
            )
        appointment = Appointment.objects.create(
            person=person, organisation=secretariat, role=Role.OPERATOR.value, since_at=moment
        )
        audit.record(actor=None, verb="organisations.create_operator", subject=appointment, at=moment, person=person.pk)
