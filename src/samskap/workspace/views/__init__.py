"""What the desk shows, one file a part of it."""
