import sys

from tests.runtime.world import PROJECT

sys.path.insert(0, str(PROJECT / "tools"))
