"""Addresses of the figures."""

from django.urls import path, re_path

from toetssteen.insights import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<int:year>/", views.figures, name="figures_year"),
    re_path(
        r"^figures/(?P<year>\d+)/figures\.(?P<file_format>csv|json)$", views.figures_download, name="figures_download"
    ),
]
