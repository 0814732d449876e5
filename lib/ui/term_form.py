"""A form for any term of a plan, made from its model: a field a value, and what was typed checked by the model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import streamlit as st
import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from lib.plans.days import EARLIEST, LATEST
from lib.plans.errors import TermsError, first_problem
from lib.plans.schedule_terms import (
    SCHEDULE_KINDS,
    WHEN_TYPES,
    Conditions,
    Installments,
    MeetingOrMonths,
    Schedule,
)
from lib.plans.term import Term
from lib.plans.terms import (
    Acceleration,
    Amendment,
    Cap,
    Eligibility,
    GrantRule,
    Pool,
    PriceRule,
    Provision,
    Window,
    plain_yaml,
)
from lib.ui.words import plain

MODELS: Final[dict[str, type[Term]]] = {
    "grant_rules": GrantRule,
    "eligibility": Eligibility,
    "windows": Window,
    "accelerations": Acceleration,
    "cap": Cap,
    "pool": Pool,
    "price": PriceRule,
    "provisions": Provision,
    "history": Amendment,
}
"""The model of each term; those not listed are a clause and what it says."""
NESTED: Final = frozenset({"schedule", "returns"})
"""Terms within a term, which have a form of their own."""
LAST: Final = ("clause", "text")
_KINDS: Final[dict[str, type[Term]]] = {
    "installments": Installments,
    "meeting_or_months": MeetingOrMonths,
    "conditions": Conditions,
}
_KIND_NAMES: Final = {
    "installments": "Equal installments",
    "meeting_or_months": "Before the next annual meeting, or after some months",
    "conditions": "Conditions that follow one another",
}
_SCHEDULE: Final[TypeAdapter[Any]] = TypeAdapter(Schedule)


def schedule_form(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The fields of a schedule, whose kind can be changed; what they hold now."""
    kind = st.selectbox(
        "Kind",
        list(_KINDS),
        index=list(_KINDS).index(value.get("kind", "installments")),
        format_func=_KIND_NAMES.__getitem__,
        key=f"{key}_kind",
    )
    return {"kind": kind} | term_form(_KINDS[kind], value, key)


def term_form(model: type[Term], value: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The fields of a term with their values; what they hold now, without those that are left blank."""
    typed: dict[str, Any] = {}
    fields = {name: about for name, about in model.model_fields.items() if name not in {*NESTED, "kind"}}
    with st.container(horizontal=True, gap="small"):
        for name, about in fields.items():
            if name not in LAST:
                typed[name] = _field(name, about, value.get(name), f"{key}_{name}")
    typed["clause"] = st.text_input(
        "Clause", value=value.get("clause", ""), max_chars=200, key=f"{key}_clause"
    )
    text = st.text_area("What it says", value=value.get("text", ""), max_chars=2000, key=f"{key}_text")
    typed["text"] = " ".join((text or "").split())
    nested = {name: value[name] for name in NESTED if name in value and name in model.model_fields}
    return {name: one for name, one in typed.items() if one not in (None, "", [])} | nested


def problem_of(model: type[Term] | None, value: Mapping[str, Any]) -> str | None:
    """The sentence that says what is wrong with a term; null where nothing is. Without a model it is a schedule."""
    try:
        if model is None:
            _SCHEDULE.validate_python(value)
        else:
            model.model_validate(value)
    except ValidationError as error:
        return first_problem(error, frozenset({*SCHEDULE_KINDS, *WHEN_TYPES}))
    return None


def _field(name: str, about: FieldInfo, value: Any, key: str) -> Any:
    label = name.replace("_", " ").capitalize()
    kind, optional = _bare(about.annotation)
    if get_origin(kind) is tuple:
        return _many(label, get_args(kind)[0], value, key)
    if get_origin(kind) is Literal:
        options = list(get_args(kind))
        index = options.index(value) if value in options else (None if optional else 0)
        chosen: str | None = st.selectbox(
            label,
            options,
            index=index,
            format_func=lambda one: str(one).replace("_", " "),
            key=key,
            width=220,
        )
        return chosen
    if kind is bool:
        return st.checkbox(label, value=bool(value), key=key) or (None if not about.is_required() else False)
    if kind is int:
        number = (
            value if isinstance(value, int) else None if optional or about.is_required() else about.default
        )
        typed: int | None = st.number_input(label, min_value=0, value=number, step=1, key=key, width=190)
        return typed
    if kind is date:
        day = None if value is None else date.fromisoformat(str(value))
        picked: date | None = st.date_input(
            label,
            value=day,
            min_value=EARLIEST,
            max_value=LATEST,
            format="YYYY-MM-DD",
            key=key,
            width=170,
        )
        return None if picked is None else picked.isoformat()
    return st.text_input(label, value=str(value or ""), max_chars=200, key=key, width=220)


def _many(label: str, kind: Any, value: Any, key: str) -> Any:
    """Several choices of a list; or a list of models, as YAML."""
    bare, _ = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        text = st.text_area(
            f"{label}, as YAML",
            value=yaml.safe_dump(value or [], sort_keys=False, allow_unicode=True),
            height=320,
            max_chars=50_000,
            key=key,
            width="stretch",
        )
        try:
            return plain_yaml(text)
        except TermsError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return text
    chosen: list[str] = st.multiselect(
        label,
        _choices(kind),
        default=list(value or []),
        format_func=lambda one: str(one).replace("_", " "),
        placeholder="Any" if label == "Reasons" else "Choose",
        key=key,
        width=460,
    )
    return chosen


def _choices(kind: Any) -> list[str]:
    """The strings of a choice, also of a choice between choices."""
    bare, _ = _bare(kind)
    if get_origin(bare) in {Union, UnionType}:
        return [one for part in get_args(bare) for one in _choices(part)]
    return list(get_args(bare))


def _bare(annotation: Any) -> tuple[Any, bool]:
    """An annotation without its constraints, and whether it may be null."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        parts = [part for part in get_args(annotation) if part is not NoneType]
        if len(parts) == 1:
            return _bare(parts[0])[0], True
    return annotation, False
