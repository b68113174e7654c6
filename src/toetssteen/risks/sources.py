"""How old a source is: after five years somebody should look whether it still holds."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from toetssteen.core.frameworks import Pack, RiskProfile
from toetssteen.risks.models import RiskSource

OLD_AFTER_YEARS = 5
OLD, UNDATED = "old", "undated"


def age_of_date(source_date: str | None, today: dt.date) -> str:
    """`old` for a source of more than five years ago, `undated` without a date, else nothing; takes 2017 or 2017-08."""
    if not source_date:
        return UNDATED
    parts = [int(part) for part in source_date.split("-")[:2]]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return OLD if (year + OLD_AFTER_YEARS, month) < (today.year, today.month) else ""


def source_name(profile: RiskProfile) -> str:
    """Where a profile comes from, in words that somebody outside the covenant understands."""
    names = {"AR1": _("First annual report of the covenant"), "EVAL": _("Final evaluation of the covenant")}
    said = []
    for part in (part.strip() for part in profile.source.split(";")):
        code, _space, place = part.partition(" ")
        if code not in names:
            said.append(part)
        elif place:
            said.append(_("%(report)s, section %(place)s") % {"report": names[code], "place": place})
        else:
            said.append(names[code])
    return "; ".join(part for part in said if part)


def source_words(profile: RiskProfile) -> str:
    """The source of a profile with its date, where that is known."""
    return f"{source_name(profile)} ({profile.source_date})" if profile.source_date else source_name(profile)


def age_of(source: RiskSource, pack: Pack, today: dt.date) -> str:
    """The age of a source by its day; without one, by what the pack knows of the profile that it came from."""
    if source.said_on is not None:
        return age_of_date(source.said_on.isoformat(), today)
    profile = next((row for row in pack.risk_profiles if source.profile and row.id == source.profile), None)
    return age_of_date(profile.source_date if profile else None, today)
