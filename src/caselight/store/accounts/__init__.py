"""The people who sign in, and what their roles allow."""
