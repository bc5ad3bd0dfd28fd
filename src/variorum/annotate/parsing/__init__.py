"""spaCy's analysis of a text at a fraction of its cost: the same models and rules with less overhead.

spaCy's compiled parser takes Python's lock several times for each move, its rules are matched against every
word anew, and each word is embedded as often as it occurs. The components here read the weights and rules of
the pipeline that is installed and find the same. What they do not know is left to the pipeline's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

_EMBEDDING = {"@architectures": "spacy.MultiHashEmbed.v2", "include_static_vectors": False}
_ENCODER = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "window_size": 1, "maxout_pieces": 3}
_TOKENS = {"@architectures": "spacy.Tok2Vec.v2", "embed": _EMBEDDING, "encode": _ENCODER}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1"}
_MOVES = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "extra_state_tokens": False,
    "maxout_pieces": 2,
    "use_upper": True,
}
_KNOWN: dict[str, dict[str, Any]] = {
    "tok2vec": _TOKENS,
    "tagger": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER},
    "parser": _MOVES | {"state_type": "parser", "tok2vec": _LISTENER},
    "ner": _MOVES | {"state_type": "ner", "tok2vec": _TOKENS},
}


def quicken(nlp: Language) -> None:
    """Put faster components in the place of those of a pipeline that are known; a pure gain, or nothing."""
    from spacy.language import Language

    for name, make, former in (
        ("variorum_syntax", _make_syntax, ("tok2vec", "tagger", "parser")),
        ("variorum_morphology", _make_morphology, ("attribute_ruler", "lemmatizer")),
        ("variorum_entities", _make_entities, ("ner",)),
    ):
        if _follow_each_other(nlp, former) and all(_known(nlp, part) for part in former):
            Language.factory(name, func=make)
            nlp.add_pipe(name, before=former[0])
            for part in former:
                nlp.disable_pipe(part)


def _follow_each_other(nlp: Language, names: tuple[str, ...]) -> bool:
    active = nlp.pipe_names
    return names[0] in active and tuple(active[active.index(names[0]) :][: len(names)]) == names


def _known(nlp: Language, name: str) -> bool:
    from variorum.annotate.parsing.morphology import can_read

    component: Any = nlp.get_pipe(name)
    if name not in _KNOWN:
        return can_read(component)
    if not _agree(_KNOWN[name], nlp.get_pipe_config(name)["model"]):
        return False
    if name not in ("parser", "ner"):
        return True
    greedy = component.cfg["beam_width"] == 1 and not component.model.attrs["unseen_classes"]
    return greedy and "subtok" not in component.labels


def _agree(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return all(
        _agree(value, found.get(key, {})) if isinstance(value, Mapping) else found.get(key) == value
        for key, value in wanted.items()
    )


def _make_syntax(nlp: Language, name: str) -> Any:  # noqa: ARG001  (spaCy calls it so)
    from variorum.annotate.parsing.syntax import read_syntax

    return read_syntax(nlp.get_pipe("tok2vec"), nlp.get_pipe("tagger"), nlp.get_pipe("parser"))


def _make_morphology(nlp: Language, name: str) -> Any:  # noqa: ARG001
    from variorum.annotate.parsing.morphology import read_morphology

    return read_morphology(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))


def _make_entities(nlp: Language, name: str) -> Any:  # noqa: ARG001
    from variorum.annotate.parsing.entity_spans import read_entity_spans

    return read_entity_spans(nlp.get_pipe("ner"))
