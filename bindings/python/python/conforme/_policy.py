"""A policy, and what it decides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from . import _tables
from ._decision import Decision
from ._native import NativePolicy

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    Frame = TypeVar(
        "Frame", pandas.DataFrame, polars.DataFrame, pyarrow.Table, pyarrow.RecordBatch, pyarrow.RecordBatchReader
    )


class Policy:
    """All versions of a policy: its texts, amendments included.

    Made by `load`; it may be pickled, and goes to other processes as its texts.
    """

    __slots__ = ("_drafts", "_known_on", "_native")

    def __init__(self, native: NativePolicy, *, drafts: bool = False, known_on: str | None = None) -> None:
        self._native = native
        self._drafts = drafts
        self._known_on = known_on

    @classmethod
    def load(
        cls,
        path: str | PathLike[str],
        id: str | None = None,
        *,
        drafts: bool = False,
        known_on: date | str | None = None,
    ) -> Policy:
        """Read the texts of a folder, or of one file, and check every version.

        ``id`` says which policy, where the folder holds several. ``drafts`` sees the amendments that are drafts;
        ``known_on`` sees nothing that was published later.

        Raises `PolicyError` with every mistake.
        """
        day = _day(known_on)
        return cls(NativePolicy.load(path, id, drafts, day), drafts=drafts, known_on=day)

    @property
    def id(self) -> str:
        """The identifier: ``ess``."""
        return self._native.id

    @property
    def title(self) -> str:
        """The title of its first text."""
        return self._native.title

    def schema(self, on: date | str | None = None) -> dict[str, Any]:
        """JSON Schema of its dossiers: every question, as the version of a day (today) asks it."""
        read: dict[str, Any] = json.loads(self._native.schema(_day(on) or date.today().isoformat()))
        return read

    @overload
    def decide(
        self,
        dossiers: Mapping[str, Any] | str | bytes | PathLike[str],
        *,
        on: date | str | None = None,
        readings: Mapping[str, str] | None = None,
    ) -> Decision: ...

    @overload
    def decide(
        self,
        dossiers: list[Mapping[str, Any]] | list[dict[str, Any]],
        *,
        on: date | str | None = None,
        readings: Mapping[str, str] | None = None,
        explain: Literal["none", "brief"] = "brief",
        threads: int | None = None,
    ) -> list[dict[str, Any]]: ...

    @overload
    def decide(
        self,
        dossiers: Frame,
        *,
        on: date | str | None = None,
        readings: Mapping[str, str] | None = None,
        explain: Literal["none", "brief"] = "brief",
        threads: int | None = None,
    ) -> Frame: ...

    def decide(
        self,
        dossiers: Any,
        *,
        on: date | str | None = None,
        readings: Mapping[str, str] | None = None,
        explain: Literal["none", "brief"] = "brief",
        threads: int | None = None,
    ) -> Any:
        """Decide a dossier, or a table of dossiers.

        One dossier is a mapping of answers by name, a text or bytes in YAML or JSON, or the path of such a file; it
        gives a `Decision`, or raises `DossierError` with all that is to be corrected.

        A table has a dossier a row: a list of mappings, an Arrow table, batch or stream, a pandas or a polars frame,
        anything that shows itself as Arrow. A column is named by the path, the label or the question of its fact; a
        group may be a structure, a list of the dossier is a list of structures. The same table comes back, with
        ``décision``, ``motif``, each amount (``au moins``, ``au plus``: decimal), each time limit (date), ``à demander``,
        ``à corriger``, and in ``errors`` the same as data: a row that is to be corrected costs itself alone.

        ``on`` is the date of examination, for all; without it each dossier's own (``examiné le``), else today.
        ``readings`` retains options of what the texts leave open. For tables, ``explain="none"`` leaves ``motif`` out,
        which is much quicker, and ``threads`` says how many work at once (all cores).

        Numbers stay exact: a ``float`` is read as the shortest decimal that stands for it, a ``Decimal`` as its digits.
        """
        return self._decide(dossiers, date.today(), on=on, readings=readings, explain=explain, threads=threads)

    def _decide(
        self,
        dossiers: Any,
        today: date,
        *,
        on: date | str | None,
        readings: Mapping[str, str] | None,
        explain: str,
        threads: int | None,
    ) -> Any:
        asked = (_day(on), today.isoformat(), list((readings or {}).items()))
        if isinstance(dossiers, str):
            return Decision(self._native.decide_bytes(dossiers.encode(), *asked))
        if isinstance(dossiers, (bytes, bytearray, memoryview)):
            return Decision(self._native.decide_bytes(bytes(dossiers), *asked))
        if isinstance(dossiers, PathLike):
            return Decision(self._native.decide_file(dossiers, *asked))
        if isinstance(dossiers, Mapping):
            return Decision(self._native.decide_answers(dossiers, *asked))
        if explain not in ("none", "brief"):
            raise ValueError(f"explain : attendu « none » ou « brief » pour un tableau ; lu « {explain} »")
        how = (*asked, explain == "brief", threads or 0)

        def rows(given: list[Any]) -> list[dict[str, Any]]:
            return self._native.decide_rows(given, *how)

        if isinstance(dossiers, Sequence):
            given = list(dossiers)
            return [_tables.merged(*pair) for pair in zip(given, rows(given), strict=True)]
        of = _tables.kind(dossiers)
        if of is None:
            raise TypeError(
                "attendu un dossier (dict, str, bytes, Path) ou un tableau (liste de dict, Arrow, pandas, polars) ; "
                f"lu : {type(dossiers).__name__}"
            )
        return _tables.decide(dossiers, of, lambda table, keep: self._native.decide_table(table, *how, keep), rows)

    def __repr__(self) -> str:
        return f"<Policy {self.id} : {self.title}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _of_texts, (tuple(self._native.texts()), self.id, self._drafts, self._known_on)


@lru_cache(maxsize=16)
def _of_texts(texts: tuple[tuple[str, str, str], ...], id: str, drafts: bool, known_on: str | None) -> Policy:
    # A worker of a cluster is sent the same policy with each task.
    return Policy(NativePolicy.of_texts(texts, id, drafts, known_on), drafts=drafts, known_on=known_on)


def _day(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day

