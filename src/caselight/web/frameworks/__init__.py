"""Question sets: browse with guidance, check a file, adopt a version, compare two, try a practice case."""
