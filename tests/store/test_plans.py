"""Saved plans: kept by name, replaced under the same name, deleted with a way back."""

from __future__ import annotations

from pathlib import Path

from lib.store import Store, open_store


def test_saved_plans_are_listed_by_name(store: Store) -> None:
    """What was saved comes back as it was, in the order of names."""
    assert store.plans.save("b.yaml", "plan: b")
    assert store.plans.save("a.yaml", "plan: a")
    assert [(plan.name, plan.terms) for plan in store.plans.all()] == [
        ("a.yaml", "plan: a"),
        ("b.yaml", "plan: b"),
    ]


def test_saving_again_replaces(store: Store) -> None:
    """The same name holds the last terms, and saving says that there were others."""
    store.plans.save("a.yaml", "plan: old")
    assert not store.plans.save("a.yaml", "plan: new")
    assert [plan.terms for plan in store.plans.all()] == ["plan: new"]


def test_a_deleted_plan_can_be_brought_back(store: Store) -> None:
    """Deleting hides, restoring shows; saving under a deleted name is new."""
    store.plans.save("a.yaml", "plan: a")
    store.plans.delete("a.yaml")
    assert store.plans.all() == []
    store.plans.restore("a.yaml")
    assert [plan.terms for plan in store.plans.all()] == ["plan: a"]
    store.plans.delete("a.yaml")
    assert store.plans.save("a.yaml", "plan: again")


def test_plans_outlive_the_process(tmp_path: Path) -> None:
    """A store opened again has them, also one that was made before plans were kept."""
    place = str(tmp_path / "store.sqlite")
    first = open_store(place)
    first.plans.save("a.yaml", "plan: a")
    first.close()
    again = open_store(place)
    assert [plan.name for plan in again.plans.all()] == ["a.yaml"]
    again.close()
