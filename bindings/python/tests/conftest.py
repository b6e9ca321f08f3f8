"""What the tests share: the policies of the house, and the command to compare with."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import conforme
import pytest
import yaml

HOUSE = Path(__file__).resolve().parents[3]
POLICIES = HOUSE / "policies"
CASES = sorted((POLICIES / "ess" / "cases").rglob("*.yaml"))
#: Some of them, of every kind: a table is decided again and again.
SOME = CASES[::5]
ON = "2025-10-01"


@pytest.fixture(scope="session")
def ess() -> conforme.Policy:
    return conforme.Policy.load(POLICIES, id="ess")


#: A small policy of the tests, for what the policies of the house have not.
AID = """\
dispositif aide « Aide »
  en vigueur depuis le 1er janvier 2024

source décret « Décret d'essai », texte opposable

dossier
  revenu : montant ≥ 0 €
    « Quel revenu ? »
  parts : nombre
    « Combien de parts ? »
  déposée le : date
    « Quand a-t-elle été déposée ? »
  couleur : parmi rouge, vert
    « Quelle couleur ? »

critère ressources
  selon décret « revenu »
  exige revenu ≤ 30 000 €

décision octroi
  selon décret « octroi »
  favorable si tous les critères sont remplis et couleur = rouge

financement aide
  selon décret « aide »
  si revenu > 0 €
  montant revenu ÷ 3 arrondi au centime

résultat quotient
  selon décret « quotient »
  vaut parts ÷ 3

obligation réponse
  selon décret « réponse »
  au plus tard déposée le + 2 mois
"""


@pytest.fixture(scope="session")
def aid(tmp_path_factory: pytest.TempPathFactory) -> conforme.Policy:
    path = tmp_path_factory.mktemp("textes") / "aide.pol"
    path.write_text(AID, encoding="utf-8")
    return conforme.Policy.load(path)


@pytest.fixture(scope="session")
def command() -> list[str]:
    """The command of the same tree: where `CONFORME` says, else made by cargo."""
    made = os.environ.get("CONFORME")
    if made is None:
        subprocess.run(["cargo", "build", "--quiet"], cwd=HOUSE, check=True)
        made = str(HOUSE / "target" / "debug" / "conforme")
    return [made]


@pytest.fixture
def favourable() -> dict[str, Any]:
    return answers(POLICIES / "ess" / "cases" / "01-favorable.yaml")


def answers(path: Path) -> dict[str, Any]:
    """The answers of a case, without what its author expects of it."""
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    read.pop("attendu", None)
    return read


def typed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same answers, of one type a column: numbers in words, and `{valeur: …}` where any row gives its source."""

    def attributed(values: list[Any]) -> bool:
        return any(isinstance(value, dict) and "valeur" in value for value in values)

    def column(values: list[Any]) -> list[Any]:
        given = [value for value in values if value is not None]
        if attributed(given):
            bare = [value if isinstance(value, dict) else {"valeur": value} for value in given]
            given = group(bare)
        elif any(isinstance(value, dict) for value in given):
            given = group(given)
        elif any(isinstance(value, list) for value in given):
            flat = iter(group([element for value in given for element in value]))
            given = [[next(flat) for _ in value] for value in given]
        else:
            given = [value if isinstance(value, str) else json.dumps(value, default=str).strip('"') for value in given]
        rest = iter(given)
        return [None if value is None else next(rest) for value in values]

    def group(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        names = list({name: None for row in rows for name in row})
        columns = {name: column([row.get(name) for row in rows]) for name in names}
        return [
            {name: columns[name][rank] for name in names if columns[name][rank] is not None}
            for rank in range(len(rows))
        ]

    return group(rows)
