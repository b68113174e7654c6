"""What was found and what was taken off the public pages is written once; approved summaries stay as approved."""

from typing import Any

from django.db import migrations

from toetssteen.foundation.immutable import forbid_change


def keep_approved_summaries(apps: Any, editor: Any) -> None:
    plans = apps.get_model("plans", "Plan").objects.filter(public_content__isnull=False).exclude(summary="")
    shown = [pk for pk, content in plans.values_list("pk", "public_content").iterator() if content.get("summary")]
    for start in range(0, len(shown), 500):
        plans.filter(pk__in=shown[start : start + 500]).update(summary_is_public=True)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_second_thoughts")]
    operations = [
        migrations.RunPython(keep_approved_summaries, migrations.RunPython.noop),
        migrations.RunPython(*forbid_change("plans_correctivereview")),
        migrations.RunPython(*forbid_change("plans_planvisibility")),
    ]
