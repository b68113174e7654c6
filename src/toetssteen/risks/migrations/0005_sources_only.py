"""Sources stand in rows of their own now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("risks", "0004_source_rows")]
    operations = [
        migrations.RemoveField(model_name="risk", name="evidence"),
        migrations.RemoveField(model_name="risk", name="source_text"),
    ]
