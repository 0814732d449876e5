"""The head of a plan on the plans page: what it is, what is open, its edits, and where it can go from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

import streamlit as st

from lib.plans.errors import TermsError
from lib.plans.reader import is_stated
from lib.plans.terms import PlanTerms, read_terms, terms_text
from lib.ui.library import the_store
from lib.ui.navigation import VESTING
from lib.ui.plan_conflicts_view import link_to_conflicts
from lib.ui.plan_evidence import with_evidence, work_of_saved
from lib.ui.plan_exchange import lost_in_ocf, ocf_file, windows_file
from lib.ui.plan_shelf import is_saved, plan_title, saved_name
from lib.ui.plan_start import open_another
from lib.ui.plan_table import clear_table, forget, put_on_table
from lib.ui.plan_work import Work
from lib.ui.words import count, plain

_SAVED: Final = "plan_was_saved"


def head(work: Work, shelf: Mapping[str, PlanTerms]) -> None:
    """The title with facts and actions."""
    saved = shelf.get(work.name)
    if told := st.session_state.pop(_SAVED, None):
        st.toast(told, icon=":material/save:")
    draft = work.draft
    st.subheader(plain(str(draft.get("title") or work.name)), anchor=False)
    facts = [str(draft.get("company") or "company not named"), f"from {work.source}"]
    if work.found:
        facts.append(count(len(work.found), "sentence") + " read")
    if unsure := sum(not is_stated(one) for one in work.found):
        facts.append(f"{unsure} of them likely only, marked so below")
    if work.edits:
        facts.append(f"last edit: {work.edits[-1].label}")
    st.caption(plain("; ".join(facts)))
    link_to_conflicts(work)
    for sentence in work.lost:
        st.warning(plain(sentence), icon=":material/warning:")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _save(work, saved)
        _simulate(work, saved)
        _undo(work)
        _files(work)
        _remove(work)
        open_another(shelf)


def _save(work: Work, saved: PlanTerms | None) -> None:
    terms = work.terms
    with st.popover("Save", icon=":material/save:", disabled=terms is None):
        if terms is None:
            return
        kept = saved is not None and is_saved(work.name)
        usual = work.name if kept else saved_name(str(work.draft.get("plan") or work.name))
        name = saved_name(
            st.text_input("Name", value=usual.removesuffix(".yaml"), max_chars=90, key="save_name") or usual
        )
        st.caption("Saved plans can be chosen on the Vesting page of this library.")
        replaces = name in {one.name for one in the_store().plans.all()}
        if replaces:
            st.warning(
                f"{plain(name)} is in the library already; saving replaces it.", icon=":material/warning:"
            )
        # a key of its own: a click on the one before the name was known to be taken does not replace anything
        label, key = (
            ("Replace it in the library", "replace_plan")
            if replaces
            else ("Save in the library", "save_plan")
        )
        if st.button(label, key=key, type="primary"):
            try:
                text = terms_text(terms.model_copy(update={"plan": name.removesuffix(".yaml")}))
                new = the_store().plans.save(name, with_evidence(text, work))
                forget(name)
                put_on_table(work_of_saved(name, read_terms(text)))
            except TermsError as error:
                st.error(plain(str(error)), icon=":material/error:")
                return
            st.session_state[_SAVED] = f"{'Saved' if new else 'Saved again'} as {plain(name)}."
            st.rerun()


def _simulate(work: Work, saved: PlanTerms | None) -> None:
    """To the vesting page, once the plan is on the shelf as it stands here."""
    ready = saved is not None and work.terms == saved
    st.page_link(
        VESTING,
        label="Simulate",
        icon=":material/timeline:",
        query_params={"plan": plan_title(work.name, saved)} if ready and saved is not None else None,
        disabled=not ready,
        help="Run this plan on the Vesting page" if ready else None,
    )
    if not ready:
        st.caption(plain(_why_not_run(work, saved)), width="content")


def _why_not_run(work: Work, saved: PlanTerms | None) -> str:
    """What has to be done before the plan can be simulated."""
    if work.missing:
        return "To simulate: answer what is asked below, then save."
    if work.terms is None:
        return "To simulate: mend what is said above, then save."
    return "To simulate: save the plan first." if saved is None else "To simulate: save the changes first."


def _undo(work: Work) -> None:
    if st.button("Undo", icon=":material/undo:", key="undo_edit", disabled=not work.edits):
        put_on_table(work.undone())
        st.rerun()


def _files(work: Work) -> None:
    terms = work.terms
    with st.popover("Export", icon=":material/download:", disabled=terms is None):
        if terms is None:
            return
        stem = quote(work.name.removesuffix(".yaml"), safe="")
        for label, data, name, kind in (
            ("Terms as YAML", lambda: terms_text(terms).encode(), f"{stem}.yaml", "application/yaml"),
            ("Schedules in Open Cap Format", lambda: ocf_file(terms), f"{stem}.ocf.json", "application/json"),
            (
                "Windows in Open Cap Format",
                lambda: windows_file(terms),
                f"{stem}.windows.json",
                "application/json",
            ),
        ):
            st.download_button(
                label,
                data=data,
                file_name=name,
                mime=kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"export_{name.partition('.')[2]}",
            )
        lost = lost_in_ocf(terms)
        if lost:
            st.markdown("**What Open Cap Format cannot say of this plan**")
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in lost))


def _remove(work: Work) -> None:
    """Take a saved plan out of the library; it can be brought back at once."""
    if not is_saved(work.name) or work.name not in {one.name for one in the_store().plans.all()}:
        return
    if st.button("Delete", icon=":material/delete:", key="delete_plan", type="tertiary"):
        the_store().plans.delete(work.name)
        st.session_state["deleted_plan"] = work.name
        forget(work.name)
        clear_table()
        st.rerun()


def offer_restore() -> None:
    """After a plan was deleted: the way back."""
    name = st.session_state.get("deleted_plan")
    if name is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{plain(name)} was deleted.", width="content")
        if st.button("Bring it back", icon=":material/undo:", key="restore_plan"):
            the_store().plans.restore(name)
            del st.session_state["deleted_plan"]
            st.rerun()
