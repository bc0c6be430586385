"""Every line and column of what a county's stations did, from each form of its files (ST-03, ST-05 to ST-07, ST-12)."""

import pytest
import stations_files as files


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("table", files.TABLES)
def test_table_is_as_expected(loaded, table, ending):
    columns, found = files.exported(loaded.folder / f"{table}.{ending}")
    assert columns == files.headings(table)
    assert files.differences(found, files.expected(table)) == [], files.TABLES[table]


def test_sc15_counts_add_up_to_the_rows_of_the_files(loaded):
    for name, answer in loaded.answers.items():
        counts = [answer[outcome] for outcome in ("new", "updated", "unchanged", "duplicates", "rejected")]
        assert answer["rows"] == sum(counts) == len(files.read_rows(name)), name


def test_table_leaves_by_the_command_line(loaded, tmp_path):
    for table in files.TABLES:
        path = tmp_path / f"{table}.csv"
        answer = loaded.database.rural("export", table, "--out", path, "--user", files.CLERK)
        assert answer["rows"] == len(files.expected(table))
        assert files.exported(path) == files.exported(loaded.folder / f"{table}.csv")
