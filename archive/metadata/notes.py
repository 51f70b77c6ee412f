"""The notebook a reader keeps while it goes through a file."""

from __future__ import annotations

from archive.metadata.reading import Problem, Statement
from archive.metadata.text import raw as as_raw

MOST_STATEMENTS = 600
MOST_PROBLEMS = 100
LONGEST_MESSAGE = 500  # a message may quote the file


class Notes:
    """Statements and problems in the order they were met, bounded."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.problems: list[Problem] = []

    def say(self, fact: str, tag: str, raw: object) -> None:
        if len(self.statements) < MOST_STATEMENTS:
            self.statements.append(Statement(fact, tag, as_raw(raw)))

    def doubt(self, code: str, tag: str, message: str, fact: str | None = None) -> None:
        problem = Problem(code, tag, as_raw(message)[:LONGEST_MESSAGE], fact)
        if len(self.problems) < MOST_PROBLEMS and problem not in self.problems:
            self.problems.append(problem)
