"""What must be in order before the site runs for real."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MINIMUM_KEY_LENGTH = 50


def flaws(settings: Any) -> list[str]:
    """Every insecure setting of a production start, each in one sentence that says what to set."""
    found: list[str] = []
    found += _secrets(settings)
    found += _addresses(settings)
    found += _stores(settings)
    return found


def _secrets(settings: Any) -> list[str]:
    found = []
    key = settings.SECRET_KEY or ""
    if not key:
        found.append("There is no secret key. Set TOETSSTEEN_SECRET_KEY to a random text of 50 characters or more.")
    elif key.startswith("insecure") or len(set(key)) < 10:
        found.append("The secret key is one that everybody knows. Set TOETSSTEEN_SECRET_KEY to a random text.")
    elif len(key) < MINIMUM_KEY_LENGTH:
        found.append(f"The secret key is too short: {len(key)} characters, {MINIMUM_KEY_LENGTH} are needed.")
    if settings.DEBUG:
        found.append("Debugging shows the inside of the site to visitors. Remove TOETSSTEEN_DEBUG.")
    if settings.DEMO:
        found.append("Demonstration mode shows sign-in codes to everybody. Remove TOETSSTEEN_DEMO.")
    if settings.DEMO_TODAY:
        found.append("The clock stands still, so deadlines would be wrong. Remove TOETSSTEEN_TODAY.")
    return found


def _addresses(settings: Any) -> list[str]:
    found = []
    local = {"localhost", "127.0.0.1", "[::1]", "::1"}
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in local]
    if "*" in hosts:
        found.append("The site would answer to any host name. Set TOETSSTEEN_HOSTS to its own names, without *.")
    elif not hosts:
        found.append("The site has no host name. Set TOETSSTEEN_HOSTS, for instance to covenant.example.org.")
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https" or not address.hostname or address.hostname in local:
        found.append(
            "Links in mails need an https address. Set TOETSSTEEN_URL, for instance https://covenant.example.org."
        )
    found += [
        f"The origin {origin} is not https. Correct TOETSSTEEN_ORIGINS."
        for origin in settings.CSRF_TRUSTED_ORIGINS
        if not origin.startswith("https://")
    ]
    if not settings.SESSION_COOKIE_SECURE or not settings.CSRF_COOKIE_SECURE:
        found.append("Cookies would also go over http. Set TOETSSTEEN_PRODUCTION=1 in the environment, not in code.")
    return found


def _stores(settings: Any) -> list[str]:
    found = []
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine.endswith("sqlite3") and os.environ.get("TOETSSTEEN_SQLITE_IN_PRODUCTION") != "1":
        found.append(
            "The embedded database is meant for one machine. Set DATABASE_URL to a PostgreSQL, "
            "or accept it with TOETSSTEEN_SQLITE_IN_PRODUCTION=1."
        )
    if "console" in getattr(settings, "MAIL_DELIVERY_BACKEND", settings.EMAIL_BACKEND):
        found.append("Mail would only be printed. Set TOETSSTEEN_SMTP_HOST (and _PORT, _USER, _PASSWORD).")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        found.append("Mail would come from @localhost. Set TOETSSTEEN_MAIL_FROM.")
    if "locmem" in settings.CACHES["default"]["BACKEND"] or "dummy" in settings.CACHES["default"]["BACKEND"]:
        found.append("Each process would count sign-in attempts alone. Use a cache that processes share.")
    home = Path(settings.HOME)
    try:
        home.mkdir(parents=True, exist_ok=True)
        writable = os.access(home, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        found.append(f"The folder {home} cannot be written. Set TOETSSTEEN_HOME to a folder of this user.")
    return found


def numbered(found: list[str]) -> str:
    """The flaws as a numbered list under one heading."""
    lines = [f"  {number}. {flaw}" for number, flaw in enumerate(found, 1)]
    return "\n".join(["this is a production start and it is not safe yet:", *lines])


def refuse_if_unsafe() -> None:
    """Stop a production start that is not safe, with the whole list."""
    from django.core.exceptions import ImproperlyConfigured

    # The module itself: Django would stop at the first flaw, an empty secret key.
    settings = import_module(os.environ.get("DJANGO_SETTINGS_MODULE", "toetssteen.config.settings"))
    if settings.PRODUCTION and (found := flaws(settings)):
        raise ImproperlyConfigured(numbered(found))
