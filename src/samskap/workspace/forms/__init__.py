"""What is typed at the desk, before an action takes it."""
