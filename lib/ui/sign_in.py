"""Sign-in for servers that more than one person reaches: Streamlit's own OpenID Connect, off unless set up.

It is on where the secrets have an ``auth`` section (see the README); then no page shows anything to a person
who has not signed in.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st


def is_on() -> bool:
    """Whether this server asks people to sign in. Secrets that cannot be read count as asking: nobody gets in."""
    if st.secrets.load_if_toml_exists():
        return "auth" in st.secrets
    return any(Path(place).exists() for place in st.get_option("secrets.files"))


def require_sign_in() -> None:
    """Let through who has signed in or where sign-in is off; to anybody else show the way in, and stop."""
    if not is_on() or st.user.get("is_logged_in"):
        return
    st.title("Stakeline", anchor=False)
    st.text("This library is for people who have signed in.")
    if not st.secrets.load_if_toml_exists():
        st.error(
            "The file of secrets cannot be read, so nobody can sign in. Whoever runs this server has to mend it."
        )
        st.stop()
    st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
    st.stop()


def sign_out_button() -> None:
    """The way out, where sign-in is on."""
    if is_on():
        st.button("Sign out", on_click=st.logout, key="sign_out", type="tertiary")
