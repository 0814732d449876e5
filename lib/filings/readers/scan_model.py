"""The model that recognises strips of text: PP-OCR, which comes within the rapidocr package and runs on onnxruntime.

Only the model is taken from the package; finding words is geometry here, so its detection is not needed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.filings.readers.scan import model_file

HEIGHT = 48
"""Pixels of the model's input from top to bottom; a strip may have any length."""
NONE = 0
"""The model's place for no letter."""


def odds(strips: NDArray[np.float32]) -> NDArray[np.float32]:
    """How likely each letter is at each step along strips of one width; pixels go from -1 to 1."""
    session = _session()
    found: NDArray[np.float32] = np.array(session.run(None, {session.get_inputs()[0].name: strips})[0])
    return found


@cache
def letters() -> tuple[str, ...]:
    """The model's letters in the order of its odds; the first stands for none, the last is a space."""
    return ("", *_session().get_modelmeta().custom_metadata_map["character"].splitlines(), " ")


@cache
def _session() -> Any:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(model_file()), options, providers=["CPUExecutionProvider"])
