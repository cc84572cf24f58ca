"""Every figure with its base, open to its cases; the feedback sheet; comparison with the inspection before."""
