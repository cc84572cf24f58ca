"""Quality inspections of casework, from the questions to the published letter."""

__version__ = "0.1.0"
