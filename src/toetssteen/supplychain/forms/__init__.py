"""What a company fills in about a chain, its links, and the moments of closing and checking."""

from toetssteen.supplychain.forms.chains import ChainForm, chain_initial
from toetssteen.supplychain.forms.fields import FROM_COUNTRIES, all_country_names
from toetssteen.supplychain.forms.links import LinkFormSet, link_formset
from toetssteen.supplychain.forms.moments import (
    AreaForm,
    AskForm,
    CloseForm,
    ConfirmForm,
    KeepForm,
    MergeForm,
    ScanForm,
)
from toetssteen.supplychain.forms.quick import quick_rows

__all__ = [
    "FROM_COUNTRIES",
    "AreaForm",
    "AskForm",
    "ChainForm",
    "CloseForm",
    "ConfirmForm",
    "KeepForm",
    "LinkFormSet",
    "MergeForm",
    "ScanForm",
    "all_country_names",
    "chain_initial",
    "link_formset",
    "quick_rows",
]
