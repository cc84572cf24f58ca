"""What attacks do inside Django, called by name from a process of its own (see ``tests.evidence.django_run``)."""
