"""What was known of a risk by one source becomes a row of its own, with the file that shows it."""

from django.db import migrations

KINDS = {
    "site visit", "recent independent audit", "public report", "stakeholder", "worker voice", "supplier answer",
}  # fmt: skip


def copy(apps, schema_editor):
    Risk, RiskSource = apps.get_model("risks", "Risk"), apps.get_model("risks", "RiskSource")
    rows = []
    for risk in Risk.objects.prefetch_related("evidence").order_by("pk"):
        files = list(risk.evidence.all())
        if not (risk.source_kind or risk.source_text or risk.found_on or files):
            continue
        about = {
            "risk": risk,
            "kind": risk.source_kind if risk.source_kind in KINDS else "public report",
            "said_on": risk.found_on,
            "profile": risk.profile,
            "noted_by_id": risk.changed_by_id,
            "noted_at": risk.changed_at,
        }
        first = files[0] if files else None
        rows.append(RiskSource(**about, text=risk.source_text, evidence=first))
        rows += [RiskSource(**about, evidence=file) for file in files[1:]]
    RiskSource.objects.bulk_create(rows, 500)


class Migration(migrations.Migration):
    dependencies = [("risks", "0003_sources")]
    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
