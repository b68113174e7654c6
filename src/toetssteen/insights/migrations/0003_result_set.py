"""Tables from risk to result, frozen with a publication; the database itself refuses changes to them."""

import django.db.models.deletion
from django.db import migrations, models

from toetssteen.foundation.immutable import forbid_change


class Migration(migrations.Migration):
    dependencies = [("covenant", "0002_immutable"), ("insights", "0002_immutable")]
    operations = [
        migrations.CreateModel(
            name="ResultSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="covenant.covenantyear"
                    ),
                ),
            ],
            options={
                "ordering": ["year", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "number"), name="one_result_set_per_publication")
                ],
            },
        ),
        migrations.RunPython(*forbid_change("insights_resultset")),
    ]
