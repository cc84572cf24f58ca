"""Tables that a service supplies in its own form: read in a limited process of its own, as plain texts of cells."""
