"""What the figures in docs/explanation/speed.md come from. Run them all with ``python -m benchmarks``."""
