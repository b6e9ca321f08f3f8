"""What is to be corrected: in French for people, as data for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text or a dossier: lines and columns from 1, the end excluded."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: a stable code, a message, what to do, the places where it stands (the main one first)."""

    code: str
    severity: str
    message: str
    help: str | None
    file: str
    line: int | None
    column: int | None
    places: tuple[Place, ...]

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        return f"{where} : {self.message}"


def diagnostics(written: str | Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """The mistakes of a ``conforme.diagnostics/1`` object."""
    read = json.loads(written) if isinstance(written, str) else written
    return tuple(
        Diagnostic(
            code=one["code"],
            severity=one["severity"],
            message=one["message"],
            help=one["help"],
            file=one["file"],
            line=one["line"],
            column=one["column"],
            places=tuple(Place(**place) for place in one["labels"]),
        )
        for one in read["diagnostics"]
    )


class ConformeError(ValueError):
    """Something is to be corrected before anything is decided.

    Its text is for people, in French; `diagnostics` says the same as data.
    """

    #: Each mistake.
    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, text: str, written: str) -> None:
        # Both, so that the error goes whole from one process to another.
        super().__init__(text, written)
        self._text = text
        self.diagnostics = diagnostics(written)

    def __str__(self) -> str:
        return self._text


class PolicyError(ConformeError):
    """A text, or what was asked beside the dossier, is to be corrected."""


class DossierError(ConformeError):
    """The answers of a dossier are to be corrected: it was not examined."""
