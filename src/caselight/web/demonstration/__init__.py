"""Being somebody in a demonstration: a button for each role. Nothing of it is there in any other Caselight."""
