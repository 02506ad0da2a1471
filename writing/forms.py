"""Form fields for text: cleaned, bounded, and never lost when refused."""

from django import forms

from writing.text import clean_text

LINE_LIMIT = 300
MARKDOWN_LIMIT = 100_000


class TextField(forms.CharField):
    """One line of text, cleaned by `clean_text`; at most `max_length` characters (300)."""

    one_line = True
    limit = LINE_LIMIT
    default_error_messages = {
        "max_length": "This is %(show_value)d characters long, and %(limit_value)d fit. "
        "Shorten it and save again; nothing of it was stored.",
    }

    def __init__(self, *, max_length: int | None = None, **kwargs):
        super().__init__(max_length=max_length or self.limit, **kwargs)

    def to_python(self, value):
        if value not in self.empty_values:
            value = clean_text(str(value), one_line=self.one_line)
        value = super().to_python(value)
        return self.empty_value if isinstance(value, str) and not value.strip() else value

    def bound_data(self, data, initial):
        # What is shown again after a mistake must be something a page can carry.
        return clean_text(data) if isinstance(data, str) else super().bound_data(data, initial)

    def widget_attrs(self, widget):
        # With a maxlength attribute browsers cut a long paste without a word; the server's
        # message leaves the text whole.
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class MarkdownField(TextField):
    """Text of many lines, kept exactly but for cleaning; at most `max_length` (100,000)."""

    one_line = False
    limit = MARKDOWN_LIMIT
    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(**{"strip": False, **kwargs})


class LinesField(forms.CharField):
    """A list of short texts, one a line, each at most LINE_LIMIT characters long."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 90})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = clean_text(str(value or "")).split("\n")
        return [" ".join(line.split()) for line in lines if line.strip()]

    def validate(self, value):
        super().validate(value)
        if any(len(line) > LINE_LIMIT for line in value):
            raise forms.ValidationError(f"A line is at most {LINE_LIMIT} characters long.")


class DocumentForm(forms.Form):
    """A document of one's own: a file, or its text pasted.

    A subclass words the fields, and what is said when there is `nothing` or when it is `too_large`.
    """

    MAX_BYTES = 1_000_000
    nothing = "Choose a file, or paste its text."
    too_large = "The file is larger than 1 MB: split it."

    file = forms.FileField(
        required=False,
        label="A file",
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,text/markdown,text/plain"}),
    )
    text = forms.CharField(
        required=False,
        label="Or paste the text",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean(self):
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text") or ""
        if not file and not text.strip() and "file" not in self.errors:
            raise forms.ValidationError(self.nothing)
        if file and file.size > self.MAX_BYTES:
            self.add_error("file", self.too_large)
        return data

    def document(self) -> tuple[bytes, str]:
        """The bytes of the document, and the name to use in messages."""
        file = self.cleaned_data.get("file")
        if file:
            return file.read(), file.name
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        return text.encode("utf-8", "surrogatepass"), "pasted text"
