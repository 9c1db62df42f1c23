"""What `make setup` does: one step after another, each done again only when its inputs change.

Standard library only: it runs before anything is installed.
"""
