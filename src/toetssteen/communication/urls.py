"""Addresses of the public due-diligence report: writing it, reading it, and who is late with it."""

from __future__ import annotations

from django.urls import path

from toetssteen.communication.views import company, public, secretariat

urlpatterns = [
    path("plan/public-report/", company.public_report_home, name="public_report_home"),
    path("plan/<int:year>/public-report/", company.public_report_edit, name="public_report_edit"),
    path("plan/<int:year>/public-report/length/", company.public_report_length, name="public_report_length"),
    path("plan/<int:year>/public-report/parts/<slug:section>/", company.public_report_section,
         name="public_report_section"),
    path("plan/<int:year>/public-report/preview/<slug:language>/", company.public_report_preview,
         name="public_report_preview"),
    path("plan/<int:year>/public-report/publish/", company.public_report_publish, name="public_report_publish"),
    path("plan/<int:year>/public-report/withdraw/<int:number>/", company.public_report_withdraw,
         name="public_report_withdraw"),
    path("plan/<int:year>/public-report/versions/<int:number>/pdf/", company.public_report_pdf,
         name="public_report_pdf"),
    path("secretariat/public-reports/", secretariat.public_report_standings, name="public_report_standings"),
    path("due-diligence/<slug:reference>/", public.company_reports, name="company_reports"),
    path("due-diligence/<slug:reference>/<int:year>/", public.company_report, name="company_report"),
    path("due-diligence/<slug:reference>/<int:year>/<slug:language>/", public.company_report,
         name="company_report_language"),
    path("due-diligence/<slug:reference>/<int:year>/<slug:language>/<int:number>/", public.company_report_version,
         name="company_report_version"),
    path("due-diligence/<slug:reference>/<int:year>/<slug:language>/<int:number>/report.pdf",
         public.company_report_pdf, name="company_report_pdf"),
    path("due-diligence/<slug:reference>/<int:year>/<slug:language>/<int:number>/report.docx",
         public.company_report_docx, name="company_report_docx"),
]  # fmt: skip
