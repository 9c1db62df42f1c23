"""A file of organisations as it is sent in, and what its columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.actors.incoming import COLUMNS
from samskap.evidence.queries import sources_seen_by
from samskap.kernel.tables import LARGEST_FILE
from samskap.trust.models import Visibility
from samskap.ui.forms import Form

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.forms import BoundField

    from samskap.actors.models import ImportRun
    from samskap.trust.access import Reader

_SEEN_BY: Final = (Visibility.SECRETARIAT, Visibility.PARTNERS, Visibility.PUBLIC)


class UploadForm(Form):
    """The file, and the day it is from."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, CSV, or JSON or CSV from Enhetsregisteret. At most 20 MB."),
    )
    file_on = forms.DateField(
        label=_("The day the file is from"),
        required=False,
        help_text=_("What somebody has confirmed later is kept. Empty means today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    source = forms.ChoiceField(
        label=_("Where it is from"),
        required=False,
        help_text=_("Columns are remembered for each source."),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)  # noqa: S101 - tells the type
        source.choices = [
            ("", _("The file itself")),
            *((each.key, str(each.title)) for each in sources_seen_by(reader)),
        ]

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is larger than we read, before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Divide it, and send one part at a time.")
            )
        return file


class TermsForm(Form):
    """Which column holds what, and how the file is to be brought in."""

    visibility = forms.ChoiceField(
        label=_("Who may see the new ones"),
        choices=[(each.value, each.label) for each in _SEEN_BY],
    )
    admits_lookalikes = forms.BooleanField(
        label=_("Bring in those, too, that look like somebody we know"), required=False
    )

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        self.run = run
        kwargs.setdefault(
            "initial",
            {
                "visibility": run.visibility,
                "admits_lookalikes": run.admits_lookalikes,
                **{f"column_{field}": column for field, column in run.mapping.items()},
            },
        )
        super().__init__(*args, **kwargs)
        self.has_columns = bool(run.headers) and not run.format.startswith("brreg")
        choices = [("", "\N{EN DASH}"), *((header, header) for header in run.headers)]
        for field, column in COLUMNS.items() if self.has_columns else ():
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=column.label, choices=choices, required=field == "name"
            )

    def columns(self) -> list[BoundField]:
        """Return the fields that choose a column."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def mapping(self) -> dict[str, str]:
        """Return our field to the file's column, '' where it is left out, once it is valid."""
        if not self.has_columns:
            return {}
        return {field: self.cleaned_data[f"column_{field}"] for field in COLUMNS}
