"""Inspections: the service, the framework they are pinned to, the team, the state, and the files they carry."""

from __future__ import annotations

from django.db import models

from caselight.store.accounts.models import User
from caselight.store.frameworks.models import FrameworkVersion


class Service(models.Model):
    """The inspected body; whose work a person may see is decided by it."""

    key = models.CharField(max_length=100, unique=True)
    name = models.TextField()
    short = models.TextField()


class State(models.TextChoices):
    """How far an inspection has come."""

    SETUP = "setup"
    FIELDWORK = "fieldwork"
    MODERATION = "moderation"
    DRAFT = "draft"
    FACT_CHECK = "fact_check"
    EMBARGO = "embargo"
    PUBLISHED = "published"
    CLOSED = "closed"


class Kind(models.TextChoices):
    """A team from outside, or the service itself."""

    EXTERNAL = "external"
    LOCAL_AUDIT = "local_audit"


class Inspection(models.Model):
    """One inspection. ``source`` is ``inspection.yaml`` as somebody wrote it, ``definition`` the same as plain JSON."""

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.SETUP)
    title = models.TextField()
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="inspections")
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="inspections")
    definition = models.TextField()
    source = models.BinaryField()
    holidays = models.JSONField(default=list)  # days as year-month-day
    tables = models.JSONField(default=dict)  # the columns of each table of the folder, also of one without rows
    created_at = models.DateTimeField()
    retain_until = models.DateField(null=True, blank=True)


class Membership(models.Model):
    """A role of a person in an inspection, or for a service, from one day to another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, related_name="memberships")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="memberships")
    member_key = models.CharField(max_length=100, blank=True)  # the key in the package: a worker's, or of its team
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # ended before its day


class Conflict(models.Model):
    """A reason why a person examines no case of a service, none of one case manager there, or not one case."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="conflicts")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, null=True, related_name="conflicts")
    case_key = models.CharField(max_length=100, blank=True)
    worker = models.CharField(max_length=100, blank=True)  # a case manager's key in the case lists of the service
    reason = models.TextField()
    declared_at = models.DateTimeField()
    by = models.CharField(max_length=100, blank=True)  # who declared it; empty where that was not kept yet


class ConflictWithdrawal(models.Model):
    """That a conflict no longer stands, and why. Only ever added."""

    conflict = models.OneToOneField(Conflict, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    chain_n = models.PositiveBigIntegerField()


class CarriedFile(models.Model):
    """A file of the inspection's folder that is kept as it is: notes, tables for readers, what Caselight does not know.

    Under ``framework/`` only where the folder's framework says the same in other words than the adopted files. Path and
    content may name anybody, so they are sealed with the key of the inspection itself.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="files")
    path = models.TextField()  # sealed, in base 64
    content = models.BinaryField()  # sealed


class CarriedTable(models.Model):
    """A table that is kept and not interpreted, or, ``beside``, the columns of a table that Caselight does not know.

    Then the first columns are those that tell the row. Cells may name anybody, so they are sealed as files are.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="carried_tables")
    file = models.CharField(max_length=400)
    beside = models.BooleanField()
    sealed = models.BinaryField()  # JSON: the columns, and the cells of each row

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "file", "beside"], name="carried_table")]


class RequestStep(models.Model):
    """A step of a request to the service: asked, changed, received, accepted, returned, withdrawn. Only ever added.

    ``request`` is the random key that its steps share. What is asked and what was said of it is sealed: with the key of
    the case that it is about, else with that of the inspection itself.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="request_steps")
    request = models.CharField(max_length=40)
    step = models.CharField(max_length=20)
    worker = models.CharField(max_length=100, blank=True)  # of whom it is asked; empty: of the managers of the service
    case_key = models.CharField(max_length=100, blank=True)
    due = models.DateField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    chain_n = models.PositiveBigIntegerField()


class ContactStep(models.Model):
    """Somebody of the service to turn to: kept, changed, or removed. The last one counts. Only ever added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="contact_steps")
    contact = models.CharField(max_length=40)
    removed = models.BooleanField(default=False)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField()  # name, role, e-mail address, telephone number
    key_id = models.CharField(max_length=32)
    chain_n = models.PositiveBigIntegerField()


class Announcement(models.Model):
    """The announcement as somebody sent it: on which day, to whom, its words. Only ever added."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="announcements")
    sent_on = models.DateField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=32)
    chain_n = models.PositiveBigIntegerField()
