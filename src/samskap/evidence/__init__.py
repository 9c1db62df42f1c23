"""Places through time, and where our facts come from."""
