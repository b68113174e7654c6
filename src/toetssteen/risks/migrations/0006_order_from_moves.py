"""The order of a year follows from severity and the moves; a put-aside proposal knows its chains."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supplychain", "0003_areas_of_companies"), ("risks", "0005_sources_only")]
    operations = [
        migrations.AlterField("move", "reason", models.CharField("reason", max_length=400, blank=True)),
        migrations.AddField("risk", "look_again", models.BooleanField(default=False)),
        migrations.AddField("rejection", "chains", models.ManyToManyField(related_name="+", to="supplychain.chain")),
    ]
