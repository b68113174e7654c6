"""A published report as a tagged PDF, drawn from its frozen content alone; the same content gives the same file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

VARIANT = "pdf/ua-1"
ONE_PAGE = "@page { margin: 12mm 15mm 13mm; }"
STYLES = Path(__file__).parent / "templates" / "communication" / "print.css"  # for paper; no browser asks for it


class PdfUnavailable(Exception):
    """This machine cannot make PDF files; readers can still print the page."""


@cache
def _fonts() -> Path:
    found = finders.find("foundation/fonts/source-sans-3-latin-400-normal.woff2")
    return Path(str(found)).parent if found else STYLES.parent


def as_pdf(content: dict[str, Any], address: str, *, is_plain: bool = False) -> bytes:
    """The file, tagged and in its language, with the title as its only property; `is_plain` leaves text readable."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # the package, or a library of the system that it needs
        raise PdfUnavailable(str(error)) from error

    class OwnFonts(URLFetcher):  # type: ignore[misc]
        """Nothing is ever read but our own fonts."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(_fonts().as_uri() + "/"):
                return super().fetch(url, headers)
            raise ValueError("Reports read nothing from elsewhere.")

    with translation.override(content["language"]):
        page = render_to_string("communication/report_print.html", {"report": content, "address": address})
    fetcher = OwnFonts()
    rules = STYLES.read_text(encoding="utf-8") + (ONE_PAGE if content["is_short"] else "")
    styles = CSS(string=rules, base_url=_fonts().as_uri() + "/", url_fetcher=fetcher)
    document = HTML(string=page, base_url="", url_fetcher=fetcher)
    made: bytes = document.write_pdf(
        stylesheets=[styles],
        pdf_variant=VARIANT,
        pdf_identifier=content["reference"].encode(),
        uncompressed_pdf=is_plain,
    )
    return made
