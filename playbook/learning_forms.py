"""What is known of a learning beside its text."""

from django import forms

from playbook.models import Learning
from writing.forms import TextField

MAX_TAGS = 12


class AboutForm(forms.ModelForm):
    """Kind, company, day and tags; tags are separated by commas."""

    company = TextField(required=False, label="Company")
    tags = TextField(required=False, label="Tags", help_text="Separated by commas.")

    class Meta:
        model = Learning
        fields = ["kind", "company", "taken_on"]
        labels = {"kind": "From", "taken_on": "Day"}
        widgets = {"taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["tags"] = ", ".join(self.instance.tags)
        # With the text: without a script either button brings along what the other would save.
        for field in self.fields.values():
            field.widget.attrs["form"] = "words"

    def clean_company(self) -> str:
        company = self.cleaned_data["company"]
        if len(company) > 120:
            raise forms.ValidationError("A company's name has at most 120 characters here.")
        return company

    def clean_tags(self) -> list[str]:
        tags = list(
            dict.fromkeys(tag.strip().lower() for tag in self.cleaned_data["tags"].split(","))
        )
        tags = [tag for tag in tags if tag]
        if len(tags) > MAX_TAGS or any(len(tag) > 40 for tag in tags):
            raise forms.ValidationError(f"At most {MAX_TAGS} tags of 40 characters each.")
        return tags

    def save(self, commit=True):
        self.instance.tags = self.cleaned_data["tags"]
        return super().save(commit)
