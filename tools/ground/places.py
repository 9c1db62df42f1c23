"""Where things lie in the checkout."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = PROJECT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
# Logs and stamps of the steps; gone with the environment, so nothing outlives what it tells of.
RECORDS = ENVIRONMENT / ".setup"
REQUIREMENTS = PROJECT / "requirements"
NODE_PACKAGES = PROJECT / "node_modules"

# The part of the product that needs nothing installed explains disks, rights and ports.
sys.path.insert(0, str(PROJECT / "src"))
