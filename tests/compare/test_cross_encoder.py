"""A cross-encoder that knows two words: "not" contradicts, "maybe" is neutral, all else follows."""

import json
import random
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from variorum.compare.cross_encoder import load
from variorum.errors import UsageError

WORDS = ("[UNK]", "the", "bridge", "fell", "not", "maybe")
HUB = {"0": "contradiction", "1": "entailment", "2": "neutral"}


def graph(width: int = 3, second_only: bool = False) -> onnx.ModelProto:
    """Logits are sums of one row a word: of all words, or of those of the second text."""
    table = np.zeros((len(WORDS), width), np.float32)
    table[:, 1] = 0.1
    table[WORDS.index("not"), 0] = 4
    table[WORDS.index("maybe"), -1] = 4
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["rows"])]
    if second_only:
        nodes += [
            helper.make_node("Cast", ["token_type_ids"], ["kept"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["kept", "last"], ["column"]),
            helper.make_node("Mul", ["rows", "column"], ["counted"]),
        ]
    nodes.append(
        helper.make_node("ReduceSum", ["counted" if second_only else "rows", "axis"], ["logits"], keepdims=0)
    )
    names = ["input_ids", "token_type_ids"] if second_only else ["input_ids"]
    made = helper.make_graph(
        nodes,
        "toy",
        [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "length"]) for n in names],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", width])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([1], np.int64), "axis"),
            numpy_helper.from_array(np.array([-1], np.int64), "last"),
        ],
    )
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def words_file(path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A", pair="$A $B:1", special_tokens=[])
    tokenizer.save(str(path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    onnx.save(graph(), tmp_path / "model.onnx")
    words_file(tmp_path / "tokenizer.json")
    (tmp_path / "config.json").write_text(json.dumps({"id2label": HUB, "max_position_embeddings": 16}))
    return tmp_path


def test_each_text_is_judged_with_the_other(folder: Path):
    pairs = [
        ("the bridge fell", "the bridge fell"),
        ("the bridge fell", "the bridge not fell"),
        ("maybe the bridge fell", "the bridge fell"),
    ]
    found = load(folder).verdicts(pairs)
    assert [verdict for verdict, _ in found] == ["agree", "contradict", "compatible"]
    assert all(0 <= chance <= 1 for _, chance in found)


def test_one_direction_is_no_contradiction(folder: Path):
    onnx.save(graph(second_only=True), folder / "model.onnx")
    encoder = load(folder)
    assert encoder.verdicts([("the bridge fell", "the bridge not fell")])[0][0] == "compatible"
    assert encoder.verdicts([("the bridge not fell", "the bridge not fell")])[0][0] == "contradict"


def test_neither_order_nor_company_changes_a_verdict(folder: Path):
    rng = random.Random(0)
    pairs = [tuple(" ".join(rng.choices(WORDS[1:], k=rng.randint(1, 9))) for _ in "ab") for _ in range(60)]
    encoder = load(folder)
    found = dict(zip(pairs, encoder.verdicts(pairs), strict=True))
    rng.shuffle(pairs)
    assert encoder.verdicts(pairs) == [found[p] for p in pairs]
    assert encoder.verdicts([(b, a) for a, b in pairs]) == [found[p] for p in pairs]
    assert encoder.verdicts(pairs[:1]) == [found[pairs[0]]]


def test_no_pairs_no_verdicts(folder: Path):
    assert load(folder).verdicts([]) == []


def test_long_texts_are_cut(folder: Path):
    long = "the bridge " * 500
    assert load(folder).verdicts([(long, long)])[0][0] == "agree"


@pytest.mark.parametrize("names", [{"0": "ENTAILMENT", "1": "NEUTRAL", "2": "CONTRADICTION"}, HUB])
def test_labels_may_come_in_any_order_and_case(folder: Path, names: dict):
    (folder / "config.json").write_text(json.dumps({"id2label": names}))
    load(folder)


def test_the_layout_of_hubs_is_understood(folder: Path):
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    assert load(folder).verdicts([("the", "the")])[0][0] == "agree"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_a_missing_file_is_named(folder: Path, name: str):
    (folder / name).unlink()
    with pytest.raises(UsageError, match=f"lacks {name}"):
        load(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01damaged", b"{}", b"[1]"])
def test_a_damaged_file_is_named(folder: Path, name: str, content: bytes):
    (folder / name).write_bytes(content)
    with pytest.raises(UsageError, match=name):
        load(folder)


@pytest.mark.parametrize(
    "names",
    [
        {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"},
        {"0": "entailment", "1": "not_entailment"},
        {"0": "entailment", "1": "neutral", "2": "neutral"},
        ["entailment", "neutral", "contradiction"],
    ],
)
def test_other_labels_are_refused(folder: Path, names: object):
    (folder / "config.json").write_text(json.dumps({"id2label": names}))
    with pytest.raises(UsageError, match="id2label must name entailment, neutral and contradiction"):
        load(folder)


def test_a_model_of_another_width_is_refused(folder: Path):
    onnx.save(graph(width=2), folder / "model.onnx")
    with pytest.raises(UsageError, match="shape"):
        load(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(UsageError, match="no such folder"):
        load(tmp_path / "nowhere")
