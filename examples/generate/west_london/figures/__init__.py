"""What the published letter claims, and 34 cases that meet all of it."""
