"""Addresses of the figures."""

from django.urls import path, re_path

from toetssteen.insights.views import chains, figures, results

urlpatterns = [
    path("secretariat/chains/all/", chains.all_chains, name="all_chains"),
    re_path(
        r"^secretariat/chains/all\.(?P<file_format>csv|xlsx)$",
        chains.all_chains_download,
        name="all_chains_download",
    ),
    path("secretariat/chains/meetings/", chains.chain_meetings, name="chain_meetings"),
    path("secretariat/chains/questions/", chains.chain_findings, name="chain_findings"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<int:year>/", figures.figures, name="figures_year"),
    re_path(
        r"^figures/(?P<year>\d+)/figures\.(?P<file_format>csv|json)$", figures.figures_download, name="figures_download"
    ),
    path("figures/<int:year>/results/", results.results, name="results"),
    re_path(
        r"^figures/(?P<year>\d+)/results\.(?P<file_format>csv|json|xlsx)$",
        results.results_download,
        name="results_download",
    ),
    re_path(
        r"^secretariat/figures/(?P<year>\d+)/results\.(?P<file_format>csv|json|xlsx)$",
        results.all_results_download,
        name="all_results_download",
    ),
]
