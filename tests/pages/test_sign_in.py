"""Sign-in: off, nobody notices; on, every page is closed to those who have not signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.store import open_store
from tests.builders import bertucci

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))
AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "a secret of the test",
    "client_id": "stakeline",
    "client_secret": "another",
    "server_metadata_url": "http://localhost:1/.well-known/openid-configuration",
}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    place = str(tmp_path / "store.sqlite")
    monkeypatch.setenv("STAKELINE_STORE", place)
    store = open_store(place)
    store.add_document("a.xml", b"1", bertucci()[:1], reader_version=1)
    store.close()
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_closed_without_sign_in(app: AppTest, page: str) -> None:
    """Nothing but the way in: no table, no chart, no upload, not a word of the library."""
    app.secrets["auth"] = AUTH
    at = app.run()
    at.switch_page(page).run()
    assert not at.exception
    assert [button.key for button in at.button] == ["sign_in"]
    assert not any(at.get(kind) for kind in ("dataframe", "plotly_chart", "file_uploader", "metric"))
    said = " ".join(str(one.value) for one in (*at.title, *at.text, *at.markdown, *at.caption))
    assert "BERTUCCI" not in said


def test_pages_are_open_where_sign_in_is_off(app: AppTest) -> None:
    """Without an auth section the library is there at once."""
    at = app.run()
    assert not at.exception
    assert at.dataframe


def test_pages_are_open_to_who_has_signed_in(app: AppTest) -> None:
    """After sign-in the library is there, and a way out."""
    app.secrets["auth"] = AUTH
    app.user = {"is_logged_in": True, "name": "Ada"}
    at = app.run()
    assert not at.exception
    assert at.dataframe
    assert at.button(key="sign_out")
