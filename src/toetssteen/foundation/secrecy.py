"""How secret a table or column is, as data that queries, exports and the data dictionary share."""

from enum import StrEnum


class Secrecy(StrEnum):
    """Who may ever see a value; the strictest that applies counts."""

    PUBLIC = "public"
    PARTIES = "parties"
    COMPANY = "company"  # own company and secretariat
    SECRETARIAT = "secretariat"
    SEALED = "sealed"  # those named in the file only
    COUNTABLE = "countable"  # in counts only
    SYSTEM = "system"  # technical; nobody reads it on a screen
