"""Reading the registry, the questions and the closings: for the secretariat, and the little that a company sees."""

from toetssteen.sites.queries.company import (
    CompanyDesk,
    company_desk,
    company_notices,
    next_steps,
    open_own_questions,
    own_notice_id,
    own_question_id,
)
from toetssteen.sites.queries.desk import (
    Desk,
    DeskFilters,
    countries_asked,
    desk,
    near_certain,
    next_of,
    questions_in_order,
)
from toetssteen.sites.queries.effects import ClosingEffect, closing_effect
from toetssteen.sites.queries.registry import (
    Filters,
    SiteRow,
    export_rows,
    filter_choices,
    like,
    site_or_none,
    site_rows,
    sites_found,
)
from toetssteen.sites.queries.site import SitePage, site_page
from toetssteen.sites.queries.state import latest_run, registry_state

__all__ = [
    "ClosingEffect",
    "CompanyDesk",
    "Desk",
    "DeskFilters",
    "Filters",
    "SitePage",
    "SiteRow",
    "closing_effect",
    "company_desk",
    "company_notices",
    "countries_asked",
    "desk",
    "export_rows",
    "filter_choices",
    "latest_run",
    "like",
    "near_certain",
    "next_of",
    "next_steps",
    "open_own_questions",
    "own_notice_id",
    "own_question_id",
    "questions_in_order",
    "registry_state",
    "site_or_none",
    "site_page",
    "site_rows",
    "sites_found",
]
