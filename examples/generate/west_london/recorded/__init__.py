"""What inspectors recorded in three days: answers, changes of mind, evidence, interviews."""
