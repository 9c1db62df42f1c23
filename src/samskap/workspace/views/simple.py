"""A page that is one form: what it asks, what its button does, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from samskap.ui.unsent import status_of
from samskap.workspace.desk import context

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from samskap.workspace.desk import Desk
    from samskap.workspace.editing import Editing


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of a page, the verb of its button, and where it leads when nothing is done.

    ``thing`` is what the page is about: its name stands above the question, and says when it is
    invented.
    """

    title: str
    send: str
    back: str
    lede: str = ""
    thing: Any = None
    name_of_thing: Any = ""


def form_page(request: HttpRequest, desk: Desk, form: Form, asked: Asked) -> HttpResponse:
    """Draw ``form`` on a page of its own; one that was sent and is not right answers 422."""
    status = status_of(request, form)
    page = context(desk, form=form, asked=asked)
    return render(request, "workspace/one_form.html", page, status=status)


def editing_page(
    request: HttpRequest, desk: Desk, changed: Editing[Any], asked: Asked
) -> HttpResponse:
    """Draw a form that changes something on a page of its own; 409 when somebody was before."""
    page = context(desk, form=changed.form, editing=changed, asked=asked)
    return render(request, "workspace/one_form.html", page, status=changed.status)
