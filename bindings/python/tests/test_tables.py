"""Tables: what goes in comes back as it was, with what was decided; every make says the same."""

from __future__ import annotations

import io
import csv
import json
import pickle
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import conforme
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import AID, ON, POLICIES, SOME, answers, typed

#: Each make of table, from rows; the values of each row that comes back.
MAKES: dict[str, tuple[Callable[[list[dict[str, Any]]], Any], Callable[[Any], list[dict[str, Any]]]]] = {
    "list": (list, list),
    "table": (pa.Table.from_pylist, lambda table: table.to_pylist()),
    "batch": (pa.RecordBatch.from_pylist, lambda batch: batch.to_pylist()),
    "stream": (lambda rows: pa.Table.from_pylist(rows).to_reader(1), lambda stream: stream.read_all().to_pylist()),
    "pandas": (pd.DataFrame, lambda frame: pa.Table.from_pandas(frame, preserve_index=False).to_pylist()),
    "polars": (lambda rows: pl.DataFrame(rows, infer_schema_length=None), lambda frame: frame.to_dicts()),
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """Cases of the policy, with what is nested in them."""
    read = [answers(path) for path in SOME]
    for row in read:
        row["dispositif"] = "ess"
    return read


@pytest.fixture(scope="module")
def expected(ess: conforme.Policy, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return ess.decide(rows, on=ON)


def decided(row: dict[str, Any]) -> dict[str, Any]:
    """What was decided of a row, without its answers."""
    names = list(row)
    return {name: row[name] for name in names[names.index("décision") :]}


def test_a_list_says_what_each_dossier_comes_to(
    ess: conforme.Policy, rows: list[dict[str, Any]], expected: list[dict[str, Any]]
) -> None:
    words = {
        "favourable": "favorable",
        "unfavourable": "défavorable",
        "incomplete": "incomplet",
        "depends_on_reading": "dépend de la lecture",
    }
    for row, answer in zip(rows, expected, strict=True):
        decision = ess.decide(row, on=ON)
        assert answer["décision"].lower() == words[decision.outcome]
        for name, amount in decision.amounts.items():
            assert answer[f"{name}, au plus"] == amount.max
        assert answer["errors"] is None


def test_the_columns_are_those_of_the_command(aid: conforme.Policy, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "aide.pol").write_text(AID, encoding="utf-8")
    rows = [
        {"revenu": "100 €", "parts": "3", "déposée le": "2025-02-03", "Quelle couleur ?": "rouge"},
        {"revenu": "40 000 €", "parts": "2,5", "déposée le": "pas encore", "Quelle couleur ?": "vert"},
        {"revenu": "", "parts": "", "déposée le": "", "Quelle couleur ?": "rouge"},
        {"revenu": "cent", "parts": "2", "déposée le": "2025-02-30", "Quelle couleur ?": "bleu"},
    ]
    with open(tmp_path / "dossiers.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["dispositif", *rows[0]])
        writer.writeheader()
        writer.writerows({"dispositif": "aide", **row} for row in rows)
    asked = ["decide", str(tmp_path / "dossiers.csv"), "--on", ON, "--policies", str(tmp_path)]
    run = subprocess.run([*command, *asked], capture_output=True, encoding="utf-8", check=False)
    said = list(csv.DictReader(io.StringIO(run.stdout)))
    assert len(said) == len(rows), run.stderr
    # A list has no columns: questions stand for the paths that they ask for.
    answers = aid.decide(pa.Table.from_pylist(rows), on=ON).to_pylist()
    for answer, line in zip(answers, said, strict=True):
        answer.pop("errors")
        named = {name: "" if value is None else str(value) for name, value in decided(answer).items()}
        # A time limit that is no single day has no place among dates: it is told with the grounds.
        if line["réponse, terme"] and not line["réponse, terme"].startswith("2"):
            line["motif"] += f" ; réponse, terme : {line['réponse, terme']}"
            line["réponse, terme"] = ""
        # To whoever filled a sheet in, its titles are named; to a program, paths.
        line["à corriger"] = line["à corriger"].replace("« Quelle couleur ? » :", "couleur :")
        assert named == {name: line[name] for name in named}


@pytest.mark.parametrize("make", [make for make in MAKES if make != "list"])
def test_every_make_of_table_says_the_same(
    make: str, ess: conforme.Policy, rows: list[dict[str, Any]], expected: list[dict[str, Any]]
) -> None:
    into, out = MAKES[make]
    table = into(typed(rows))
    answer = ess.decide(table, on=ON)
    assert type(answer) is type(table)
    assert [decided(row) for row in out(answer)] == [decided(row) for row in expected]


@pytest.mark.parametrize("make", MAKES)
def test_without_grounds_all_else_is_the_same(
    make: str, ess: conforme.Policy, rows: list[dict[str, Any]], expected: list[dict[str, Any]]
) -> None:
    into, out = MAKES[make]
    quick = out(ess.decide(into(typed(rows)), on=ON, explain="none"))
    for row, answer in zip(quick, expected, strict=True):
        # What has no place in the type of its column is told all the same.
        assert row["motif"] is None or answer["motif"].endswith(f" ; {row['motif']}")
        assert {**decided(row), "motif": None} == {**decided(answer), "motif": None}


def test_threads_change_nothing(ess: conforme.Policy, rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(typed(rows * 4))
    alone = ess.decide(table, on=ON, threads=1)
    assert ess.decide(table, on=ON, threads=3).equals(alone)
    assert pickle.loads(pickle.dumps(ess)).decide(table, on=ON).equals(alone)


def test_columns_are_typed(aid: conforme.Policy) -> None:
    table = pa.table(
        {
            "revenu": pa.array([Decimal("100.00"), Decimal("0.30"), None], pa.decimal128(12, 2)),
            "parts": pa.array([1.5, 2.0, None], pa.float64()),
            "déposée le": pa.array([date(2025, 2, 3), None, date(2024, 12, 31)], pa.date32()),
            "Quelle couleur ?": pa.array(["rouge", "vert", None]).dictionary_encode(),
        }
    )
    answer = aid.decide(table)
    assert answer.schema.names[: table.num_columns] == table.schema.names
    assert answer.column("revenu").chunk(0).buffers()[1].address == table.column("revenu").chunk(0).buffers()[1].address
    assert answer.schema.field("aide, au moins").type == pa.decimal128(38, 2)
    assert answer.schema.field("réponse, terme").type == pa.date32()
    assert answer.column("décision").to_pylist() == ["favorable", "défavorable", "incomplet"]
    assert answer.column("aide, au moins").to_pylist() == [Decimal("33.33"), Decimal("0.10"), Decimal(0)]
    assert answer.column("aide, au plus").to_pylist() == [Decimal("33.33"), Decimal("0.10"), None]
    assert answer.column("quotient").to_pylist()[:2] == ["0,5", "0,67"]
    assert answer.column("réponse, terme").to_pylist() == [date(2025, 4, 3), None, date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("values", "ty"),
    [
        ([12], pa.int8()),
        ([12], pa.uint32()),
        ([12], pa.uint64()),
        ([12.0], pa.float32()),
        ([12.0], pa.float64()),
        ([Decimal(12)], pa.decimal128(5, 0)),
        ([Decimal("12.000")], pa.decimal256(40, 3)),
        (["12 €"], pa.string()),
        (["12 €"], pa.large_string()),
        (["12 €"], pa.string_view()),
    ],
)
def test_an_amount_is_read_from_any_type_that_says_it_exactly(values: Any, ty: pa.DataType, aid: conforme.Policy) -> None:
    table = pa.table({"revenu": pa.array(values, ty)})
    if ty in (pa.decimal256(40, 3),):
        assert "plus de deux décimales" in aid.decide(table).column("à corriger")[0].as_py()
        return
    assert aid.decide(table).column("aide, au plus").to_pylist() == [Decimal("4.00")]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_moment_at_midnight_is_a_day(unit: str, aid: conforme.Policy) -> None:
    moments = pa.array([datetime(2025, 2, 3), datetime(1969, 2, 3), datetime(2025, 2, 3, 8, 30)], pa.timestamp("s"))
    answer = aid.decide(pa.table({"déposée le": moments.cast(pa.timestamp(unit))}))
    assert answer.column("réponse, terme").to_pylist() == [date(2025, 4, 3), date(1969, 4, 3), None]
    assert "2025-02-03 08:30:00" in answer.column("à corriger")[2].as_py()


def test_a_row_that_is_to_be_corrected_costs_itself_alone(aid: conforme.Policy) -> None:
    rows = [{"revenu": "1 €", "couleur": "rouge"}, {"revenu": "un", "couleur": "bleu"}, {"revenu": "2 €"}]
    for into, out in MAKES.values():
        good, bad, open_ = out(aid.decide(into(rows)))
        assert (good["décision"], bad["décision"], open_["décision"]) == ("favorable", "à corriger", "incomplet")
        assert open_["à demander"] == "parts ; déposée le ; couleur"
        assert "revenu" in bad["à corriger"] and bad["aide, au moins"] is None
        assert [one["code"] for one in json.loads(bad["errors"])] == ["reponse-inattendue", "choix-inconnu"]
    [odd] = aid.decide([{"revenu": {1, 2}}])
    assert "lu : set" in odd["à corriger"]
    [none] = aid.decide([3])  # type: ignore[list-item]
    assert none["décision"] == "à corriger"


def test_columns_that_say_nothing_are_told_and_kept(aid: conforme.Policy) -> None:
    table = pa.table({"numéro": [7], "revenu": [12]})
    with pytest.warns(conforme.UnusedColumnWarning, match="« numéro » ne répond à aucune question"):
        answer = aid.decide(table)
    assert answer.column("numéro").to_pylist() == [7]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"revenus": [1]}, "vouliez-vous dire « revenu » ?"),
        ({"revenu": [1], "Quel revenu ?": [1]}, "répondent à la même question"),
        ({"revenu": [b"1"]}, "« revenu » : attendu un texte"),
    ],
)
def test_a_column_that_is_mistaken_is_told_before_anything_is_decided(
    columns: dict[str, Any], message: str, aid: conforme.Policy
) -> None:
    with pytest.raises(conforme.PolicyError, match=message.replace("?", r"\?")):
        aid.decide(pa.table(columns))


def test_lists_of_a_dossier_are_lists_of_structures(ess: conforme.Policy) -> None:
    with pytest.raises(conforme.PolicyError, match="« adhérents » : attendu une liste"):
        ess.decide(pa.table({"adhérents": ["aucun"]}))
    with pytest.raises(conforme.PolicyError, match="répond pour un élément de liste"):
        ess.decide(pa.table({"adhérents.RPPS": ["10002000000"]}))


@pytest.mark.parametrize("make", ["table", "polars"])
def test_a_part_of_a_table_is_that_part(
    make: str, ess: conforme.Policy, aid: conforme.Policy, rows: list[dict[str, Any]]
) -> None:
    into, out = MAKES[make]
    table = into(typed(rows))
    whole = out(ess.decide(table, on=ON, explain="none"))
    for start in (1, 7):
        part = table.slice(start, 5)
        assert out(ess.decide(part, on=ON, explain="none")) == whole[start : start + 5]
    structures = pa.array([{"b": {"c": {"d": str(rank)}}} for rank in range(9)]).slice(2, 3)
    lists = pa.ListArray.from_arrays(pa.array([0, 2, 3]), structures)
    for array in (structures, lists):
        kept = pa.table({"autre": pa.chunked_array([array])})
        with pytest.warns(conforme.UnusedColumnWarning):
            assert aid.decide(kept, on=ON).column("autre").to_pylist() == array.to_pylist()


def test_a_table_that_was_decided_is_decided_anew(aid: conforme.Policy) -> None:
    once = aid.decide(pa.table({"revenu": [12], "couleur": ["rouge"]}))
    assert aid.decide(once).equals(once)


@pytest.mark.parametrize("make", MAKES)
def test_a_table_without_rows_has_its_columns(make: str, aid: conforme.Policy) -> None:
    if make == "list":
        assert aid.decide([]) == []
        return
    into, _ = MAKES[make]
    empty = pa.schema({"revenu": pa.int64()}).empty_table()
    table = {
        "table": empty,
        "batch": pa.RecordBatch.from_pylist([], schema=empty.schema),
        "stream": empty.to_reader(),
        "pandas": empty.to_pandas(),
        "polars": pl.DataFrame(empty),
    }[make]
    answer = aid.decide(table)
    names = answer.schema.names if isinstance(answer, (pa.Table, pa.RecordBatch, pa.RecordBatchReader)) else list(answer.columns)
    assert names[:3] == ["revenu", "décision", "motif"]


def test_a_pandas_frame_keeps_its_rows_and_its_types(aid: conforme.Policy) -> None:
    frame = pd.DataFrame({"revenu": [12, None], "déposée le": pd.to_datetime(["2025-02-03", None])}, index=["a", "b"])
    answer = aid.decide(frame)
    assert list(answer.index) == ["a", "b"]
    assert answer["déposée le"].dtype == frame["déposée le"].dtype
    assert answer["aide, au plus"].sum() == Decimal("4.00")
    assert answer.loc["a", "réponse, terme"] == date(2025, 4, 3)


def test_a_pandas_column_of_mixed_values_is_read_row_by_row(aid: conforme.Policy) -> None:
    frame = pd.DataFrame({"revenu": [12, "12 €", None], "déposée le": [date(2025, 2, 3), "3 février 2025", pd.NaT]})
    answer = aid.decide(frame)
    assert answer["aide, au plus"].to_list()[:2] == [Decimal("4.00")] * 2
    assert answer["réponse, terme"].to_list()[:2] == [date(2025, 4, 3)] * 2


def test_readings_are_retained_for_all(ess: conforme.Policy) -> None:
    row = answers(POLICIES / "ess" / "cases" / "05-la-lecture-decide.yaml")
    for explain in ("none", "brief"):
        [answer] = ess.decide([row], readings={"base du seuil": "tous"}, explain=explain)  # type: ignore[call-overload]
        assert answer["décision"] == "défavorable"
        other = {**row, "lectures": {"base du seuil": "libéraux"}}
        [answer] = ess.decide([other], readings={"base du seuil": "tous"}, explain=explain)  # type: ignore[call-overload]
        assert "la commande retient « tous », le dossier « libéraux »" in answer["à corriger"]
    with pytest.raises(conforme.PolicyError, match="lecture inconnue"):
        ess.decide([row], readings={"base": "tous"})


def test_what_is_retained_for_all_is_as_what_each_dossier_retains(ess: conforme.Policy, favourable: dict[str, Any]) -> None:
    readings = {
        "base du seuil": "libéraux",
        "composition de l'équipe": "plusieurs médecins",
        "formalisation des liens": "possible",
        "départ des six mois": "signature",
        "ouverture de la dotation annuelle": "critères seuls",
        "champ du forfait": "toute consultation",
    }
    own = pa.Table.from_pylist(typed([{**favourable, "lectures": readings}]))
    none = pa.Table.from_pylist(typed([{name: value for name, value in favourable.items() if name != "lectures"}]))
    for explain in ("none", "brief"):
        kept = ess.decide(own, explain=explain).to_pylist()
        given = ess.decide(none, explain=explain, readings=readings).to_pylist()
        assert [decided(row) for row in given] == [decided(row) for row in kept]


def test_what_is_neither_a_dossier_nor_a_table_is_told(aid: conforme.Policy) -> None:
    with pytest.raises(TypeError, match="lu : int"):
        aid.decide(3)  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="explain : attendu « none » ou « brief »"):
        aid.decide([], explain="full")  # type: ignore[call-overload]
