"""The second factor of the demonstration: a fixed secret per invented person, shown on the page that asks for it.

Only where the site runs as a demonstration (which a production start refuses), and only for addresses that can never
exist.
"""

from __future__ import annotations

import base64
import hashlib
import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.core.cache import cache

from toetssteen.accounts.models import Person

INVENTED = ".example"


def is_demo_person(person: Person) -> bool:
    """True in a demonstration for a person whose address lies in a domain that can never exist."""
    return bool(settings.DEMO) and not settings.PRODUCTION and person.email.lower().endswith(INVENTED)


def demo_secret(email: str) -> str:
    """The fixed secret of an invented person."""
    digest = hashlib.sha256(b"toetssteen demonstration " + email.strip().lower().encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def set_demo_totp(person: Person) -> Authenticator:
    """Give an invented person the second factor of the demonstration."""
    if not is_demo_person(person):
        raise ValueError(f"{person.pk} is not a person of a demonstration.")
    authenticator, _made = Authenticator.objects.update_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(demo_secret(person.email))}}
    )
    return authenticator


def current_code(person: Person) -> str:
    """The code that lets an invented person in now; empty for others, and for who set up a factor of their own.

    A code works once; the next one is shown when this moment's code was used already (by another visitor).
    """
    if not is_demo_person(person):
        return ""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if row is None:
        return ""
    secret = decrypt(row.data["secret"])
    if secret != demo_secret(person.email):
        return ""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    tolerance = app_settings.TOTP_TOLERANCE
    steps = [0, *range(1, tolerance + 1), *range(-1, -tolerance - 1, -1)]
    codes = [format_hotp_value(hotp_value(secret, now + step)) for step in steps]
    totp = TOTP(row)
    return next((str(code) for code in codes if not cache.get(totp._get_used_cache_key(code))), str(codes[0]))
