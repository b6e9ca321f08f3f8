"""The door says what the command says, byte for byte."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import conforme
import pytest
from conftest import CASES, ON, POLICIES, answers


@pytest.fixture(scope="module")
def said(command: list[str]) -> dict[str, str]:
    """What the command says of every case, by path."""
    said: dict[str, str] = {}
    for explain in ("none", "full"):
        asked = ["decide", "--format", "json", "--explain", explain, "--on", ON, "--policies", str(POLICIES)]
        run = subprocess.run(
            [*command, *asked, *map(str, CASES)], capture_output=True, encoding="utf-8", check=False
        )
        lines = run.stdout.splitlines()
        assert len(lines) == len(CASES), run.stderr
        said |= {f"{explain} {path}": line for path, line in zip(CASES, lines, strict=True)}
    return said


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_file_is_decided_as_by_the_command(path: Any, said: dict[str, str], ess: conforme.Policy) -> None:
    decision = ess.decide(path, on=ON)
    assert decision.json() == said[f"full {path}"]
    assert decision.json("none") == said[f"none {path}"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_answers_are_decided_as_the_file_that_holds_them(
    path: Any, said: dict[str, str], ess: conforme.Policy
) -> None:
    def without_file(written: str) -> Any:
        read = json.loads(written)
        del read["dossier"]
        return read

    decision = ess.decide(answers(path), on=ON)
    assert without_file(decision.json("none")) == without_file(said[f"none {path}"])
