"""The cases a service supplied, and the subjects that are examined."""
