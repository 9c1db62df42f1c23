"""The directory and the coverage: rows counted, sorted and set beside each other."""
