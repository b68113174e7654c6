"""Addresses of risks: the ordered list, proposals, one risk, and what the secretariat reads."""

from django.urls import path

from toetssteen.risks import views

urlpatterns = [
    path("risks/", views.risk_list, name="risk_list"),
    path("risks/years/<int:year>/", views.risk_list, name="risk_year"),
    path("risks/years/<int:year>/add/", views.risk_edit, name="risk_add"),
    path("risks/years/<int:year>/order/", views.order_reset, name="risk_order_reset"),
    path("risks/years/<int:year>/views/add/", views.stakeholder_view_add, name="stakeholder_view_add"),
    path("risks/years/<int:year>/proposals/", views.proposal_list, name="risk_proposals"),
    path("risks/years/<int:year>/proposals/confirm/", views.proposal_confirm, name="risk_proposal_confirm"),
    path("risks/years/<int:year>/proposals/reject/", views.proposal_reject, name="risk_proposal_reject"),
    path("risks/years/<int:year>/proposals/undo/", views.proposal_undo, name="risk_proposal_undo"),
    path("risks/<int:pk>/", views.risk_detail, name="risk_detail"),
    path("risks/<int:pk>/change/", views.risk_edit, name="risk_edit"),
    path("risks/<int:pk>/rate/", views.risk_rate, name="risk_rate"),
    path("risks/<int:pk>/move/", views.risk_move, name="risk_move"),
    path("risks/<int:pk>/remove/", views.risk_remove, name="risk_remove"),
    path("risks/<int:pk>/restore/", views.risk_restore, name="risk_restore"),
    path("secretariat/risks/<int:organisation>/", views.company_risks, name="company_risks"),
    path("secretariat/risks/<int:organisation>/<int:year>/", views.company_risks, name="company_risks_year"),
]
