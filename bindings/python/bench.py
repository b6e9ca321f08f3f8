"""How many dossiers a second: tables by Arrow, on one thread and on all cores.

    python bench.py [ROWS]

Dossiers of `policies/ess`: complete but for some, each with a list of three to twelve members, examined on one day. With
`CONFORME=path/to/conforme`, the command decides the same dossiers in JSON Lines, and the ratio is said.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import conforme
import pyarrow as pa

HOUSE = Path(__file__).resolve().parents[2]
ON = "2025-10-01"
#: What the agency retains of what the texts leave open.
READINGS = {
    "base du seuil": "libéraux",
    "composition de l'équipe": "plusieurs médecins",
    "formalisation des liens": "possible",
    "départ des six mois": "signature",
    "ouverture de la dotation annuelle": "critères seuls",
    "champ du forfait": "toute consultation",
}
#: Of so many rows is a table put together, again and again.
APART = 20_000


def dossier(rank: int, draw: random.Random) -> dict[str, Any]:
    members = draw.randint(3, 12)
    missing = draw.random() < 0.02
    return {
        "dossier": f"ESS {rank}",
        "spécialité": draw.choice(["cardiologie", "urologie", "pédiatrie"]),
        "objet du projet": "spécialité",
        "territoire": {
            "continu": True,
            "échelon": draw.choice(["départemental", "régional"]),
            "déjà couvert": draw.random() < 0.05,
            "autres ESS présentes": True,
            "médecins": None if missing else draw.randint(60, 120),
            "médecins libéraux": draw.randint(12, 60),
        },
        "adhérents": [
            {
                "RPPS": str(10_000_000_000 + 100 * rank + member),
                "exercice": draw.choice(["libéral", "libéral", "mixte", "salarié"]),
            }
            for member in range(members)
        ],
        "circonstances exceptionnelles": False,
        "collaboration": {
            "CPTS": True,
            "autres ESS": True,
            "DAC": draw.random() < 0.9,
            "hospitaliers": True,
            "liens formalisés avec les établissements": True,
        },
        "lettre d'intention": {"reçue le": "2025-02-03"},
        "contrat": {"signé le": "2025-03-10"},
        "projet de santé": {
            "déposé le": "2025-09-10",
            "parcours": True,
            "structuration du second recours": True,
            "point de contact des médecins traitants": True,
            "avis spécialisé ponctuel": True,
            "égal accès aux soins": True,
            "consultations avancées": True,
        },
        "consultations avancées": {"demi-journées": draw.randint(0, 40)},
    }


def timed(what: str, rows: int, run: Any) -> float:
    start = time.perf_counter()
    run()
    taken = time.perf_counter() - start
    print(f"{what:58} {rows / taken:>10,.0f} a second  {1e6 * taken / rows:>7.2f} µs each", flush=True)
    return taken / rows


def lacking(table: pa.Table) -> pa.Table:
    """The same dossiers, of which none says how many doctors of its territory are self-employed."""
    place = table.schema.get_field_index("territoire")
    territory = table.column(place).combine_chunks()
    names = [field.name for field in territory.type]
    fields = [
        pa.nulls(len(territory), territory.field(name).type) if name == "médecins libéraux" else territory.field(name)
        for name in names
    ]
    return table.set_column(place, "territoire", pa.StructArray.from_arrays(fields, names=names))


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    draw = random.Random(11)
    apart = [dossier(rank, draw) for rank in range(min(rows, APART))]
    small = pa.Table.from_pylist(apart)
    table = pa.concat_tables([small] * -(-rows // len(apart))).slice(0, rows).combine_chunks()
    policy = conforme.Policy.load(HOUSE / "policies", id="ess")
    print(f"{rows:,} dossiers, {table.nbytes >> 20} MiB as Arrow")
    asked: dict[str, Any] = {"on": ON, "readings": READINGS}
    none: dict[str, Any] = {**asked, "explain": "none"}
    decided = policy.decide(small, **none)
    print(decided.group_by("décision").aggregate([([], "count_all")]).to_pylist())
    timed("outcome, amounts, days: one thread", rows, lambda: policy.decide(table, threads=1, **none))
    own = timed("outcome, amounts, days: all cores", rows, lambda: policy.decide(table, **none))
    few = table.slice(0, rows // 10)
    timed("with grounds: one thread", few.num_rows, lambda: policy.decide(few, threads=1, **asked))
    timed("with grounds: all cores", few.num_rows, lambda: policy.decide(few, **asked))
    # What stays open costs the most: each combination is tried.
    few = table.slice(0, rows // 500)
    some = dict(list(READINGS.items())[:2])
    for what, changed in [
        ("four readings open", {"table": few, "readings": some}),
        ("a decisive answer missing", {"table": lacking(few), "readings": READINGS}),
    ]:
        left_open = changed.pop("table")
        for how, explain in [("", "none"), (", with grounds", "brief")]:
            run = lambda: policy.decide(left_open, threads=1, **{**asked, **changed, "explain": explain})  # noqa: E731, B023
            timed(f"{what}{how}: one thread", left_open.num_rows, run)
    timed("a list of dict, all cores", len(apart), lambda: policy.decide(apart, **none))
    timed("one dict after another, decided and explained", 2_000, lambda: [policy.decide(one, **asked) for one in apart[:2_000]])
    command = os.environ.get("CONFORME")
    if command is not None:
        import json

        with tempfile.TemporaryDirectory() as place:
            lines = Path(place, "dossiers.jsonl")
            with lines.open("w", encoding="utf-8") as file:
                for one in apart:
                    file.write(json.dumps({"dispositif": "ess", **one}, ensure_ascii=False) + "\n")
            command_line = ["decide", str(lines), "--on", ON, "--policies", str(HOUSE / "policies"), "--explain", "none"]
            command_line += [word for reading in READINGS.items() for word in ("--reading", "=".join(reading))]
            run = lambda: subprocess.run([command, *command_line], capture_output=True, check=False)  # noqa: E731
            theirs = timed("the command, JSON Lines, all cores", len(apart), run)
        print(f"by Arrow, {theirs / own:.1f} times as fast as the command")


if __name__ == "__main__":
    main()
