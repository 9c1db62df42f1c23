"""Who was erased, what people ask of what we have about them, and what was let go."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables of their own; nothing that is here is touched."""

    dependencies = [
        ("trust", "0007_seals"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ran_at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "round of retention",
                "verbose_name_plural": "rounds of retention",
                "ordering": ["-ran_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=64)),
                ("subject", models.UUIDField()),
                ("erased_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject"), name="trust_erasure_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivacyRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("rectify", "Put something right"),
                            ("erase", "Erase what you have about me"),
                            ("restrict", "Do not use it for now"),
                            ("object", "I do not want you to use it"),
                        ],
                        max_length=16,
                        verbose_name="what you ask",
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, max_length=2000, verbose_name="in your own words"),
                ),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.TextField(blank=True, max_length=2000, verbose_name="the answer"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="privacy_requests",
                        to="trust.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "request about personal data",
                "verbose_name_plural": "requests about personal data",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wish__in", ["rectify", "erase", "restrict", "object"])
                        ),
                        name="trust_privacyrequest_known_wish",
                    )
                ],
            },
        ),
    ]
