"""What a person who writes a region folder is told when something is wrong in it."""

from __future__ import annotations

import pytest
from django.utils import translation

from samskap.kernel.documents import (
    Fault,
    UnreadableDocumentError,
    check_against,
    check_languages,
    near_miss,
    read_document,
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def written(tmp_path):
    """Write a file and give back its path."""

    def write(text: str | bytes, name: str = "region.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def faults_of_reading(path):
    with pytest.raises(UnreadableDocumentError) as refused:
        read_document(path)
    return refused.value.faults


def lines_and_sentences(faults):
    return [(fault.line, fault.sentence) for fault in faults]


# Reading ------------------------------------------------------------------------------------------


def test_a_document_is_plain_data_by_the_rules_of_yaml_1_2(written):
    path = written(
        "yes_is_text: yes\ntrue_is_not: true\nday: 2024-03-15\ncode: '0301'\nnumber: 012\n"
        "octal: 0o14\nshare: 1.5\nnothing:\nwords: [on, off]\nlong: |\n  æ\n  ø\n"
    )

    assert read_document(path).data == {
        "yes_is_text": "yes",
        "true_is_not": True,
        "day": "2024-03-15",
        "code": "0301",
        "number": 12,
        "octal": 12,
        "share": 1.5,
        "nothing": None,
        "words": ["on", "off"],
        "long": "æ\nø\n",
    }


def test_a_document_knows_the_line_of_each_key_and_entry(written):
    document = read_document(
        written("# a region\nname: Østfold\nplaces:\n  - code: a\n\n  - code: b\n    kind: town\n")
    )

    assert document.line_of("name") == 2
    assert document.line_of("places") == 3
    assert document.line_of("places", 0) == 4
    assert document.line_of("places", 1, "code") == 6
    assert document.line_of("places", 1, "kind") == 7
    assert document.line_of("places", 1, "missing", "deeper") == 6
    assert document.line_of("elsewhere") == 1


def test_a_byte_order_mark_is_read_past(written):
    assert read_document(written(b"\xef\xbb\xbfname: Moss\n")).data == {"name": "Moss"}


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        pytest.param("a: 1\nb:\n\tc: 2\n", 3, "The line has a tab in it.", id="tab"),
        pytest.param(
            "a:\n  - b\n - c\n",
            3,
            "The line is not indented as the lines it belongs with.",
            id="indented too little",
        ),
        pytest.param(
            "a:\n  b: 1\n   c: 2\n",
            3,
            "There is a colon where no key can stand.",
            id="indented too much",
        ),
        pytest.param(
            "a: 1\nb: vision: together\n",
            2,
            "There is a colon where no key can stand.",
            id="colon in text",
        ),
        pytest.param(
            "a: 1\nb: 'open\nc: 2\n",
            2,
            "A quotation mark is opened here and not closed as it should be.",
            id="quotation mark",
        ),
        pytest.param(
            "a: 1\nb: [x, y\nc: 2\n", 2, "A bracket is opened here and not closed.", id="bracket"
        ),
        pytest.param("a: 1\nb: @x\n", 2, "A text cannot begin with that sign.", id="sign"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "Another document begins here.", id="two documents"),
        pytest.param(
            "a: 1\nb: \x07\n", 2, "There is a character here that no text has.", id="bell"
        ),
        pytest.param("", 1, "The file is empty.", id="empty"),
        pytest.param("# only a comment\n", 1, "The file is empty.", id="only a comment"),
        pytest.param(
            b"a: 1\nname: \xd8stfold\n", 2, "The file is not written in UTF-8.", id="latin-1"
        ),
        pytest.param(
            "[" * 600 + "]" * 600,
            1,
            "The file nests lists or keys too deeply.",
            id="nested without end",
        ),
    ],
)
def test_what_is_no_document_is_refused_with_its_line_and_a_remedy(written, text, line, sentence):
    faults = faults_of_reading(written(text))

    assert lines_and_sentences(faults) == [(line, sentence)]
    assert all(fault.remedy.endswith(".") for fault in faults)


def test_every_key_written_twice_is_told_with_the_line_of_the_first(written):
    faults = faults_of_reading(written("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 4\n"))

    assert lines_and_sentences(faults) == [
        (5, "“c” stands here for the second time; the first is on line 3."),
        (6, "“a” stands here for the second time; the first is on line 1."),
    ]


def test_anchors_aliases_tags_and_keys_that_are_no_text_are_refused(written):
    assert lines_and_sentences(faults_of_reading(written("a: &x [1]\nb: *x\n"))) == [
        (1, "“&x” points to text in another place."),
        (2, "“*x” points to text in another place."),
    ]
    assert lines_and_sentences(faults_of_reading(written("a: !env HOME\n3105: Sarpsborg\n"))) == [
        (1, "“!env” is a mark that is not used here."),
        (2, "The key “3105” is not text."),
    ]


def test_a_list_that_holds_itself_is_refused_rather_than_followed(written):
    faults = faults_of_reading(written("a: &a [*a, *a]\n"))

    assert [fault.line for fault in faults] == [1, 1, 1]


def test_a_file_that_is_not_there_has_no_line(tmp_path):
    missing = tmp_path / "strategy.yaml"

    assert faults_of_reading(missing) == (
        Fault(missing, 0, "There is no such file.", "Check the name and the folder."),
    )
    assert faults_of_reading(tmp_path) == (
        Fault(tmp_path, 0, "This is a folder, not a file.", "Name a file inside it."),
    )


def test_a_fault_reads_as_place_sentence_and_remedy(tmp_path):
    path = tmp_path / "region.yaml"

    assert str(Fault(path, 7, "It is empty.", "Write it.")) == f"{path}:7: It is empty. Write it."
    assert str(Fault(path, 0, "It is gone.", "Find it.")) == f"{path}: It is gone. Find it."


# Checking -----------------------------------------------------------------------------------------

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "kind", "code"],
    "properties": {
        "title": {"type": "string", "minLength": 3, "maxLength": 10},
        "kind": {"enum": ["effort", "support"]},
        "code": {"$ref": "#/$defs/code"},
        "begins": {"type": "string", "format": "date"},
        "adopted": {"type": "string", "format": "date-or-month"},
        "themes": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
            "items": {"type": "string"},
        },
        "share": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
        "country": {"const": "NO"},
        "place": {
            "type": "object",
            "required": ["code"],
            "properties": {"code": {"$ref": "#/$defs/code"}},
            "additionalProperties": False,
        },
        "value": {"oneOf": [{"type": "string"}, {"$ref": "#/properties/place"}]},
        "rare": {"not": {}},
        "centroid": {
            "type": "object",
            "properties": {"north": {"type": "number"}, "east": {"type": "number"}},
            "dependentRequired": {"north": ["east"], "east": ["north"]},
        },
        "reasons": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z-]+$", "examples": ["state-body"]},
        },
    },
    "$defs": {"code": {"type": "string", "pattern": "^\\d{4}$", "examples": ["3105"]}},
}
GOOD = "title: Moss\nkind: effort\ncode: '3103'\n"


def checked(written, text):
    return [
        (fault.line, fault.sentence, fault.remedy)
        for fault in check_against(read_document(written(text)), SCHEMA)
    ]


def test_a_document_that_holds_has_no_faults(written):
    assert checked(written, GOOD) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param(
            "kind: effort\ncode: '3103'\n",
            (1, "The file lacks “title”.", "Add “title:” with text."),
            id="missing",
        ),
        pytest.param(
            "title: Moss\ncode: '3103'\n",
            (1, "The file lacks “kind”.", "Add “kind:” with one of “effort”, “support”."),
            id="missing choice",
        ),
        pytest.param(
            GOOD + "place: {}\n",
            (4, "“place” lacks “code”.", "Add it, for instance “code: 3105”."),
            id="missing inside",
        ),
        pytest.param(
            GOOD + "theems: [a]\n",
            (4, "“theems” is not a key that is known here.", "Did you mean “themes”?"),
            id="misspelt key",
        ),
        pytest.param(
            GOOD + "place:\n  code: '3103'\n  zzz: 1\n",
            (6, "“zzz” is not a key that is known here.", "Remove it."),
            id="unknown key, nothing else left",
        ),
        pytest.param(
            "title: Moss\nkind: efort\ncode: '3103'\n",
            (
                2,
                "“kind” cannot be “efort”.",
                "Did you mean “effort”? Use one of “effort”, “support”.",
            ),
            id="misspelt choice",
        ),
        pytest.param(
            "title: Moss\nkind: pillar\ncode: '3103'\n",
            (2, "“kind” cannot be “pillar”.", "Use one of “effort”, “support”."),
            id="unknown choice",
        ),
        pytest.param(
            "title: Moss\nkind: effort\ncode: 3103\n",
            (3, "“code” should be text.", "Put it in quotation marks."),
            id="number for text",
        ),
        pytest.param(
            "title: Moss\nkind: effort\ncode: '31'\n",
            (3, "“code” cannot be “31”.", "Write it in this form: “3105”."),
            id="pattern",
        ),
        pytest.param(
            "title:\nkind: effort\ncode: '3103'\n",
            (1, "“title” is empty.", "Write the text after the colon."),
            id="nothing after the colon",
        ),
        pytest.param(
            "title: ''\nkind: effort\ncode: '3103'\n",
            (1, "“title” is empty.", "Write the text after the colon."),
            id="empty text",
        ),
        pytest.param(
            "title: Ås\nkind: effort\ncode: '3103'\n",
            (1, "“title” is too short.", "Write at least 3 characters."),
            id="too short",
        ),
        pytest.param(
            "title: Fredrikstad\nkind: effort\ncode: '3103'\n",
            (1, "“title” is too long: 11 characters.", "Write at most 10 characters."),
            id="too long",
        ),
        pytest.param(
            GOOD + "begins: 2024-02-30\n",
            (
                4,
                "“begins” cannot be “2024-02-30”: there is no such date.",
                "Write year, month and day: “2024-03-15”.",
            ),
            id="no such day",
        ),
        pytest.param(
            GOOD + "adopted: 2024-13\n",
            (
                4,
                "“adopted” cannot be “2024-13”: there is no such date.",
                "Write year, month and day, “2024-03-15”, or year and month, “2024-03”.",
            ),
            id="no such month",
        ),
        pytest.param(
            GOOD + "themes: circular\n",
            (
                4,
                "“themes” should be a list.",
                "Write each entry on a line of its own, beginning with “- ”.",
            ),
            id="text for list",
        ),
        pytest.param(
            GOOD + "themes:\n  - energy\n  - 5\n",
            (6, "Entry 2 of “themes” should be text.", "Put it in quotation marks."),
            id="wrong entry",
        ),
        pytest.param(
            GOOD + "themes: []\n",
            (4, "“themes” has too few entries: 0.", "Give at least 1."),
            id="too few",
        ),
        pytest.param(
            GOOD + "themes: [a, b, c]\n",
            (4, "“themes” has too many entries: 3.", "Give at most 2."),
            id="too many",
        ),
        pytest.param(
            GOOD + "themes: [a, a]\n",
            (4, "“themes” has the same entry twice: “a”.", "Keep one of them."),
            id="twice",
        ),
        pytest.param(
            GOOD + "share: -1\n",
            (4, "“share” cannot be “-1”.", "Write 0 or more."),
            id="minimum",
        ),
        pytest.param(
            GOOD + "share: 1\n",
            (4, "“share” cannot be “1”.", "Write less than 1."),
            id="exclusive maximum",
        ),
        pytest.param(
            GOOD + "country: SE\n", (4, "“country” cannot be “SE”.", "Write “NO”."), id="const"
        ),
        pytest.param(
            GOOD + "place: Moss\n",
            (
                4,
                "“place” should be keys of its own beneath it.",
                "Write its keys on the lines beneath, indented by two spaces.",
            ),
            id="text for keys",
        ),
        pytest.param(
            GOOD + "value:\n  code: x\n",
            (5, "“code” cannot be “x”.", "Write it in this form: “3105”."),
            id="nearest of several forms",
        ),
        pytest.param(
            GOOD + "centroid:\n  north: 59.2\n",
            (4, "“centroid” lacks “east”.", "Add “east:” with a number."),
            id="one of two that belong together",
        ),
        pytest.param(
            GOOD + "reasons:\n  state-body: x\n  State body: y\n",
            (6, "“State body” cannot be a key here.", "Write it in this form: “state-body”."),
            id="key of the wrong form",
        ),
        pytest.param(
            GOOD + "rare: 1\n",
            (
                4,
                "“rare” is not as it should be here.",
                "Compare it with the page on the region folder, or remove it.",
            ),
            id="a demand we have no words of its own for",
        ),
    ],
)
def test_each_demand_is_told_with_its_line_and_how_to_meet_it(written, text, fault):
    assert checked(written, text) == [fault]


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(written):
    told = checked(written, "kind: efort\ncode: 31\nthemes:\n  - 1\n  - 2\ntitel: x\n")

    assert [line for line, _, _ in told] == [1, 1, 2, 4, 5, 6]


def test_a_text_that_lacks_a_language_is_told(written):
    document = read_document(
        written(
            "name:\n  nb: Østfold\nthemes:\n  - title:\n      nb: A\n      sv: B\n      en: C\n"
        )
    )

    assert lines_and_sentences(check_languages(document)) == [
        (1, "“name” has no text in English."),
        (1, "“name” has no text in Svenska."),
    ]
    assert check_languages(document, ("nb",)) == []


@pytest.mark.parametrize(
    ("written_word", "meant"),
    [
        ("busines", "business"),
        ("Capital", "capital"),
        ("research", "research-education"),
        ("x", None),
    ],
)
def test_a_near_miss_is_a_spelling_mistake_not_a_guess(written_word, meant):
    allowed = ["business", "capital", "research-education"]

    assert near_miss(written_word, allowed) == meant
