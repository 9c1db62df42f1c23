"""Ways of writing code that open a door are not used anywhere: docs/security/ leans on it."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.architecture.house import PROJECT, SOURCE, imported_names, parsed

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = sorted([*SOURCE.rglob("*.py"), *(PROJECT / "src" / "samskap_analysis").rglob("*.py")])
TEMPLATES = sorted(SOURCE.rglob("*.html"))
SCRIPTS = sorted(
    path for path in (SOURCE / "ui").rglob("*.js") if "built" not in path.relative_to(SOURCE).parts
)
# What turns bytes into objects of the sender's choice.
DESERIALISERS = {"pickle", "cPickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"}
# Where secrets come from, and where they must not.
INSECURE_CHANCE = {"random"}
WEAK_HASHES = {"md5", "sha1", "crypt", "new"}


@cache
def calls(path: Path) -> list[tuple[str, ast.Call]]:
    nodes = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    return [(dotted(node.func), node) for node in nodes]


def dotted(node: ast.expr) -> str:
    """Return 'os.system' for the expression os.system; of anything longer, its last name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(PROJECT).as_posix()}:{getattr(node, 'lineno', 0)}"


def found(names: set[str]) -> list[str]:
    return [place(path, call) for path in PYTHON for name, call in calls(path) if name in names]


def test_nothing_is_evaluated_as_code():
    assert found({"eval", "exec", "compile", "__import__", "builtins.eval", "builtins.exec"}) == []


def test_no_program_is_started_through_a_shell():
    through_a_shell = [
        place(path, call)
        for path in PYTHON
        for name, call in calls(path)
        if name in {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
        or any(word.arg == "shell" for word in call.keywords)
    ]

    assert through_a_shell == []


def test_nothing_is_deserialised_to_objects_of_the_senders_choice():
    assert [
        path.relative_to(PROJECT).as_posix()
        for path in PYTHON
        if DESERIALISERS & {name.partition(".")[0] for name in imported_names(path)}
    ] == []


def test_yaml_is_read_by_its_safe_reader_alone():
    readers = [
        (place(path, call), {word.arg: ast.unparse(word.value) for word in call.keywords})
        for path in PYTHON
        for name, call in calls(path)
        if name.rpartition(".")[2] == "YAML"
    ]

    assert readers
    assert [where for where, terms in readers if terms.get("typ") != "'safe'"] == []


def test_xml_is_written_and_never_read():
    reading = {"parse", "fromstring", "XML", "iterparse", "XMLParser", "XMLPullParser"}
    read = [
        place(path, call)
        for path in PYTHON
        if any("xml" in name or name == "lxml" for name in imported_names(path))
        for name, call in calls(path)
        if name.rpartition(".")[2] in reading and not name.startswith(("json", "date"))
    ]

    assert read == []


def test_weak_hash_functions_are_not_used():
    assert [
        place(path, call)
        for path in PYTHON
        for name, call in calls(path)
        if name in {f"hashlib.{weak}" for weak in WEAK_HASHES}
    ] == []


def test_cryptography_comes_from_known_libraries():
    # Where each is used is said in docs/security/keys.md.
    known = {
        "cryptography.fernet",
        "cryptography.hazmat.primitives.asymmetric.ed25519",
        "cryptography.hazmat.primitives.serialization",
        "cryptography.hazmat.primitives.hashes",
        "cryptography.hazmat.primitives.kdf.hkdf",
        "cryptography.exceptions",
    }
    others = {"Crypto", "Cryptodome", "nacl", "rsa", "ecdsa", "passlib", "bcrypt"}
    used = {name for path in PYTHON for name in imported_names(path)}

    assert {name for name in used if name.startswith("cryptography")} <= known
    assert {name.partition(".")[0] for name in used} & others == set()


def test_no_secret_comes_from_a_generator_that_can_be_guessed():
    # The simulations of samskap_analysis are seeded so that they can be repeated.
    rooms = [path for path in PYTHON if "samskap_analysis" not in path.parts]

    assert [
        path.relative_to(PROJECT).as_posix()
        for path in rooms
        if INSECURE_CHANCE & set(imported_names(path))
    ] == []


def test_no_question_to_the_database_is_put_together_from_what_people_typed():
    unsafe = [
        place(path, call)
        for path in PYTHON
        for name, call in calls(path)
        if name.rpartition(".")[2] in {"raw", "extra", "RawSQL"}
    ]

    assert unsafe == []


def test_no_template_is_made_of_what_people_typed():
    assert (
        found({"Template", "template.Template", "Engine.from_string", "engine.from_string"}) == []
    )


def test_no_template_lets_text_through_unescaped():
    unescaped = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off")

    assert [
        path.relative_to(PROJECT).as_posix()
        for path in TEMPLATES
        if unescaped.search(path.read_text(encoding="utf-8"))
    ] == []


def test_text_is_never_called_safe_but_where_a_template_drew_it():
    called_safe = [
        (place(path, call), ast.unparse(call.args[0]))
        for path in PYTHON
        for name, call in calls(path)
        if name in {"mark_safe", "SafeString", "SafeText"} and call.args
    ]

    assert [where for where, what in called_safe if "render_to_string" not in what] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\.innerHTML\b",
        r"\.outerHTML\b",
        r"insertAdjacentHTML",
        r"document\.write",
        r"\beval\(",
        r"new Function\(",
        r"createContextualFragment",
        r"setTimeout\(\s*['\"`]",
        r"__proto__",
        r"javascript:",
        r"addEventListener\(\s*['\"]message",
        r"\.postMessage\(",
    ],
)
def test_no_script_of_ours_opens_a_door(pattern):
    assert SCRIPTS
    assert [
        path.relative_to(PROJECT).as_posix()
        for path in SCRIPTS
        if re.search(pattern, path.read_text(encoding="utf-8"))
    ] == []


def test_no_key_of_one_letter_does_anything():
    one_letter = re.compile(r"""(?:\.key\s*===?\s*|\bcase\s+)(['"])[A-Za-z]\1""")

    assert [
        path.relative_to(PROJECT).as_posix()
        for path in SCRIPTS
        if one_letter.search(path.read_text(encoding="utf-8"))
    ] == []


def test_every_link_that_leads_out_leaves_no_door_open_behind_it():
    opens = re.compile(r"<a\b[^>]*target=[\"']_blank[\"'][^>]*>", re.DOTALL)

    assert [
        path.relative_to(PROJECT).as_posix()
        for path in TEMPLATES
        for tag in opens.findall(path.read_text(encoding="utf-8"))
        if "noopener" not in tag
    ] == []


def test_no_password_field_keeps_password_managers_out():
    blocks = re.compile(r"onpaste|autocomplete=[\"']off[\"'][^>]*type=[\"']password")

    assert [
        path.relative_to(PROJECT).as_posix()
        for path in [*TEMPLATES, *SCRIPTS]
        if blocks.search(path.read_text(encoding="utf-8"))
    ] == []


def test_no_secret_stands_in_a_committed_file():
    secret = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
        r"|(?:password|secret_key|api_key|token)\s*=\s*[\"'](?!not-a-secret)[A-Za-z0-9+/_-]{24,}[\"']",
        re.IGNORECASE,
    )

    assert [
        path.relative_to(PROJECT).as_posix()
        for path in PYTHON
        if secret.search(path.read_text(encoding="utf-8"))
    ] == []
