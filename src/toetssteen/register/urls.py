"""Addresses of the public register and of publishing."""

from django.urls import path, re_path

from toetssteen.register import views

urlpatterns = [
    path("", views.front, name="front"),
    path("register/", views.register, name="register"),
    path("register/authorities/", views.authorities, name="authorities"),
    path("register/quarry-areas/", views.quarry_areas, name="quarry_areas"),
    path("register/data/", views.open_data, name="open_data"),
    re_path(
        r"^register/data/(?P<table>companies|authorities|quarry-areas)\.(?P<file_format>csv|json)$",
        views.download,
        name="register_download",
    ),
    path("register/company/<slug:reference>/", views.company, name="register_company"),
    path("register/company/<slug:reference>/<int:year>/", views.company_year, name="register_company_year"),
    path("framework/", views.framework, name="framework"),
    path("framework/<int:year>/", views.framework, name="framework_year"),
    path("publication/", views.publication_list, name="publication_list"),
    path("publication/<int:year>/", views.publication_preview, name="publication_preview"),
]
