"""What the partnership does is done one way: by name, with a clock, a doer, a rule and a trace."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.house import SOURCE, actions_files, name_of, parsed


def public_actions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (f"{path.relative_to(SOURCE).as_posix()}:{node.name}", node)
        for path in actions_files()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


ACTIONS = public_actions()
each_action = pytest.mark.parametrize(
    "action", [node for _, node in ACTIONS], ids=[name for name, _ in ACTIONS]
)


# Erasing is written down by the room it is done for, in the same transaction.
TRACING = {"audit.record", "audit.record_all", "erasures.erase"}


def tracing_helpers(path: str) -> set[str]:
    """Return the helpers of an action's own file that write the entry for it."""
    return {
        node.name
        for node in parsed(SOURCE / path).body
        if isinstance(node, ast.FunctionDef) and TRACING & calls_in(node)
    }


def calls_in(action: ast.FunctionDef) -> set[str]:
    return {name_of(node.func) for node in ast.walk(action) if isinstance(node, ast.Call)}


@each_action
def test_an_action_takes_its_facts_by_name_and_the_clock_and_the_doer_with_them(action):
    names = {argument.arg for argument in action.args.kwonlyargs}

    assert action.args.args == []
    assert {"by", "at"} <= names


@each_action
def test_an_action_is_one_transaction(action):
    assert "transaction.atomic" in {name_of(decorator) for decorator in action.decorator_list}


@each_action
def test_an_action_asks_permission_first(action):
    assert "require" in {name.rsplit(".", 1)[-1] for name in calls_in(action)}


@pytest.mark.parametrize(("name", "action"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_an_action_leaves_its_trace_or_calls_one_that_does(name, action):
    actions = {one.rsplit(":", 1)[1] for one, _ in ACTIONS}
    called = {one.rsplit(".", 1)[-1] for one in calls_in(action)}
    helpers = tracing_helpers(name.rsplit(":", 1)[0])

    assert TRACING & calls_in(action) or called & (actions | helpers)
