"""Organisations as others list them: the rows of a file, made into what we say of actors.

``Incoming`` is one row, whatever it came from. ``columns`` knows what others call our fields, and
``rows`` reads a row of a table under them. Nothing here knows the database.
"""

from samskap.actors.incoming.columns import COLUMNS, WORDS, Column, guessed_mapping
from samskap.actors.incoming.facts import Incoming, IncomingFile, SaidPlace
from samskap.actors.incoming.rows import rows_of_table

__all__ = [
    "COLUMNS",
    "WORDS",
    "Column",
    "Incoming",
    "IncomingFile",
    "SaidPlace",
    "guessed_mapping",
    "rows_of_table",
]
