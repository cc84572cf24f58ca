"""The timetable of fieldwork: inspectors by half-days, who is not placed, clashes, print by worker."""
