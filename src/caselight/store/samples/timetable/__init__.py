"""The timetable of the fieldwork: slots of inspectors with workers, their clashes, what was published, what was held."""
