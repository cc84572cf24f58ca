"""Where everybody arrives: what needs me today, and my inspections."""
