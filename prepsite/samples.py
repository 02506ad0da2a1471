"""What the components page needs to show the components in use."""

from itertools import groupby

from django import forms

from prepsite import palette


class SampleForm(forms.Form):
    """A field of each kind; bound to something wrong, it shows its errors."""

    name = forms.CharField(label="Title", max_length=60)
    mail = forms.EmailField(label="E-mail", required=False, help_text="Only for a lost password.")
    when = forms.DateField(
        label="Day of the interview", widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(
        label="Kind", choices=[("design", "System design"), ("star", "Behavioural"), ("x", "Both")]
    )
    minutes = forms.ChoiceField(
        label="Time you have",
        choices=[("15", "A quarter of an hour"), ("60", "An hour")],
        widget=forms.RadioSelect,
        required=False,
    )
    text = forms.CharField(
        label="Notes",
        required=False,
        widget=forms.Textarea(attrs={"class": "writing", "rows": 5}),
        initial="What would make this design fail on its first busy day?",
    )
    remind = forms.BooleanField(label="Remind me the evening before", required=False)


def context() -> dict[str, object]:
    """Context of prepsite/components.html."""
    readings = palette.readings()
    onto_grounds, filled = readings[: -len(palette.PAIRS)], readings[-len(palette.PAIRS) :]
    return {
        "form": SampleForm(prefix="calm"),
        "wrong": SampleForm(
            {
                "wrong-name": "",
                "wrong-mail": "alice@",
                "wrong-kind": "design",
                "wrong-when": "2026-02-31",
                "wrong-text": "Every word is still here.",
            },
            prefix="wrong",
        ),
        "grounds": palette.GROUNDS,
        "inks": [list(row) for _, row in groupby(onto_grounds, key=lambda r: r.ink)],
        "filled": filled,
    }
