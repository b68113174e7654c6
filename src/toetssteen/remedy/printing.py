"""A poster on paper: the drawing of its code, the address beneath, and the PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.template.loader import render_to_string

from toetssteen.foundation.addresses import reverse

STYLE = Path(__file__).parent / "static" / "remedy" / "poster.css"
CORRECTION = "q"  # a quarter of the code may be torn or dirty
QUIET = 4  # the white border that scanners need, in dots
LOCAL = frozenset({"localhost", "127.0.0.1", "::1", ""})


class NoPrinter(Exception):
    """This machine lacks the libraries that write PDF; a browser can still print the poster."""


def address_of(code: str) -> str:
    """The whole address behind a code, as the drawing holds it."""
    return settings.SITE_URL.rstrip("/") + reverse("complain", args=[code])


def short_address(code: str) -> tuple[str, str]:
    """The address as somebody types it over, in two parts: where it is, and the code that is not broken apart."""
    before, _, after = address_of(code).partition("://")[2].rstrip("/").rpartition("/")
    return f"{before}/", after


def is_reachable() -> bool:
    """Whether the address of this installation can be reached from elsewhere; without that no poster may be hung."""
    return (urlsplit(settings.SITE_URL).hostname or "") not in LOCAL


def drawing_of(code: str) -> str:
    """The code as a drawing without a fixed size; it holds nothing but the address."""
    made = segno.make(address_of(code), error=CORRECTION, micro=False)
    return made.svg_inline(border=QUIET, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")


def pdf_of(context: dict[str, Any]) -> bytes:
    """The poster as one A4 page; `NoPrinter` where the machine cannot make one."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise NoPrinter from error
    page = render_to_string("remedy/poster_sheet.html", {**context, "for_pdf": True})
    style = weasyprint.CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=_nothing)
    made: bytes = weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf(
        stylesheets=[style], pdf_variant="pdf/ua-1"
    )
    return made


def _nothing(url: str, *_more: Any, **_options: Any) -> dict[str, Any]:
    """A poster fetches nothing from anywhere."""
    raise ValueError("a poster holds everything itself")
