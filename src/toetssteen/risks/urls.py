"""Addresses of risks: the ordered list, proposals, one risk, and what the secretariat reads."""

from django.urls import path

from toetssteen.risks.views import hearing, lists, one, proposals, sources

urlpatterns = [
    path("risks/", lists.risk_list, name="risk_list"),
    path("risks/years/<int:year>/", lists.risk_list, name="risk_year"),
    path("risks/years/<int:year>/add/", one.risk_edit, name="risk_add"),
    path("risks/years/<int:year>/order/", lists.order_reset, name="risk_order_reset"),
    path("risks/years/<int:year>/carry/", lists.risk_carry, name="risk_carry"),
    path("risks/years/<int:year>/views/add/", hearing.stakeholder_view, name="stakeholder_view_add"),
    path("risks/years/<int:year>/views/<int:view>/", hearing.stakeholder_view, name="stakeholder_view_edit"),
    path(
        "risks/years/<int:year>/views/<int:view>/remove/",
        hearing.stakeholder_view_remove,
        name="stakeholder_view_remove",
    ),
    path(
        "risks/years/<int:year>/views/<int:view>/restore/",
        hearing.stakeholder_view_restore,
        name="stakeholder_view_restore",
    ),
    path("risks/years/<int:year>/proposals/", proposals.proposal_list, name="risk_proposals"),
    path("risks/years/<int:year>/proposals/confirm/", proposals.proposal_confirm, name="risk_proposal_confirm"),
    path("risks/years/<int:year>/proposals/reject/", proposals.proposal_reject, name="risk_proposal_reject"),
    path("risks/years/<int:year>/proposals/undo/", proposals.proposal_undo, name="risk_proposal_undo"),
    path("risks/<int:pk>/", one.risk_detail, name="risk_detail"),
    path("risks/<int:pk>/change/", one.risk_edit, name="risk_edit"),
    path("risks/<int:pk>/rate/", one.risk_rate, name="risk_rate"),
    path("risks/<int:pk>/move/", one.risk_move, name="risk_move"),
    path("risks/<int:pk>/moves/<int:move>/undo/", one.move_undo, name="risk_move_undo"),
    path("risks/<int:pk>/sources/add/", sources.risk_source, name="risk_source_add"),
    path("risks/<int:pk>/sources/<int:source>/", sources.risk_source, name="risk_source_edit"),
    path("risks/<int:pk>/sources/<int:source>/remove/", sources.risk_source_remove, name="risk_source_remove"),
    path("risks/<int:pk>/remove/", one.risk_remove, name="risk_remove"),
    path("risks/<int:pk>/restore/", one.risk_restore, name="risk_restore"),
    path("secretariat/risks/<int:organisation>/", lists.company_risks, name="company_risks"),
    path("secretariat/risks/<int:organisation>/<int:year>/", lists.company_risks, name="company_risks_year"),
]
