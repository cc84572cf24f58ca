"""Inspections, their services, teams, states and the files they carry."""
