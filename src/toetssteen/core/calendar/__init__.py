"""The covenant's calendar: covenant years, who owes a report when, and which report of a company it is."""

from .publication import PublicationCheck, Telling, check_of, months_first, publication_check
from .reports import (
    MEMBER,
    SUSPENDED,
    DatedSituation,
    Period,
    ReportingRules,
    exemption,
    is_member,
    joined_on,
    report_due,
    report_year_number,
    reporting_rules,
    reports_due,
    situation_on,
)
from .years import covenant_year, default_extension_date, whole_months

__all__ = [
    "MEMBER",
    "SUSPENDED",
    "DatedSituation",
    "Period",
    "PublicationCheck",
    "ReportingRules",
    "Telling",
    "check_of",
    "covenant_year",
    "default_extension_date",
    "exemption",
    "is_member",
    "joined_on",
    "months_first",
    "publication_check",
    "report_due",
    "report_year_number",
    "reporting_rules",
    "reports_due",
    "situation_on",
    "whole_months",
]
