"""Addresses of the stored versions of the framework and of the covenant years."""

from django.urls import path

from toetssteen.covenant import views

urlpatterns = [
    path("versions/", views.pack_list, name="pack_list"),
    path("versions/new/", views.pack_store, name="pack_store"),
    path("versions/<int:pk>/", views.pack_detail, name="pack_detail"),
    path("versions/<int:old>/compare/<int:new>/", views.pack_compare, name="pack_compare"),
    path("years/", views.year_list, name="year_list"),
    path("years/new/", views.year_open, name="year_open"),
    path("years/<int:pk>/version/", views.year_version, name="year_version"),
    path("terms/new/", views.term_add, name="term_add"),
]
