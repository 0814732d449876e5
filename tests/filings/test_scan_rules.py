"""Rules on a picture of a page: long ones are found although no page is quite level."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2")
np = pytest.importorskip("numpy")

from lib.filings.readers.scan_picture import POINT  # noqa: E402 - only where the engine is installed
from lib.filings.readers.scan_rules import rules_of  # noqa: E402


def drawn(length: int, drift: int, thickness: int):
    """A white page with one rule that drifts so many pixels over its length."""
    page = np.full((400, 1700), 255, np.uint8)
    cv2.line(page, (60, 200), (60 + length, 200 + drift), 80, thickness)
    return cv2.GaussianBlur(page, (0, 0), 0.8)


@pytest.mark.parametrize(("length", "drift"), [(1500, 0), (1500, 4), (600, 1)])
def test_a_long_rule_may_drift_by_a_few_pixels(length: int, drift: int) -> None:
    """What is left of a page's turn spreads a long rule over more rows of pixels; it is one rule all the same."""
    (rule,) = rules_of(drawn(length, drift, 4)).horizontal
    assert rule.at == pytest.approx((200 + drift / 2) / POINT, abs=1.5)
    assert rule.end - rule.start == pytest.approx(length / POINT, abs=6)


def test_a_thick_bar_is_no_rule() -> None:
    """A bar much thicker than a rule is not taken for one, however long."""
    assert rules_of(drawn(1500, 0, 30)).horizontal == []
