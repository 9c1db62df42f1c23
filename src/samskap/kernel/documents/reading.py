"""Read YAML 1.2 into plain data, and remember on which line each key and entry stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from samskap.kernel.documents.fault import Fault, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ruamel.yaml.nodes import Node

Step: TypeAlias = str | int
Steps: TypeAlias = tuple[Step, ...]

_TAG: Final = "tag:yaml.org,2002:"
_TRUE: Final = "true"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where it says it.

    ``data`` is made of dict, list, str, int, float, bool and None; a date stays the text that was
    written, as YAML 1.2 has it.
    """

    path: Path
    data: Any
    lines: Mapping[Steps, int] = field(repr=False)

    def line_of(self, *steps: Step) -> int:
        """Return the line of the key or entry at ``steps`` ('themes', 2, 'title'), from 1.

        For something that is not there, the line of the nearest thing around it.
        """
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)

    def fault(self, *steps: Step, sentence: str, remedy: str) -> Fault:
        """Say that what stands at ``steps`` is wrong."""
        return Fault(self.path, self.line_of(*steps), sentence, remedy)


def read_document(path: Path | str) -> Document:
    """Read one YAML 1.2 file written in UTF-8.

    Raises ``UnreadableDocumentError`` when the file is missing, empty, in another encoding, not
    YAML, or uses what we do not take: the same key twice, anchors, tags, keys that are no text.
    """
    path = Path(path)
    text = _text_of(path)
    root = _compose(path, text)
    if root is None:
        raise UnreadableDocumentError(
            [Fault(path, 1, _("The file is empty."), _("Write its contents, or remove it."))]
        )
    builder = _Builder(path)
    data = builder.build(root, ())
    if builder.faults:
        raise UnreadableDocumentError(builder.faults)
    return Document(path, data, builder.lines)


def _text_of(path: Path) -> str:
    try:
        written = path.read_bytes()
    except OSError as problem:
        raise UnreadableDocumentError([_no_file(path, problem)]) from problem
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = written.count(b"\n", 0, problem.start) + 1
        raise UnreadableDocumentError(
            [
                Fault(
                    path,
                    line,
                    _("The file is not written in UTF-8."),
                    _("Save it again with the encoding UTF-8, and look at æ, ø and å on the line."),
                )
            ]
        ) from problem


def _no_file(path: Path, problem: OSError) -> Fault:
    if isinstance(problem, IsADirectoryError):
        return Fault(path, 0, _("This is a folder, not a file."), _("Name a file inside it."))
    if isinstance(problem, FileNotFoundError):
        return Fault(path, 0, _("There is no such file."), _("Check the name and the folder."))
    return Fault(
        path,
        0,
        _("The file cannot be opened: %(reason)s.") % {"reason": problem.strerror},
        _("Check who may read it."),
    )


def _compose(path: Path, text: str) -> Node | None:
    try:
        _refuse_anchors(path, text)
        root = nodes_of(text)
    except ReaderError as problem:
        line = text.count("\n", 0, problem.position) + 1
        fault = Fault(
            path,
            line,
            _("There is a character here that no text has."),
            _("Remove it; it may be invisible, so write the line again."),
        )
        raise UnreadableDocumentError([fault]) from problem
    except MarkedYAMLError as problem:
        raise UnreadableDocumentError([_syntax_fault(path, text, problem)]) from problem
    except YAMLError as problem:
        raise UnreadableDocumentError([_unreadable_line(path, 1)]) from problem
    except RecursionError as problem:
        fault = Fault(
            path,
            1,
            _("The file nests lists or keys too deeply."),
            _("Look for brackets that are opened and never closed."),
        )
        raise UnreadableDocumentError([fault]) from problem
    return root


def nodes_of(text: str) -> Node | None:
    """Return what the parser makes of ``text``; the nodes are read, and never changed."""
    root: Node | None = YAML(typ="safe", pure=True).compose(text)
    return root


def _refuse_anchors(path: Path, text: str) -> None:
    # An alias can also stand for its own parent, or multiply without end.
    if not {"&", "*"} & set(text):
        return
    faults = [
        Fault(
            path,
            event.start_mark.line + 1,
            _("“%(mark)s%(name)s” points to text in another place.")
            % {"mark": "*" if isinstance(event, AliasEvent) else "&", "name": event.anchor},
            _("Write the text out here; if it is text that begins with that sign, quote it."),
        )
        for event in YAML(typ="safe", pure=True).parse(text)
        if getattr(event, "anchor", None)
    ]
    if faults:
        raise UnreadableDocumentError(faults)


def _syntax_fault(path: Path, text: str, problem: MarkedYAMLError) -> Fault:
    """Turn the parser's own words into ours; the line is where a person should look."""
    said, meanwhile = str(problem.problem), str(problem.context)
    mark = problem.problem_mark or problem.context_mark
    line = mark.line + 1 if mark else 1
    began = problem.context_mark.line + 1 if problem.context_mark else line
    if r"'\t'" in said or _is_indented_with_tab(text, line):
        said = "\t"
    for sign, where, sentence, remedy in _MISTAKES:
        if sign in said or sign in meanwhile:
            place = began if where == _BEGINNING else line
            return Fault(path, place, str(sentence), str(remedy))
    return _unreadable_line(path, line)


def _is_indented_with_tab(text: str, line: int) -> bool:
    written = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
    return "\t" in written[: len(written) - len(written.lstrip())]


_BEGINNING: Final = "where it began"
_HERE: Final = "where it was found"
# What the parser says or was doing, where a person should look, and our words; the first that fits.
_MISTAKES: Final = (
    (
        "\t",
        _HERE,
        gettext_lazy("The line has a tab in it."),
        gettext_lazy("Indent with spaces, two for each level."),
    ),
    (
        "found another document",
        _HERE,
        gettext_lazy("Another document begins here."),
        gettext_lazy("Keep one document in a file: remove the line “---” or split the file."),
    ),
    (
        "quoted scalar",
        _BEGINNING,
        gettext_lazy("A quotation mark is opened here and not closed as it should be."),
        gettext_lazy("Close it, and write a quotation mark inside the text twice."),
    ),
    (
        "flow",
        _BEGINNING,
        gettext_lazy("A bracket is opened here and not closed."),
        gettext_lazy("Close it, with a comma between the entries."),
    ),
    (
        "mapping values are not allowed",
        _HERE,
        gettext_lazy("There is a colon where no key can stand."),
        gettext_lazy(
            "Indent the line as the lines it belongs with; if the colon is part of a text, "
            "put the whole text in quotation marks."
        ),
    ),
    (
        "expected <block end>",
        _HERE,
        gettext_lazy("The line is not indented as the lines it belongs with."),
        gettext_lazy("Give keys of the same level the same number of spaces."),
    ),
    (
        "cannot start any token",
        _HERE,
        gettext_lazy("A text cannot begin with that sign."),
        gettext_lazy("Put the whole text in quotation marks."),
    ),
)


def _unreadable_line(path: Path, line: int) -> Fault:
    return Fault(
        path,
        line,
        _("The line cannot be read as YAML."),
        _(
            "Compare it with the lines around it: spaces in front, a colon and a space after each "
            "key, quotation marks around text with signs in it."
        ),
    )


class _Builder:
    """Turns the parser's nodes into plain data, with every fault on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Steps, int] = {(): 1}
        self.faults: list[Fault] = []

    def build(self, node: Node, steps: Steps) -> Any:
        """Return the data of ``node``, and remember the lines of what is in it."""
        if isinstance(node, MappingNode):
            return self._mapping(node, steps)
        if isinstance(node, SequenceNode):
            return self._sequence(node, steps)
        return self._scalar(node)

    def _mapping(self, node: MappingNode, steps: Steps) -> dict[str, Any]:
        self._refuse_tag(node, "map")
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in data:
                self._refuse_twin(key_node, key, self.lines[*steps, key])
                continue
            self.lines[*steps, key] = key_node.start_mark.line + 1
            data[key] = self.build(value_node, (*steps, key))
        return data

    def _sequence(self, node: SequenceNode, steps: Steps) -> list[Any]:
        self._refuse_tag(node, "seq")
        data: list[Any] = []
        for position, item in enumerate(node.value):
            self.lines[*steps, position] = item.start_mark.line + 1
            data.append(self.build(item, (*steps, position)))
        return data

    def _key(self, node: Node) -> str | None:
        if isinstance(node, ScalarNode) and node.tag == _TAG + "str":
            return str(node.value)
        self._add(
            node,
            _("The key “%(key)s” is not text.")
            % {"key": node.value if isinstance(node, ScalarNode) else "?"},
            _("Put quotation marks around it."),
        )
        return None

    def _scalar(self, node: Node) -> Any:
        written = str(node.value)
        match str(node.tag).removeprefix(_TAG):
            case "str" | "timestamp":
                return written
            case "null":
                return None
            case "bool":
                return written.lower() == _TRUE
            case "int" | "float" as kind:
                return self._number(node, kind, written)
        self._refuse_tag(node, "str")
        return written

    def _number(self, node: Node, kind: str, written: str) -> int | float | str:
        try:
            if kind == "float":
                return float(written)
            return int(written, 0) if written[:2] in {"0x", "0o"} else int(written)
        except ValueError:
            self._add(
                node,
                _("“%(written)s” is not a number we can read.") % {"written": written},
                _("Write digits alone, or put it in quotation marks if it is text."),
            )
            return written

    def _refuse_tag(self, node: Node, plain: str) -> None:
        if node.tag != _TAG + plain:
            self._add(
                node,
                _("“%(tag)s” is a mark that is not used here.") % {"tag": node.tag},
                _("Remove it; if it is text that begins with “!”, put it in quotation marks."),
            )

    def _refuse_twin(self, node: Node, key: str, first: int) -> None:
        self._add(
            node,
            _("“%(key)s” stands here for the second time; the first is on line %(line)d.")
            % {"key": key, "line": first},
            _("Keep one of them, or rename the other."),
        )

    def _add(self, node: Node, sentence: str, remedy: str) -> None:
        self.faults.append(Fault(self.path, node.start_mark.line + 1, sentence, remedy))
