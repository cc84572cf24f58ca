"""Plugs the house together: settings from the environment, database engines, addresses, the server. Decides nothing."""
