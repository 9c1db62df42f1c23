"""From rows to geometry and arrays."""
