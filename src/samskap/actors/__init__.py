"""Organisations the partnership knows, what they contribute, and who is missing."""
