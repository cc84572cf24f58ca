"""Who a key is: names apart from casework, each under a key of its own that can be destroyed."""
