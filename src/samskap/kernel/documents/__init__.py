"""Documents that people write by hand: read with their line numbers, and faulted kindly.

``read_document`` reads YAML 1.2; ``check_against`` holds a document to a JSON Schema;
``check_languages`` asks that every text is there in every language. None of them stops at the
first fault: a person who corrects a file wants the whole list.
"""

from samskap.kernel.documents.checking import check_against, check_languages, near_miss
from samskap.kernel.documents.fault import Fault, UnreadableDocumentError
from samskap.kernel.documents.reading import Document, read_document

__all__ = [
    "Document",
    "Fault",
    "UnreadableDocumentError",
    "check_against",
    "check_languages",
    "near_miss",
    "read_document",
]
