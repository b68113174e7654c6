from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "toetssteen.reporting"

    def ready(self) -> None:
        """Tell the rooms below what reports use."""
        from toetssteen.documents import hooks as document_hooks
        from toetssteen.foundation import hooks
        from toetssteen.organisations import hooks as organisation_hooks
        from toetssteen.reporting import usage

        document_hooks.usage.append(usage.evidence_usage)
        document_hooks.open_to_secretariat.append(usage.evidence_handed_in)
        document_hooks.open_to_secretariat.append(usage.risk_files_handed_in)
        hooks.answers("years_with_final_reports", usage.years_with_final_reports)
        hooks.answers("risks.year_is_filed", usage.risks_year_is_filed)
        hooks.answers("chain.closed_in_report", usage.chain_closed_in_report)
        hooks.answers("chains.reported_since", usage.chains_reported_since)
        organisation_hooks.tell_used_years(usage.used_years)
