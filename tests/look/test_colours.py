"""The tokens: text reads on every ground, in light and in dark."""

import pytest

from prepsite import palette

KNOWN = palette.colours()


@pytest.mark.parametrize("reading", palette.readings(), ids=lambda r: f"{r.ink} on {r.ground}")
def test_text_keeps_four_and_a_half_to_one(reading):
    assert reading.least >= 4.5


@pytest.mark.parametrize("ground", ["paper", "sheet"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_edge_of_a_field_keeps_three_to_one(ground, scheme):
    assert palette.contrast(KNOWN["edge"][scheme], KNOWN[ground][scheme]) >= 3


def test_every_ink_and_ground_is_read_from_the_sheet():
    paired = {name for pair in palette.PAIRS for name in pair}
    assert {*palette.INKS, *palette.GROUNDS, *paired} <= {*KNOWN}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1)],
)
def test_contrast_is_the_ratio_of_the_guidelines(one, other, ratio):
    assert palette.contrast(one, other) == pytest.approx(ratio, abs=0.01)
