"""The faster components find exactly what the pipeline's own find."""

from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.document import DEFAULT_PIPELINE, load_pipeline
from variorum.annotate.parsing import quicken

ATTRIBUTES = ["TAG", "HEAD", "DEP", "SENT_START", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]

TEXTS = (
    "",
    "\n",
    " \n\n \t",
    "Yes",
    "Bridge reopens\n\nThe bridge at Halden Point reopened on Tuesday, Mayor Ada Quist said.\n",
    "''These are the rooms,'' she said. ''We're gonna keep 'em.''\n\n''\nLet's go, y'all: there's more.",
    "It ain't over.  There are, Dr. Orla Venn of Tarn University told The Ferry Post, $3.5 million in debts!",
    "Who'd've thought? C'mon. You gotta see it -- nothin' but the U.N. and 1,200 people from 9 to 5 p.m.",
    "a b c d e f g h i j k l m n o p. Q R S T! U? \r\n\r\nV;\x0bW\u2028X — y\u00a0z \U0001f600 \u4e2d\u6587",
    'ONE\nTWO\nTHREE\n"\n"\n(\n- Said the minister, who had said she had not said what they said.',
    "''\n\n- The end",  # a line whose parse ends with a break behind the next line's first word
    "said\n\n''\n\nsaid\n\n" * 4,
    "He ate. " * 120,
    "and the dog of the man in the house by the river that runs under the bridge " * 30,
)

WORDS = """
the police said that Mayor Ada Quist 's n't '' `` " . , ; ? ! is are was ai gon na let us 's c'm on y' all
there which who had been told not no $ 3.5 million Tuesday May 2019 Tarn Bay ( ) - -- : ROME (TFP) his
"""


@cache
def plain():
    load_pipeline()  # registers the component for lines
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.add_pipe("variorum_lines", first=True)
    return nlp


def test_all_of_the_packaged_pipeline_is_known():
    assert load_pipeline().pipe_names == [
        "variorum_lines",
        "variorum_syntax",
        "variorum_morphology",
        "variorum_entities",
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_same_as_the_pipelines_own(text):
    assert analysis(load_pipeline(), text) == analysis(plain(), text)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n", "\n\n"]), max_size=60).map(" ".join))
def test_same_on_word_salad(text):
    assert analysis(load_pipeline(), text) == analysis(plain(), text)


def test_a_text_is_analysed_alike_whatever_came_before():
    text = TEXTS[6]
    before = analysis(load_pipeline(), text)
    for other in TEXTS:
        load_pipeline()(other)
    assert analysis(load_pipeline(), text) == before


def test_unknown_components_stay():
    nlp = spacy.load(DEFAULT_PIPELINE, exclude=["lemmatizer", "parser"])
    nlp.get_pipe("attribute_ruler").add([[{"LENGTH": 3}]], {"POS": "X"})
    nlp.add_pipe("sentencizer", before="ner")
    quicken(nlp)
    assert nlp.pipe_names == ["tok2vec", "tagger", "attribute_ruler", "sentencizer", "variorum_entities"]


@pytest.mark.parametrize("pattern", [{"TEXT": "x"}, {"LOWER": {"FUZZY": "x"}}, {"TAG": "NN", "OP": "+"}])
def test_a_ruler_with_other_conditions_stays(pattern):
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.get_pipe("attribute_ruler").add([[pattern]], {"POS": "X"})
    quicken(nlp)
    assert nlp.pipe_names == ["variorum_syntax", "attribute_ruler", "lemmatizer", "variorum_entities"]


def test_a_rule_of_the_users_own_counts():
    nlp = spacy.load(DEFAULT_PIPELINE)
    ruler = nlp.get_pipe("attribute_ruler")
    ruler.add([[{"LOWER": {"REGEX": "^ferr"}, "TAG": {"NOT_IN": ["VB"]}}]], {"LEMMA": "boat"})
    ruler.add([[{"LOWER": "old"}, {"LOWER": "ferry"}]], {"LEMMA": "wreck"}, index=1)
    quicken(nlp)
    doc = nlp("The new ferries passed the old ferry.")
    assert [t.lemma_ for t in doc] == ["the", "new", "boat", "pass", "the", "old", "wreck", "."]


def test_an_empty_pipeline_stays():
    nlp = spacy.blank("en")
    quicken(nlp)
    assert nlp.pipe_names == []


def analysis(nlp, text):
    doc = nlp(text)
    return doc.to_array(ATTRIBUTES).tolist(), [(t.text, t.idx, t.lemma_, t.pos_) for t in doc]
