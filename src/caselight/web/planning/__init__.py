"""An inspection: create it, its dates, team and conflicts, requests to the service, its state."""
