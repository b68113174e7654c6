"""What every page about chains needs: the year that is reported, its pack, and what the year demands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack, YearRule
from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import clock
from toetssteen.organisations.queries import report_year_number, situation_on
from toetssteen.supplychain import queries


@dataclass(frozen=True)
class Ground:
    """The year, its pack and today, read once for a page."""

    year: Any
    pack: Pack
    today: dt.date

    @classmethod
    def now(cls) -> Ground:
        today = clock.today()
        try:
            year = current_year(today)
        except ObjectDoesNotExist as error:
            raise Http404 from error
        return cls(year, pack_of(year), today)

    @property
    def on(self) -> dt.date:
        """The day whose chains count for the report."""
        return queries.report_day(self.year, self.today)

    def table(self, actor: Actor, organisation_id: int, filters: queries.Filters | None = None) -> queries.ChainTable:
        return queries.chains_of(
            actor, organisation_id, pack=self.pack, on=self.on, since=self.year.starts_on, filters=filters
        )

    def rule(self, organisation_id: int) -> tuple[int | None, YearRule | None]:
        """Which report of the company this is, and what it must reach; nothing when no report is due."""
        number = report_year_number(organisation_id, self.year, self.pack)
        situation = situation_on(organisation_id, self.on)
        if number is None or not situation or not self.pack.has_rule(situation):
            return number, None
        return number, self.pack.rule(situation, number)
