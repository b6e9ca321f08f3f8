"""What is compiled of the package: not to be used directly."""

from collections.abc import Sequence
from os import PathLike

from typing import Any, final

@final
class NativeDecision:
    def text(self, explain: str, lang: str, width: int) -> str: ...
    def markdown(self, explain: str, lang: str) -> str: ...
    def json(self, explain: str) -> str: ...

@final
class NativePolicy:
    @staticmethod
    def load(path: str | PathLike[str], id: str | None, drafts: bool, known_on: str | None) -> NativePolicy: ...
    @staticmethod
    def of_texts(
        texts: Sequence[tuple[str, str, str]], id: str | None, drafts: bool, known_on: str | None
    ) -> NativePolicy: ...
    def texts(self) -> list[tuple[str, str, str]]: ...
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    def schema(self, on: str) -> str: ...
    def decide_answers(
        self, answers: object, on: str | None, otherwise: str, readings: Sequence[tuple[str, str]]
    ) -> NativeDecision: ...
    def decide_bytes(
        self, bytes: bytes, on: str | None, otherwise: str, readings: Sequence[tuple[str, str]]
    ) -> NativeDecision: ...
    def decide_file(
        self, path: str | PathLike[str], on: str | None, otherwise: str, readings: Sequence[tuple[str, str]]
    ) -> NativeDecision: ...
    def decide_table(
        self,
        dossiers: object,
        on: str | None,
        otherwise: str,
        readings: Sequence[tuple[str, str]],
        grounds: bool,
        threads: int,
        keep: bool,
    ) -> tuple[object, list[str]]: ...
    def decide_rows(
        self,
        dossiers: Sequence[object],
        on: str | None,
        otherwise: str,
        readings: Sequence[tuple[str, str]],
        grounds: bool,
        threads: int,
    ) -> list[dict[str, Any]]: ...
