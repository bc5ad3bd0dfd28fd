"""Opens the models that onnxruntime runs, on no more threads than asked for, and their tokenizers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import UsageError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODELS = Path(__file__).resolve().parent / "models"
"""The folder of the models that come with variorum."""

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FATAL = 4  # what fails is raised as well; the library would print it besides


def open_session(model: Path, threads: int = 1) -> InferenceSession:
    """A session of the model in an ONNX file.

    Args:
        model: the file.
        threads: how many a single run may use. With one, several runs beside one another do not get in each
            other's way.

    Raises:
        UsageError: if the file is damaged or no model that can run here.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as failures

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = _FATAL
    refused = (
        failures.Fail,
        failures.InvalidArgument,
        failures.InvalidGraph,
        failures.InvalidProtobuf,
        failures.NoSuchFile,
        failures.NotImplemented,
        failures.RuntimeException,
    )
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except refused as e:
        raise UsageError(f"{model}: damaged, or no ONNX model that can run here: {e}") from e


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in a file `tokenizer.json`.

    Raises:
        UsageError: if the file is damaged.
    """
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(path))
    except Exception as e:
        raise UsageError(f"{path}: damaged: {e}") from e


def without_surrogates(text: str) -> str:
    """The text as a tokenizer takes it, of the same length: lone surrogates, of damaged JSON, replaced."""
    return _SURROGATE.sub("\ufffd", text)
