"""Where documents and their records are kept, and how many of them get there.

What is offered here is taken in only when somebody asks for it: an ingest whose files are all known needs no
database library, which takes longer to import than the files take to be known.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from lib.store.documents import Added, Document, Entry, Store, open_store
    from lib.store.place import UnusableStore, default_url

__all__ = ["Added", "Document", "Entry", "Store", "UnusableStore", "default_url", "open_store"]

_WHERE: Final = dict.fromkeys(__all__, "lib.store.documents") | dict.fromkeys(
    ("UnusableStore", "default_url"), "lib.store.place"
)


def __getattr__(name: str) -> Any:
    """What is offered here, from the module that has it."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
