"""What ``{% load ui %}`` brings: every tag and filter of ``samskap.ui.tags``.

docs/reference/components.md shows them.
"""

from __future__ import annotations

from django import template

from samskap.ui.tags import fields, frame, parts, pictures, words

register = template.Library()
for subject in (frame, words, parts, fields, pictures):
    register.tags.update(subject.register.tags)
    register.filters.update(subject.register.filters)
