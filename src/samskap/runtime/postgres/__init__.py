"""The embedded PostgreSQL under our own supervisor."""

from samskap.runtime.binaries import choose_source
from samskap.runtime.postgres.supervisor import PostgresSupervisor, Status

__all__ = ["PostgresSupervisor", "Status", "choose_source"]
