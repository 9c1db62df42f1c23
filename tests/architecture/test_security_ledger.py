"""The ledgers of security and accessibility: whole, and every piece of evidence is there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest
from ruamel.yaml import YAML

from tests.architecture.house import PROJECT

LEDGER = PROJECT / "docs" / "security" / "ledger.yaml"
ACCESSIBILITY = PROJECT / "docs" / "security" / "accessibility.yaml"
# OWASP ASVS 5.0.0: how many demands of level 1 and 2 each chapter has.
CHAPTERS = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7,
    10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip
KINDS = {"test", "deployment", "document", "not-applicable"}
FEWEST_TESTS = 160


@cache
def rows(path):
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def named_in(file):
    path = PROJECT / file
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def anchors_of(file):
    """Return the anchors of a page's headings, as they are made where the pages are read."""
    path = PROJECT / file
    if not path.exists():
        return frozenset()
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings)


def missing(evidence):
    """Return why a piece of evidence is none; nothing when it is there."""
    if "::" in evidence:
        file, _, test = evidence.partition("::")
        return "" if test in named_in(file) else f"no such test: {evidence}"
    file, _, anchor = evidence.partition("#")
    if not (PROJECT / file).exists():
        return f"no such page: {evidence}"
    if anchor and anchor not in anchors_of(file):
        return f"no such section: {evidence}"
    return ""


def test_every_demand_of_the_standard_has_its_row_in_order():
    numbers = [tuple(int(part) for part in row["demand"].split(".")) for row in rows(LEDGER)]

    assert len(numbers) == 253
    assert numbers == sorted(set(numbers))
    assert {chapter: sum(n[0] == chapter for n in numbers) for chapter in CHAPTERS} == CHAPTERS
    assert sum(row["level"] == 1 for row in rows(LEDGER)) == 70
    assert sum(row["level"] == 2 for row in rows(LEDGER)) == 183


def test_no_row_is_unknown():
    assert [row["demand"] for row in rows(LEDGER) if row["by"] not in KINDS] == []
    assert [
        row["demand"]
        for row in rows(LEDGER)
        if row["by"] == "not-applicable" and not row.get("note")
    ] == []
    assert [
        row["demand"]
        for row in rows(LEDGER)
        if row["by"] != "not-applicable" and not row.get("evidence")
    ] == []


def test_a_hundred_and_sixty_rows_at_least_are_held_by_tests():
    held = [
        row for row in rows(LEDGER) if any("::" in evidence for evidence in row.get("evidence", []))
    ]

    assert len(held) >= FEWEST_TESTS
    assert [row["demand"] for row in rows(LEDGER) if row["by"] == "test" and row not in held] == []


@pytest.mark.parametrize("path", [LEDGER, ACCESSIBILITY], ids=["security", "accessibility"])
def test_every_piece_of_evidence_is_there(path):
    gone = [
        (row.get("demand") or row.get("criterion"), missing(evidence))
        for row in rows(path)
        for evidence in row.get("evidence", [])
    ]

    assert [one for one in gone if one[1]] == []


def test_every_criterion_of_accessibility_has_its_row():
    levels = [row["level"] for row in rows(ACCESSIBILITY)]

    assert (levels.count("A"), levels.count("AA")) == (31, 24)
    assert len({row["criterion"] for row in rows(ACCESSIBILITY)}) == 55
    assert [
        row["criterion"]
        for row in rows(ACCESSIBILITY)
        if not row.get("evidence") and not row.get("note")
    ] == []
