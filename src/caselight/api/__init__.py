"""The programming interface: thin views that fetch, call and answer."""
