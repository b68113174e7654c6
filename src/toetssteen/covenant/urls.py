"""Addresses of the stored versions of the framework."""

from django.urls import path

from toetssteen.covenant import views

urlpatterns = [
    path("versions/", views.pack_list, name="pack_list"),
    path("versions/<int:pk>/", views.pack_detail, name="pack_detail"),
    path("versions/<int:old>/compare/<int:new>/", views.pack_compare, name="pack_compare"),
]
