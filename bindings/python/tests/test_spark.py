"""A cluster of several processes says what one machine says, row by row, also when a worker is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import conforme
import conforme.spark
import pyarrow as pa
import pytest
from conftest import ON, SOME, answers, typed
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

#: Workers, each a process of its own.
WORKERS = 2
PARTITIONS = 4


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    place = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master(f"local-cluster[{WORKERS},1,1024]")
        .appName("conforme")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.local.dir", str(place))
        .config("spark.sql.warehouse.dir", str(place / "warehouse"))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def table() -> pa.Table:
    rows = [{"rang": rank, **row} for rank, row in enumerate(typed([answers(path) for path in SOME]) * 4)]
    rows[5]["territoire"] = {**rows[5].get("territoire", {}), "médecins": "trente"}
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="module")
def alone(ess: conforme.Policy, table: pa.Table) -> list[dict[str, Any]]:
    with pytest.warns(conforme.UnusedColumnWarning, match="rang"):
        return ess.decide(table, on=ON).select(_names(ess, table)).to_pylist()


def _names(ess: conforme.Policy, table: pa.Table) -> list[str]:
    decided = ess.decide(pa.Table.from_pylist([], schema=table.drop(["rang"]).schema)).schema.names
    return ["rang", *decided[decided.index("décision") :]]


@pytest.fixture(scope="module")
def frame(spark: SparkSession, table: pa.Table) -> DataFrame:
    # One column of JSON goes in whatever versions of pandas and Spark there are; then it is read by the types of the table.
    lines = [(json.dumps(row, ensure_ascii=False),) for row in table.to_pylist()]
    schema = from_arrow_schema(table.schema)
    from pyspark.sql.functions import from_json

    read = spark.createDataFrame(lines, "ligne string").select(from_json("ligne", schema).alias("d")).select("d.*")
    return read.repartition(PARTITIONS).cache()


def _collected(decided: DataFrame, names: list[str]) -> list[dict[str, Any]]:
    rows = decided.select(*[f"`{name}`" for name in names]).collect()
    return sorted((row.asDict(recursive=True) for row in rows), key=lambda row: int(row["rang"]))


def test_a_cluster_says_what_one_machine_says(
    ess: conforme.Policy, table: pa.Table, frame: DataFrame, alone: list[dict[str, Any]]
) -> None:
    with pytest.warns(conforme.UnusedColumnWarning, match="rang"):
        decided = conforme.spark.decide(frame, ess, on=ON)
    assert decided.schema["crédit d'amorçage, au moins"].dataType.simpleString() == "decimal(38,2)"
    assert _collected(decided, _names(ess, table)) == alone


def test_a_worker_that_is_killed_changes_nothing(
    spark: SparkSession,
    ess: conforme.Policy,
    table: pa.Table,
    frame: DataFrame,
    alone: list[dict[str, Any]],
    tmp_path: Path,
) -> None:
    begun, killed = tmp_path / "begun", tmp_path / "killed"
    begun.mkdir()

    def held(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        """Rows go on to be decided once a worker was killed."""
        for rank, batch in enumerate(batches):
            yield batch
            if rank == 0:
                (begun / str(os.getpid())).touch()
                for _ in range(1200):
                    if killed.exists():
                        break
                    time.sleep(0.05)

    with pytest.warns(conforme.UnusedColumnWarning, match="rang"):
        decided = conforme.spark.decide(frame.mapInArrow(held, frame.schema), ess, on=ON)
    rows: list[dict[str, Any]] = []
    job = threading.Thread(target=lambda: rows.extend(_collected(decided, _names(ess, table))))
    job.start()
    while len(list(begun.iterdir())) < WORKERS:
        assert job.is_alive()
        time.sleep(0.05)
    workers = _workers(spark)
    assert len(workers) == WORKERS
    os.kill(workers[0], signal.SIGKILL)
    killed.touch()
    job.join()
    assert workers[0] not in _workers(spark)
    assert len(list(begun.iterdir())) > WORKERS, "rows of the killed worker were begun anew"
    assert rows == alone


def test_a_column_that_is_mistaken_is_told_before_anything_is_run(spark: SparkSession, ess: conforme.Policy) -> None:
    frame = spark.createDataFrame([("cardiologie",)], "`specialités` string")
    with pytest.raises(conforme.PolicyError, match="vouliez-vous dire « spécialité »"):
        conforme.spark.decide(frame, ess)


def _workers(spark: SparkSession) -> list[int]:
    """The processes of the workers: children of the one that this session started."""
    parent = spark.sparkContext._gateway.proc.pid  # type: ignore[union-attr]
    found = []
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            status = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            command = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status[1]) == parent and status[0] != "Z" and b"CoarseGrainedExecutorBackend" in command:
            found.append(int(place.name))
    return sorted(found)
