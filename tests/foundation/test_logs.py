"""The log holds no link that opens something: tried with every address of the site that carries a secret."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver

from toetssteen.foundation.logs import NoTokens

TOKEN = "k7Qx_-" * 7 + "Z"  # 43 characters, as secrets.token_urlsafe(32) makes them
SECRETS = {
    "token": TOKEN,
    "code": "nl-2345-bcdf-ghjk",
    "key": "c8x2k9-0123456789abcdef0123456789abcdef",
    "uidb36": "1z",
}
SIGNED = {"digest_off", "account_confirm_email"}  # what is signed has its data and its day before the signature


def secret_addresses() -> Iterator[tuple[str, str]]:
    """Every address whose parameter is called as a secret is, with one filled in: the address and the secret."""

    def walk(patterns: Any) -> Iterator[URLPattern]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns)
            else:
                yield one

    for pattern in walk(get_resolver().url_patterns):
        regex = pattern.pattern.regex
        names = set(regex.groupindex)
        if not names & {"token", "code", "key"}:
            continue
        values = {name: SECRETS.get(name, "5") for name in names}
        secret = next(values[name] for name in ("token", "code", "key") if name in names)
        if pattern.name in SIGNED:
            secret = signing.dumps("12", salt="test")
            values["token" if "token" in names else "key"] = secret
        found = get_resolver().reverse(pattern.name or "", **values) if pattern.name else ""
        yield "/" + found, secret


def logged(message: str, *args: object, error: BaseException | None = None) -> str:
    """What is written of a line."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(NoTokens())
    record = logging.LogRecord("django.request", 40, "", 0, message, args, error and (type(error), error, None))
    handler.handle(record)
    return out.getvalue()


def test_the_addresses_with_a_secret_are_known() -> None:
    beginnings = {address.split("/")[1] for address, _secret in secret_addresses()}
    assert {"ask", "invitation", "calendar", "digest", "r", "account"} <= beginnings


@pytest.mark.parametrize(
    "line", ["Internal Server Error: {}", '"GET {}?page=2 HTTP/1.1" 500', "{}: gone", "see {}, now"]
)
def test_no_secret_of_any_address_is_written(line: str) -> None:
    for address, secret in secret_addresses():
        for written in (address, quote(address, safe="")):
            said = logged(line.replace("{}", "%s"), written)
            assert "(token)" in said, address
            for part in [secret, *secret.split(":")]:
                assert part not in said or len(part) < 12, (said, part)


def test_the_trace_of_an_error_holds_none_either() -> None:
    said = logged("it failed", error=ValueError(f"/calendar/{TOKEN}.ics has no person"))
    assert "/calendar/(token).ics has no person" in said


def test_the_rest_of_a_line_stays() -> None:
    line = "Not Found: /library/items/guide-for-importers/ reference=0A1B2C3D"
    assert logged(line) == line + "\n"
