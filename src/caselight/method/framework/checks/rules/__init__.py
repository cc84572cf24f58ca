"""What does not hold together in rules: names, types, and what can never hold."""
