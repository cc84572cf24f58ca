"""What all sheets share: looks and places of cells, lines with their entry cells, lists, names, marks."""
