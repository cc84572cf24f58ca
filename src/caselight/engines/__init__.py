"""Large computations, with numpy: what would take the method minutes. Siblings of the formats; neither imports the other."""
