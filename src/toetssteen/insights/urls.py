"""Addresses of the figures."""

from django.urls import path, re_path

from toetssteen.insights import chain_views, views

urlpatterns = [
    path("secretariat/chains/all/", chain_views.all_chains, name="all_chains"),
    re_path(
        r"^secretariat/chains/all\.(?P<file_format>csv|xlsx)$",
        chain_views.all_chains_download,
        name="all_chains_download",
    ),
    path("secretariat/chains/meetings/", chain_views.chain_meetings, name="chain_meetings"),
    path("secretariat/chains/questions/", chain_views.chain_findings, name="chain_findings"),
    path("figures/", views.figures, name="figures"),
    path("figures/<int:year>/", views.figures, name="figures_year"),
    re_path(
        r"^figures/(?P<year>\d+)/figures\.(?P<file_format>csv|json)$", views.figures_download, name="figures_download"
    ),
]
