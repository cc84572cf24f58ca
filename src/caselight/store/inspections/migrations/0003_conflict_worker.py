"""A conflict of interest can be with one case manager."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_requests"),
    ]

    operations = [
        migrations.AddField(model_name="conflict", name="worker", field=models.CharField(blank=True, max_length=100)),
    ]
