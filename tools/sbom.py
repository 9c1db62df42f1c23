"""Write the list of all parts that the product runs on, in CycloneDX: ``make sbom``.

Python's parts as they are installed, those of the lock alone; the front end's as they are locked.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
LOCK = PROJECT / "requirements" / "runtime.txt"
OUTPUT = PROJECT / "dist" / "samskap.cdx.json"


def main() -> int:
    """Write the list, and say where it is and how many parts it has."""
    parts = document()
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(parts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(parts['components'])} parts in {OUTPUT.relative_to(PROJECT)}")
    return 0


def document() -> dict[str, Any]:
    """Return the list as CycloneDX 1.6 has it."""
    told = subprocess.run(
        [
            *(sys.executable, "-m", "cyclonedx_py", "environment", sys.executable),
            *("--spec-version", "1.6", "--output-format", "JSON", "--output-reproducible"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    wanted = {_plain(name) for name in re.findall(r"^([\w.-]+)==", LOCK.read_text(), re.MULTILINE)}
    python = [part for part in found.get("components", []) if _plain(part["name"]) in wanted]
    kept = {part["bom-ref"] for part in python}
    found["components"] = sorted([*python, *_front_end()], key=lambda part: str(part["purl"]))
    found["dependencies"] = [
        {**one, "dependsOn": [other for other in one.get("dependsOn", []) if other in kept]}
        for one in found.get("dependencies", [])
        if one["ref"] in kept
    ]
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _front_end() -> list[dict[str, Any]]:
    """Return what is shipped of the front end: what only builds or tests is left out."""
    locked = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        _component(path.rpartition("node_modules/")[2], facts)
        for path, facts in locked.items()
        if path and not facts.get("dev")
    ]


def _component(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    purl = f"pkg:npm/{name.replace('@', '%40')}@{facts['version']}"
    licences = [{"expression": facts["license"]}] if facts.get("license") else []
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": facts["version"],
        "purl": purl,
        "licenses": licences,
    }


if __name__ == "__main__":
    sys.exit(main())
