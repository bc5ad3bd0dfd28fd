"""Runs the stages of annotation in order: one article in, its annotation out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from variorum.annotate.document import DEFAULT_PIPELINE, load_pipeline, parse
from variorum.model import Annotation, Article
from variorum.threads import run_beside, use_one_blas_thread

if TYPE_CHECKING:
    from concurrent.futures import Future

METHOD = "4"
"""The version of what `annotate` finds: raise it when the same article would get another annotation.

Annotations that a library holds of an earlier version are then made again."""

_AHEAD = 4  # articles handed to each process before its first answer: enough to keep it busy, little memory


@dataclass(frozen=True, slots=True)
class AnnotateOptions:
    """How to annotate.

    `pipeline` is the name of an installed English spaCy pipeline. `jobs` is the number of processes for
    `annotate_all`; the annotations do not depend on it.
    """

    pipeline: str = DEFAULT_PIPELINE
    jobs: int = 1


def annotate(article: Article, options: AnnotateOptions | None = None) -> Annotation:
    """Find everything that is said in one article.

    A pure function: the same article gives the same annotation, in any process and any order.

    Args:
        article: the account; its text is read as English.
        options: how; the defaults do for most.

    Returns:
        the article with its attributions, claims, caveats, quantities, places, times and entities.

    Raises:
        UsageError: if the spaCy pipeline asked for is not installed.
    """
    from variorum.annotate.attribution import find_attributions, packaged_tagger
    from variorum.annotate.caveats import find_caveats
    from variorum.annotate.claims import find_claims
    from variorum.annotate.entities import find_entities
    from variorum.annotate.places import find_places
    from variorum.annotate.quantities import find_quantities
    from variorum.annotate.quotations import find_quotations
    from variorum.annotate.times import find_times

    options = options or AnnotateOptions()
    use_one_blas_thread()
    tagged = run_beside(packaged_tagger(), article.text)  # the tagger needs no parse
    document = parse(article, load_pipeline(options.pipeline))
    quotations = find_quotations(document)
    entities = find_entities(document)
    times = find_times(document)
    attributions = find_attributions(document, quotations, entities, lambda _: tagged.result())
    claims = find_claims(document, attributions)
    return Annotation(
        article=article,
        paragraphs=document.paragraphs,
        sentences=document.sentences,
        quotations=quotations,
        attributions=attributions,
        claims=claims,
        caveats=find_caveats(document, attributions, claims),
        quantities=find_quantities(document, times),
        places=find_places(document, entities),
        times=times,
        entities=entities,
    )


def annotate_all(articles: Iterable[Article], options: AnnotateOptions | None = None) -> Iterator[Annotation]:
    """Annotate a stream of articles, in its order, in `options.jobs` processes; memory stays flat."""
    options = options or AnnotateOptions()
    if options.jobs <= 1:
        yield from (annotate(article, options) for article in articles)
        return
    from concurrent.futures import ProcessPoolExecutor

    source = iter(articles)
    # Each process computes on one core: more threads than cores would only wait for one another.
    with ProcessPoolExecutor(options.jobs, initializer=_use_one_thread) as pool:
        waiting: list[Future[Annotation]] = [
            pool.submit(annotate, article, options) for article in islice(source, options.jobs * _AHEAD)
        ]
        while waiting:
            yield waiting.pop(0).result()
            waiting.extend(pool.submit(annotate, article, options) for article in islice(source, 1))


def _use_one_thread() -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
