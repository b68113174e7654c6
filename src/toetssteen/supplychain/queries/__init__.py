"""Reading chains: for the pages, for the facts of a report, and for its frozen content."""

from toetssteen.supplychain.queries.areas import (
    area_choices,
    area_merges,
    merge_exists,
    proposed_areas,
    quarry_area,
    quarry_areas,
    same_country_areas,
    what_follows,
)
from toetssteen.supplychain.queries.chains import (
    ChainRow,
    ChainTable,
    Filters,
    Words,
    as_row,
    chain_for_edit,
    chain_heads,
    chains,
    chains_of,
    companies_with_chains,
    company_with_chains,
)
from toetssteen.supplychain.queries.coverage import chains_on, coverage_of, coverage_of_rows, coverages_on, report_day
from toetssteen.supplychain.queries.facts import chain_facts, chains_to_count
from toetssteen.supplychain.queries.frozen import frozen_chains
from toetssteen.supplychain.queries.routes import REACH_KM, area_spot
from toetssteen.supplychain.queries.scans import chains_to_scan

__all__ = [
    "REACH_KM",
    "ChainRow",
    "ChainTable",
    "Filters",
    "Words",
    "area_choices",
    "area_merges",
    "area_spot",
    "as_row",
    "chain_facts",
    "chain_for_edit",
    "chain_heads",
    "chains",
    "chains_of",
    "chains_on",
    "chains_to_count",
    "chains_to_scan",
    "companies_with_chains",
    "company_with_chains",
    "coverage_of",
    "coverage_of_rows",
    "coverages_on",
    "frozen_chains",
    "merge_exists",
    "proposed_areas",
    "quarry_area",
    "quarry_areas",
    "report_day",
    "same_country_areas",
    "what_follows",
]
