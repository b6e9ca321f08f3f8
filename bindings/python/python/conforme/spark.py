"""Dossiers of a Spark frame, decided where they stand.

    import conforme.spark

    decided = conforme.spark.decide(spark.table("dossiers"), policy)

Each executor decides its own rows, by Arrow batches; the policy goes to it as its texts. The package ``conforme`` is to
be installed on every machine of the cluster, as ``pyarrow`` is.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pyarrow

from ._policy import Policy
from ._tables import UnusedColumnWarning

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["decide"]


def decide(
    df: DataFrame,
    policy: Policy,
    *,
    on: date | str | None = None,
    readings: Mapping[str, str] | None = None,
    explain: Literal["none", "brief"] = "brief",
) -> DataFrame:
    """Decide the dossiers of a frame, one a row: the frame with what was decided, as `Policy.decide` has it.

    A column that is mistaken is told here, before anything is run. A dossier that states no date of examination is
    examined on the day on which this is called, wherever and whenever its rows are decided.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    today = date.today()
    asked: dict[str, Any] = {"on": on, "readings": dict(readings or {}), "explain": explain, "threads": 1}
    none = pyarrow.RecordBatch.from_pylist([], schema=to_arrow_schema(df.schema))
    schema = policy._decide(none, today, **asked).schema

    def rows(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        # What there is to say of the columns was said.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnusedColumnWarning)
            for batch in batches:
                yield policy._decide(batch, today, **asked)

    return df.mapInArrow(rows, from_arrow_schema(schema))
