"""Addresses of the yearly report."""

from django.urls import path

from toetssteen.reporting import views

urlpatterns = [
    path("reports/", views.report_current, name="report_overview"),
    path("reports/<int:pk>/", views.report_overview, name="report_overview"),
    path("reports/<int:pk>/questions/<slug:question>/", views.answer_edit, name="answer_edit"),
    path("reports/<int:pk>/questions/<slug:question>/confirm/", views.answer_confirm, name="answer_confirm"),
    path("reports/<int:pk>/questions/<slug:question>/evidence/", views.answer_evidence, name="answer_evidence"),
    path("reports/<int:pk>/parts/<str:sub_step>/assign/", views.part_assign, name="part_assign"),
    path("reports/<int:pk>/parts/<str:sub_step>/", views.part_edit, name="part_edit"),
    path("reports/<int:pk>/path/", views.report_path, name="report_path"),
    path("reports/<int:pk>/what-if/", views.what_if, name="what_if"),
    path("reports/light-profile/", views.variant_ask, name="variant_ask"),
    path("secretariat/light-profile/", views.variant_list, name="variant_list"),
    path("secretariat/light-profile/<int:pk>/", views.variant_decide, name="variant_decide"),
    path("secretariat/light-profile/years/<int:year>/", views.variant_adopt, name="variant_adopt"),
    path("secretariat/light-profile/years/<int:year>/end/", views.variant_end, name="variant_end"),
    path("reports/<int:pk>/check/", views.report_check, name="report_check"),
    path("reports/<int:pk>/submit/", views.report_submit, name="report_submit"),
    path("reports/<int:pk>/receipt/", views.report_receipt, name="report_receipt"),
    path("reports/<int:pk>/frozen/<int:number>/", views.snapshot_page, name="snapshot_page"),
    path("reports/<int:pk>/frozen/<int:number>.json", views.snapshot_file, name="snapshot_file"),
]
