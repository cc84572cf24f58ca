"""The few plain functions that need the method and the formats at once; the faces call them and decide nothing."""
