"""Conditions on a row that are written as SQL: arithmetic over many sides of an outline, or an angle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Expression, F

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

Parameters = tuple[float, ...]


class Judged(Expression):
    """True or false for a row, never null.

    `text` names columns of the index in braces and numbers by %s, in the order of `parameters`. Numbers are
    handed over apart from the text since databases differ in how exactly they read decimals.
    """

    conditional = True

    def __init__(self, text: str, parameters: Parameters, columns: tuple[str, ...]) -> None:
        super().__init__(output_field=BooleanField())
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
