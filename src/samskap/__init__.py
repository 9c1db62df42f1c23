"""Samskap: the operating platform of a regional partnership for business development."""

__version__ = "0.1.0"
