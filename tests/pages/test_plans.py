"""The plans page through AppTest: reading, asking, editing with undo, readings, saving, and exchange."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from lib.plans.terms import load_terms, read_terms, terms_text
from lib.store import open_store
from tests.pages.figures import figures
from tests.plans.documents_read import documents

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_filings" / "director-plan.txt"
DIRECTOR = load_terms("mks-1997-director")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The library's path."""
    path = str(tmp_path / "store.sqlite")
    monkeypatch.setenv("STAKELINE_STORE", path)
    return path


@pytest.fixture
def app(root: Path, place: str) -> AppTest:
    """The app before its first run, with a store of its own."""
    return AppTest.from_file(str(root / "app.py"), default_timeout=60)


def opened(app: AppTest, **query: str) -> AppTest:
    """The plans page with these parameters in its link."""
    at = app.run()
    for name, value in query.items():
        at.query_params[name] = value
    at.switch_page("pages/plans.py").run()
    assert not at.exception
    return at


def texts(at: AppTest) -> str:
    return "\n".join(one.value for kind in (at.markdown, at.caption, at.subheader) for one in kind).replace(
        "\\", ""
    )


def test_the_sample_is_read_in_one_click(app: AppTest) -> None:
    """Each term stands with its sentence, section and how it is known, and nothing is left to ask."""
    at = opened(app)
    at.button(key="sample_plan").click().run()
    said = texts(at)
    assert "12 equal installments, 3 months apart" in said
    assert "No option can be exercised more than 10 years after its date of grant." in said
    assert "§ 5(e)(i)" in said
    assert ":gray[stated]" in said
    assert "the service that keeps an option alive" in said
    assert "% sure" not in said
    assert not at.error


def test_the_conflicts_open_where_they_are_told(app: AppTest) -> None:
    """The count in the head is the way to both sentences of each conflict, and stands in the link."""
    at = opened(app)
    at.button(key="sample_plan").click().run()
    assert at.button(key="show_conflicts").label == "3 conflicts between plan and agreements"
    at.button(key="show_conflicts").click().run()
    assert not at.exception
    assert at.query_params["plan_part"] == "Conflicts"
    said = texts(at)
    assert said.count("The agreement forms: Initial § 3(") == 3
    assert said.count(", Annual § 3(") == 3, "what both forms say is told once, with both places"
    assert said.index("The plan as amended, § 5(e)") < said.index("Superseded: the plan before, § 5(e)")
    at.button(key="open_mks-1997-director").click().run()
    assert not at.exception
    assert "12 equal installments, 3 months apart" in texts(at), "a plan without conflicts opens on its terms"


def test_a_dropped_document_asks_for_what_it_lacks(app: AppTest) -> None:
    """What is not found is a question, and the plan cannot be saved before it is answered."""
    text = SAMPLE.read_text(encoding="utf-8").replace(
        "At most 750,000 shares of Common Stock may be issued", "Shares"
    )
    at = opened(app)
    at.file_uploader[0].upload("short.txt", text.encode()).run()
    assert not at.exception
    assert "How many shares may be issued under the plan?" in texts(at)
    at.selectbox(key="fill_from").set_value("mks-1997-director").run()
    at.button(key="fill").click().run()
    assert "750,000 shares" in texts(at)
    at.button(key="undo_edit").click().run()
    assert "How many shares may be issued under the plan?" in texts(at)


@pytest.mark.parametrize("path", documents("worked"), ids=lambda path: path.stem)
def test_plans_agreements_and_notices_open(app: AppTest, path: Path) -> None:
    """What is found stands beside what is asked for; each question is shown."""
    text = yaml.safe_load(path.read_text(encoding="utf-8"))["text"]
    at = opened(app)
    at.file_uploader[0].upload(f"{path.stem}.txt", text.encode()).run()
    assert not at.exception
    assert "to ask for before the plan can run" in texts(at)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"  ", "empty.txt is empty"),
        ("broken.pdf", b"%PDF-1.4 nothing of a PDF", "cannot be read"),
        ("terms.yaml", b"plan: a\nwindows: 3", "terms.yaml"),
        ("bomb.yaml", b"a: &a [1]\nb: *a", "aliases"),
        ("terms.json", b"{", "terms.json: This is not JSON"),
        ("other.json", b'{"items": []}', "no vesting terms"),
        ("latin.yaml", b"plan: \xe9", "not UTF-8"),
        ("hello.txt", b"hello", "hello.txt: no term of a stock plan is understood in this document"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(app: AppTest, name: str, data: bytes, says: str) -> None:
    """The file is named with the reason, and nothing is on the table."""
    at = opened(app)
    at.file_uploader[0].upload(name, data).run()
    assert not at.exception
    assert any(says in one.value.replace("\\", "") for one in at.error)
    assert not at.subheader


def test_a_term_is_edited_saved_and_chosen_on_the_vesting_page(app: AppTest, place: str) -> None:
    """An edit shows, undo takes it back; saved, the plan runs with it."""
    at = opened(app, terms="mks-1997-director")
    at.button(key="term_edit_windows_1").click().run()
    at.number_input(key="edit_windows_1_months").set_value(24)
    at.button(key="take_over").click().run()
    assert "24 months after any end of service" in texts(at)
    at.button(key="undo_edit").click().run()
    assert "36 months after any end of service" in texts(at)

    at.button(key="term_edit_windows_1").click().run()
    at.number_input(key="edit_windows_1_months").set_value(24)
    at.button(key="take_over").click().run()
    at.text_input(key="save_name").set_value("My <b> plan!").run()
    at.button(key="save_plan").click().run()
    assert not at.exception
    assert [plan.name for plan in open_store(place).plans.all()] == ["my-b-plan.yaml"]
    title = f"{DIRECTOR.title} (my-b-plan.yaml)"
    at.query_params.clear()
    at.query_params["plan"] = title
    at.switch_page("pages/vesting.py").run()
    assert at.selectbox(key="plan").value == "my-b-plan.yaml"
    assert figures(at)["Last day to exercise"] == "15 Mar 2007"


def test_a_wrong_edit_is_a_sentence(app: AppTest) -> None:
    """What contradicts itself is not taken, and the term stays as it was."""
    at = opened(app, terms="mks-1997-director")
    at.button(key="term_edit_windows_1").click().run()
    at.checkbox(key="edit_windows_1_at_once").check()
    at.button(key="take_over").click().run()
    assert any("windows 2: a window has a length" in one.value.replace("\\", "") for one in at.error)
    assert "36 months after any end of service" in texts(at)


def test_a_reading_is_chosen_and_undone(app: AppTest) -> None:
    """The default of a disputed text is an edit like any other."""
    at = opened(app, terms="mks-1997-director", plan_part="Disputed readings")
    at.radio(key="default_mks-1997-director_death_acceleration_0").set_value("installment").run()
    assert at.radio(key="default_mks-1997-director_death_acceleration_1").value == "installment"
    at.button(key="undo_edit").click().run()
    assert at.radio(key="default_mks-1997-director_death_acceleration_0").value == "through"


def test_a_clause_in_the_link_comes_first(app: AppTest) -> None:
    """A figure leads to the terms of its clause."""
    at = opened(app, terms="mks-1997-director", clause="7(b)")
    assert any(one.key == "followed_edit_accelerations_2" for one in at.button)
    at = opened(app, terms="mks-1997-director", clause="99")
    assert "no term under § 99" in texts(at)


def test_a_deleted_plan_comes_back(app: AppTest, place: str) -> None:
    """Deleting a saved plan can be undone."""
    store = open_store(place)
    store.plans.save("mine.yaml", terms_text(DIRECTOR))
    at = opened(app, terms="mine.yaml")
    at.button(key="delete_plan").click().run()
    assert store.plans.all() == []
    at.button(key="restore_plan").click().run()
    assert [plan.name for plan in store.plans.all()] == ["mine.yaml"]


def test_a_link_to_a_plan_that_is_not_here_says_so(app: AppTest) -> None:
    """Somebody else's link names nothing of this library."""
    at = opened(app, terms="../../etc/passwd")
    assert "neither in this library" in at.info[0].value
    assert "drop it in again" in at.info[0].value


def test_the_sample_comes_back_by_its_link(app: AppTest, root: Path) -> None:
    """A new window with the link of the sample shows it as the first one did."""
    at = opened(app)
    at.button(key="sample_plan").click().run()
    link = at.query_params["terms"]
    name = link[0] if isinstance(link, list) else link
    again = opened(AppTest.from_file(str(root / "app.py"), default_timeout=60), terms=name)
    assert not again.info
    assert texts(again) == texts(at)
    assert again.text_input(key="save_name").value == "1997-director-stock-option-plan"


def test_simulate_says_what_it_waits_for(app: AppTest, place: str) -> None:
    """The reason stands beside the link, and is gone once the plan is saved."""
    at = opened(app)
    at.button(key="sample_plan").click().run()
    assert "To simulate: save the plan first." in texts(at)
    at.button(key="save_plan").click().run()
    assert "To simulate" not in texts(at)
    text = SAMPLE.read_text(encoding="utf-8").replace("At most 750,000 shares of Common Stock may be", "Be")
    at.file_uploader[0].upload("short.txt", text.encode()).run()
    assert "To simulate: answer what is asked below" in texts(at)


def test_a_name_that_is_taken_is_not_replaced_unasked(app: AppTest, place: str) -> None:
    """A click on Save that comes with the name saves nothing; the page says what it would replace."""
    store = open_store(place)
    store.plans.save("mine.yaml", terms_text(DIRECTOR))
    at = opened(app, terms="typical-four-year-monthly")
    at.text_input(key="save_name").set_value("mine")
    at.button(key="save_plan").click().run()
    assert read_terms(store.plans.all()[0].terms) == DIRECTOR
    assert any("mine.yaml is in the library already" in one.value.replace("\\", "") for one in at.warning)
    at.button(key="replace_plan").click().run()
    assert read_terms(store.plans.all()[0].terms).title == load_terms("typical-four-year-monthly").title


def test_a_saved_plan_keeps_how_its_terms_are_known(app: AppTest, place: str, root: Path) -> None:
    """The document's name, the sentences with how sure they are, and the conflicts, in another session too."""
    at = opened(app)
    at.button(key="sample_plan").click().run()
    before = next(iter(at.session_state["plan_works"].values()))
    at.text_input(key="save_name").set_value("kept").run()
    at.button(key="save_plan").click().run()
    again = opened(AppTest.from_file(str(root / "app.py"), default_timeout=60), terms="kept.yaml")
    after = again.session_state["plan_works"]["kept.yaml"]
    assert not again.exception
    assert after.source == before.source == SAMPLE.name
    assert after.conflicts
    assert [one.message for one in after.conflicts] == [one.message for one in before.conflicts]
    known = [(one.term, one.clause, one.quote, one.confidence) for one in after.found]
    assert known == [(one.term, one.clause, one.quote, one.confidence) for one in before.found]
    assert f"from {SAMPLE.name}" in texts(again).replace("\\", "")
    assert "stated" in texts(again)


def test_terms_that_cannot_be_run_have_no_tick(app: AppTest) -> None:
    """The term is named as the page names it, with the way to answer; nothing says that the plan can run."""
    at = opened(app)
    text = SAMPLE.read_text(encoding="utf-8")
    at.file_uploader[0].upload("short.txt", text.replace("At most 750,000 shares", "Shares").encode()).run()
    keys = {button.key for button in at.button}
    assert "answer_0" in keys
    assert "settle_0" not in keys
    work = next(iter(at.session_state["plan_works"].values()))
    at.session_state["plan_works"] = {work.name: replace(work, missing=())}
    at.run()
    assert "Nothing is missing" not in texts(at)
    (error,) = at.error
    assert error.value.replace("\\", "").startswith("The terms cannot be run yet. Pool: this has to be given")
    assert at.button(key="answer_problem").label == "Answer"
