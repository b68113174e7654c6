import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supplychain", "0002_precision_and_merges")]

    operations = [
        migrations.AddField("quarryarea", "listed", models.BooleanField(default=True)),
        migrations.AddField(
            "quarryarea",
            "merged_into",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="supplychain.quarryarea",
            ),
        ),
    ]
