"""The register as open data: stable columns, one row per company and year, with licence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from toetssteen.foundation.workbooks import csv_cell
from toetssteen.register.models import Publication, RegisterEntry

LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
COMPANY_COLUMNS = (
    "reference", "name", "country", "region", "type", "member_since", "member_until", "covenant_year", "year_starts",
    "year_ends", "report_year", "colour", "decided_on", "more_time_until", "plan_published", "publication",
    "published_on",
)  # fmt: skip
AUTHORITY_COLUMNS = (
    "reference",
    "name",
    "country",
    "region",
    "member_since",
    "member_until",
    "publication",
    "published_on",
)
AREA_COLUMNS = ("country", "province", "district", "shared_by_many", "publication", "published_on")


def company_rows(publication: Publication, entries: Iterable[RegisterEntry]) -> Iterable[dict[str, Any]]:
    """One row per company and year; a company without results has one row with empty year columns."""
    stamp = {"publication": publication.number, "published_on": publication.made_at.date().isoformat()}
    for entry in entries:
        planned = {plan["covenant_year"] for plan in entry.plans}
        head = {
            "reference": entry.reference, "name": entry.name, "country": entry.country, "region": entry.region,
            "type": entry.situation, "member_since": entry.joined_on.isoformat(),
            "member_until": entry.ended_on.isoformat() if entry.ended_on else "",
        }  # fmt: skip
        for result in entry.results or [None]:
            row = {**dict.fromkeys(COMPANY_COLUMNS, ""), **head, **stamp}
            if result:
                row |= {
                    "covenant_year": result["covenant_year"], "year_starts": result["starts_on"],
                    "year_ends": result["ends_on"], "report_year": result["report_year"], "colour": result["colour"],
                    "decided_on": result["decided_on"], "more_time_until": result.get("more_time_until") or "",
                    "plan_published": "yes" if result["covenant_year"] in planned else "no",
                }  # fmt: skip
            yield row


def authority_rows(publication: Publication, entries: Iterable[RegisterEntry]) -> Iterable[dict[str, Any]]:
    """One row per contracting authority."""
    for entry in entries:
        yield {
            "reference": entry.reference, "name": entry.name, "country": entry.country, "region": entry.region,
            "member_since": entry.joined_on.isoformat(),
            "member_until": entry.ended_on.isoformat() if entry.ended_on else "",
            "publication": publication.number, "published_on": publication.made_at.date().isoformat(),
        }  # fmt: skip


def area_rows(publication: Publication, areas: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """One row per district, without companies and without counts."""
    for area in areas:
        yield {
            "country": area["country"], "province": area["province"], "district": area["district"],
            "shared_by_many": "yes" if area["shared"] else "no",
            "publication": publication.number, "published_on": publication.made_at.date().isoformat(),
        }  # fmt: skip


def as_csv(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    """Comma separated text with a byte-order mark; a cell that a spreadsheet would run as a formula is plain text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: csv_cell(value) for key, value in row.items()})
    return "\ufeff" + out.getvalue()


def as_json(publication: Publication, columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    """The same rows as JSON, with licence, columns and the moment of publication."""
    return json.dumps(
        {
            "licence": LICENCE,
            "licence_address": LICENCE_ADDRESS,
            "publication": publication.number,
            "published_at": publication.made_at.isoformat(),
            "up_to_covenant_year": publication.year.number if publication.year else None,
            "sha256": publication.sha256,
            "columns": list(columns),
            "rows": list(rows),
        },
        ensure_ascii=False,
        indent=1,
    )
