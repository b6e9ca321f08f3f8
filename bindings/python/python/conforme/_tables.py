"""Tables of many makes, each given back as it came with what was decided."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import pyarrow

#: What decides anything that shows itself as Arrow: the table with what was decided, or what was decided alone, and
#: what there is to say of its columns.
Decide = Callable[[Any, bool], tuple[Any, list[str]]]


class UnusedColumnWarning(UserWarning):
    """A column that answers no question of the policy: it comes back as it is."""


def kind(table: object) -> str | None:
    """The library that a table is of."""
    of = type(table)
    library = of.__module__.partition(".")[0]
    if library == "pandas" and of.__name__ == "DataFrame":
        return "pandas"
    if library == "polars" and of.__name__ == "DataFrame":
        return "polars"
    if library == "pyarrow" and of.__name__ in ("Table", "RecordBatch", "RecordBatchReader"):
        return of.__name__
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        return "arrow"
    return None


def decide(table: Any, of: str, decided: Decide, rows: Callable[[list[Any]], list[dict[str, Any]]]) -> Any:
    """What a table comes to."""
    match of:
        case "pandas":
            return _pandas(table, decided, rows)
        case "polars":
            import polars

            return polars.DataFrame(_told(decided(table, True)))
        case "RecordBatch":
            return _batch(table, decided)
        case "RecordBatchReader":
            return _stream(table, decided)
        case _:
            import pyarrow

            return pyarrow.table(_told(decided(_from_start(pyarrow.table(table)), True)))


def _told(made: tuple[Any, list[str]]) -> Any:
    table, remarks = made
    for remark in remarks:
        warnings.warn(remark, UnusedColumnWarning, stacklevel=5)
    return table


def _batch(batch: pyarrow.RecordBatch, decided: Decide) -> pyarrow.RecordBatch:
    import pyarrow

    whole = _from_start(pyarrow.table([*batch.columns], schema=batch.schema))
    table = pyarrow.table(_told(decided(whole, True)))
    [made] = table.to_batches() or [pyarrow.RecordBatch.from_pylist([], schema=table.schema)]
    return made


def _stream(reader: pyarrow.RecordBatchReader, decided: Decide) -> pyarrow.RecordBatchReader:
    """Batch by batch, in as much memory as one takes."""
    import pyarrow

    empty = pyarrow.RecordBatch.from_pylist([], schema=reader.schema)
    schema = _batch(empty, decided).schema
    return pyarrow.RecordBatchReader.from_batches(
        schema, (_batch(batch, lambda one, keep: (decided(one, keep)[0], [])) for batch in reader)
    )


def _from_start(table: pyarrow.Table) -> pyarrow.Table:
    """The same rows, structures within structures starting where their memory does.

    The Arrow library that takes them over skips the rows before a slice of such once more at each level.
    """
    import pyarrow

    columns = []
    for column in table.columns:
        if any(_is_cut(chunk) for chunk in column.chunks):
            sink = pyarrow.BufferOutputStream()
            alone = pyarrow.table([column], names=["it"])
            with pyarrow.ipc.new_stream(sink, alone.schema) as writer:
                writer.write_table(alone)
            column = pyarrow.ipc.open_stream(sink.getvalue()).read_all().column(0)
        columns.append(column)
    return pyarrow.table(columns, schema=table.schema)


def _is_cut(array: Any) -> bool:
    """Whether a structure that holds structures does not start where its memory does."""
    import pyarrow

    ty = array.type
    if pyarrow.types.is_struct(ty):
        fields = [array.field(rank) for rank in range(ty.num_fields)]
        nested = any(pyarrow.types.is_struct(field.type) for field in fields)
        return (nested and array.offset != 0) or any(map(_is_cut, fields))
    if pyarrow.types.is_list(ty) or pyarrow.types.is_large_list(ty) or pyarrow.types.is_fixed_size_list(ty):
        return _is_cut(array.values)
    return False


def _pandas(
    frame: pandas.DataFrame, decided: Decide, rows: Callable[[list[Any]], list[dict[str, Any]]]
) -> pandas.DataFrame:
    import pandas
    import pyarrow

    try:
        table = pyarrow.Table.from_pandas(frame, preserve_index=False)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError):
        # Columns of mixed values have no type: each row is taken as answers by name.
        records = frame.to_dict("records")
        answers = [{str(name): value for name, value in row.items() if not _is_missing(value)} for row in records]
        made = pyarrow.Table.from_pylist(rows(answers))
    else:
        made = pyarrow.table(_told(decided(table, False)))
    columns: pandas.DataFrame = made.to_pandas(types_mapper=pandas.ArrowDtype)
    columns.index = frame.index
    kept = frame[[name for name in frame.columns if str(name).strip() not in columns.columns]]
    return pandas.concat([kept, columns], axis=1)


def _is_missing(value: Any) -> bool:
    import pandas

    return bool(pandas.api.types.is_scalar(value) and pandas.isna(value))


def merged(dossier: object, decided: Mapping[str, Any]) -> dict[str, Any]:
    """A row with what was decided; what an earlier decision said is said anew."""
    if not isinstance(dossier, Mapping):
        return dict(decided)
    return {**{name: value for name, value in dossier.items() if name not in decided}, **decided}

