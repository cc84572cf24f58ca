"""West London, reconstructed: 34 synthetic cases and 16 case managers that meet every figure of one published letter."""
