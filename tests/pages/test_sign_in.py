"""Sign-in: off, nobody notices; on, every page is closed to those who have not signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from lib.store import open_store
from tests.builders import bertucci

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))
SECRETS = st.get_option("secrets.files")
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


def test_secrets_that_cannot_be_read_let_nobody_in(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the pen in the file that asks for sign-in does not open the door."""
    broken = tmp_path / "secrets.toml"
    broken.write_text('[auth]\nclient_id = "x\n')
    st.config.set_option("secrets.files", [str(broken)])
    monkeypatch.setattr(st, "secrets", Secrets())
    try:
        at = app.run()
    finally:
        st.config.set_option("secrets.files", SECRETS)
    assert not at.exception
    assert not at.dataframe
    assert "cannot be read" in at.error[0].value


def test_pages_are_open_to_who_has_signed_in(app: AppTest) -> None:
    """After sign-in the library is there, and a way out."""
    app.secrets["auth"] = AUTH
    app.user = {"is_logged_in": True, "name": "Ada"}
    at = app.run()
    assert not at.exception
    assert at.dataframe
    assert at.button(key="sign_out")
