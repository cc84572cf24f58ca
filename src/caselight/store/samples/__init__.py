"""What was drawn, and who examines which case."""
