"""The texts of a policy: which are read, which are refused, what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import conforme
import pytest
from conftest import POLICIES


def test_a_folder_of_one_policy_needs_no_name() -> None:
    assert conforme.Policy.load(POLICIES / "ess").id == "ess"
    assert conforme.Policy.load(str(POLICIES / "ess" / "ess.pol")).id == "ess"


def test_a_text_that_others_lean_on_is_not_the_one_that_is_meant() -> None:
    assert conforme.Policy.load(POLICIES / "alr").id == "alr"
    assert conforme.Policy.load(POLICIES / "alr" / "alr.pol").id == "alr"


def test_a_folder_of_several_wants_a_name() -> None:
    with pytest.raises(conforme.PolicyError, match="plusieurs dispositifs") as caught:
        conforme.Policy.load(POLICIES)
    assert "alr, csq, ess" in str(caught.value)
    with pytest.raises(conforme.PolicyError, match="vouliez-vous dire « ess » ?"):
        conforme.Policy.load(POLICIES, id="es")


def test_drafts_are_seen_when_asked_for(favourable: dict[str, Any]) -> None:
    favourable["examiné le"] = "2027-06-01"
    enacted = conforme.Policy.load(POLICIES, id="ess").decide(favourable)
    drafted = conforme.Policy.load(POLICIES, id="ess", drafts=True).decide(favourable)
    assert '"drafts":false' in enacted.json("none")
    assert '"drafts":true' in drafted.json("none")


def test_a_broken_text_is_told_at_its_place(tmp_path: Path) -> None:
    text = (POLICIES / "ess" / "ess.pol").read_text(encoding="utf-8")
    (tmp_path / "ess.pol").write_text(text.replace("taux d'adhésion ≥ 10 %", "taux d'adhesio ≥ 10 %"), "utf-8")
    with pytest.raises(conforme.PolicyError) as caught:
        conforme.Policy.load(tmp_path)
    [problem] = caught.value.diagnostics
    assert problem.code == "nom-inconnu"
    assert problem.file.endswith("ess.pol")
    assert problem.line == 1 + text[: text.index("exige taux d'adhésion ≥ 10 %")].count("\n")
    assert "taux d'adhesio" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"), [("nulle-part", "fichier introuvable"), (".", "aucun fichier .pol")]
)
def test_what_is_not_there_is_said(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(conforme.PolicyError, match=message):
        conforme.Policy.load(tmp_path / name)


def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "dehors.pol").write_text("dispositif dehors", encoding="utf-8")
    folder = tmp_path / "textes"
    folder.mkdir()
    (folder / "ess.pol").symlink_to(tmp_path / "dehors.pol")
    with pytest.raises(conforme.PolicyError, match="mène hors de"):
        conforme.Policy.load(folder)


def test_a_text_that_has_no_end_is_refused(tmp_path: Path) -> None:
    with open(tmp_path / "ess.pol", "wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(conforme.PolicyError, match="octets au plus"):
        conforme.Policy.load(tmp_path)
