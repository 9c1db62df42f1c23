"""What an installation runs on, beneath Django: where data live, and the embedded PostgreSQL.

Standard library and psycopg only. Nothing here imports another part of Samskap, so the ground can
be started, examined and repaired when the rest cannot even be imported.
"""
