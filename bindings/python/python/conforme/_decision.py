"""A decision on one dossier, typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from ._native import NativeDecision

Explain = Literal["none", "brief", "full"]
Lang = Literal["fr", "en"]

#: An exact number: euros and cents as a ``Decimal``, anything else as a ``Fraction``.
Exact = Decimal | Fraction


class Outcome(str, Enum):
    """What was decided."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    #: Of a text that decides nothing: all that it gives is known.
    CALCULATED = "calculated"
    #: What is missing may still change it.
    INCOMPLETE = "incomplete"
    #: The texts leave open a point that changes it.
    DEPENDS_ON_READING = "depends_on_reading"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Amount:
    """What is paid if it is due: from the least to the most, exactly; ``None`` at an end without bound."""

    min: Exact | None
    max: Exact | None
    currency: str

    @property
    def value(self) -> Exact | None:
        """The amount, where it is known."""
        return self.min if self.min == self.max else None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a time limit, included: from the earliest to the latest."""

    earliest: date | None
    latest: date | None

    @property
    def value(self) -> date | None:
        """The day, where it is known."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion, an objective, a mission, a financing, a contribution, a result or an obligation."""

    kind: Literal["criterion", "objective", "mission", "funding", "contribution", "result", "obligation"]
    name: str
    #: `docs/decision.md` lists them: ``met``, ``not_met``, ``waived``, ``due``, ``undetermined``, …
    status: str
    #: Why, in one sentence.
    summary: str
    #: What would meet a criterion that is not met, where there is such.
    to_meet: str | None
    amount: Amount | None
    due: Due | None
    #: Of a result: its value as `docs/decision.md` has it, exact numbers included.
    value: Any


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is missing and that counts."""

    path: str
    label: str
    question: str | None
    #: Whether it may change the outcome; else it changes an amount, a date or an item.
    decisive: bool


class Decision:
    """What was decided of one dossier, and why."""

    def __init__(self, native: NativeDecision) -> None:
        self._native = native

    @cached_property
    def _read(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self._native.json("brief"))
        return read

    @property
    def outcome(self) -> Outcome:
        """The outcome."""
        return Outcome(self._read["outcome"])

    @property
    def examined_on(self) -> date:
        """The date of examination."""
        return date.fromisoformat(self._read["examined_on"])

    @property
    def name(self) -> str | None:
        """What the dossier calls itself."""
        name: str | None = self._read["dossier"]["name"]
        return name

    @property
    def summary(self) -> str:
        """The grounds of the decision, in one sentence; empty of a text that decides nothing."""
        decision = self._read["decision"]
        return "" if decision is None else str(decision["summary"])

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the policy."""
        return tuple(
            _item(kind, one)
            for key, kind in _KINDS.items()
            for one in self._read.get(key, ())
        )

    def item(self, name: str) -> Item:
        """The item of this name."""
        found = next((item for item in self.items if item.name == name), None)
        if found is None:
            names = ", ".join(f"« {item.name} »" for item in self.items)
            raise KeyError(f"« {name} » n'est pas dans cette décision ; attendu : {names}")
        return found

    @property
    def amounts(self) -> dict[str, Amount]:
        """What is paid, and what is owed, by name: the financings and contributions that are due or may be."""
        return {item.name: item.amount for item in self.items if item.amount is not None}

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts that are missing and that count, those to ask first first."""
        return tuple(
            Missing(path=one["path"], label=one["label"], question=one["question"], decisive=one["decisive"])
            for one in self._read["missing"]
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know."""
        return tuple(one["message"] for one in self._read["warnings"])

    def text(self, *, explain: Explain = "brief", lang: Lang = "fr", width: int = 80) -> str:
        """The decision as people read it, in so many columns."""
        return self._native.text(explain, lang, width)

    def markdown(self, *, explain: Explain = "brief", lang: Lang = "fr") -> str:
        """The decision in Markdown, to be kept beside the dossier."""
        return self._native.markdown(explain, lang)

    def json(self, explain: Explain = "full") -> str:
        """The decision as ``conforme.decision/1``: the same bytes as ``conforme decide --format json``."""
        return self._native.json(explain)

    def __repr__(self) -> str:
        return f"<Decision {self.name or 'sans nom'} : {self.outcome}>"


_KINDS: dict[str, Any] = {
    "criteria": "criterion",
    "objectives": "objective",
    "missions": "mission",
    "funding": "funding",
    "contributions": "contribution",
    "results": "result",
    "obligations": "obligation",
}


def _item(kind: Any, one: Mapping[str, Any]) -> Item:
    amount = one.get("amount")
    earliest, latest = (_day(one.get("due_from")), _day(one.get("due_to")))
    day = _day(one.get("due"))
    if day is not None:
        earliest = latest = day
    return Item(
        kind=kind,
        name=one["name"],
        status=one["status"],
        summary=one["summary"],
        to_meet=one.get("to_meet"),
        amount=None if amount is None else Amount(_exact(amount["min"]), _exact(amount["max"]), amount["currency"]),
        due=None if earliest is None and latest is None else Due(earliest, latest),
        value=_value(one.get("value"), one.get("type")),
    )


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _exact(written: Any) -> Exact | None:
    """A number of the decision: ``"80000.00"``, ``12``, ``{"num": 1, "den": 3}``."""
    if written is None:
        return None
    if isinstance(written, Mapping):
        return Fraction(int(written["num"]), int(written["den"]))
    return Decimal(written)


def _value(written: Any, kind: str | None) -> Any:
    if kind == "date" and isinstance(written, str):
        return date.fromisoformat(written)
    if kind in ("amount", "number", "percent", "integer") and not (
        isinstance(written, Mapping) and "num" not in written
    ):
        return _exact(written)
    return written
