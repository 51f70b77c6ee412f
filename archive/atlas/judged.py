"""What is asked of a row in SQL of our own: sides of an outline, an angle, a bin of the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Expression, F, Field, IntegerField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

Parameters = tuple[float, ...]


class Written(Expression):
    """SQL that names columns of the index in braces and numbers by %s, in the order of `parameters`.

    Numbers are handed over apart from the text since databases differ in how exactly they read decimals.
    """

    def __init__(
        self, text: str, parameters: Parameters, columns: tuple[str, ...], output_field: Field[Any, Any]
    ) -> None:
        super().__init__(output_field=output_field)
        self.text, self.parameters, self.columns = text, parameters, columns
        self.sources: Sequence[Any] = [F(column) for column in columns]

    def get_source_expressions(self) -> list[Any]:
        return list(self.sources)

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.sources = exprs

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - Django's signature
    ) -> tuple[str, list[Any]]:
        names = {
            column: compiler.compile(source)[0]
            for column, source in zip(self.columns, self.sources, strict=True)
        }
        return self.text.format(**names), list(self.parameters)


class Judged(Written):
    """True or false for a row, never null."""

    conditional = True

    def __init__(self, text: str, parameters: Parameters, columns: tuple[str, ...]) -> None:
        # hidden in a CASE: no index serves the ORs and ANDs within, so planners need not weigh them
        super().__init__(f"(CASE WHEN {text} THEN 1 ELSE 0 END = 1)", parameters, columns, BooleanField())


class Step(Written):
    """How many of ascending whole numbers a column has reached, less one; null where it is."""

    def __init__(self, column: str, edges: Sequence[int]) -> None:
        tree = _halved(f"{{{column}}}", edges, 0, len(edges))
        text = f"CASE WHEN {{{column}}} IS NULL THEN NULL ELSE {tree} END"
        super().__init__(text, (), (column,), IntegerField())


def _halved(name: str, edges: Sequence[int], first: int, last: int) -> str:
    """The answer lies between first - 1 and last - 1."""
    if first == last:
        return str(first - 1)
    middle = (first + last) // 2
    below, above = _halved(name, edges, first, middle), _halved(name, edges, middle + 1, last)
    return f"CASE WHEN {name} < {edges[middle]} THEN {below} ELSE {above} END"
