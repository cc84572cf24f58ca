"""What an import and an export share: a folder as the store takes it in, and an inspection as the store has it."""
