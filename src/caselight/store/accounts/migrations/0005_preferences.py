"""How pages look for a person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_sessions"),
    ]

    operations = [
        migrations.AddField(model_name="user", name="preferences", field=models.JSONField(default=dict)),
    ]
