"""What is done with identities: keeping and reading them, how long they stay, holds, and purges."""
