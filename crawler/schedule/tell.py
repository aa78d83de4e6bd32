"""Makes one side of a comparison from a text: interprets it. Compares nothing."""

from __future__ import annotations

from functools import cache

from crawler.interpret.read import Interpreter
from crawler.knowledge import Told
from seeds.vocabulary import Vocabulary, read_vocabulary


def tell(title: str, body: tuple[str, ...]) -> Told:
    """A text with its sections and figures.

    Raises:
        SeedError: the vocabulary of indicators cannot be read. Cure: mend seeds/indicators.toml, as the message says.
    """
    knowledge = the_interpreter()(title, body)
    return Told(title=title, body=body, sections=knowledge.sections, figures=knowledge.figures)


@cache
def the_interpreter() -> Interpreter:
    """The reader of reports, with the vocabulary of indicators; read once, since it never changes while we run."""
    return Interpreter(the_vocabulary())


@cache
def the_vocabulary() -> Vocabulary:
    """The names that indicators are matched with across years and bureaus; read once."""
    return read_vocabulary()
