"""Every row, statement and turnover of the main job, from each form that the files come in (SC-08 to SC-15)."""

from collections import Counter, defaultdict
from decimal import Decimal

import main_job_files as files
import pytest


@pytest.fixture(scope="module", params=["GB18030", "XLSX"])
def other_form(request, template, copy_of, load, tmp_path_factory):
    """The main job from files in another form."""
    return load(copy_of(template), files.write_all(tmp_path_factory.mktemp(request.param), request.param))


def check_tables(job, before, ending="csv"):
    """Compare every line of every table with what is expected."""
    old = set(before.table("statements"))
    found = {
        "rows": job.table("rows", ending),
        "statements": [line for line in job.table("statements", ending) if line not in old],
        "turnover": turnover_since(before, job.table("turnover", ending)),
    }
    for table, lines in found.items():
        assert files.differences(lines, files.expected(table)) == [], table


def turnover_since(before, turnover):
    """Return the turnover that the main job has brought to each county and month."""
    sums = defaultdict(Decimal)
    for region, month, amount in turnover:
        sums[region, month] += amount
    for region, month, amount in before.table("turnover"):
        sums[region, month] -= amount
        if not sums[region, month]:
            del sums[region, month]
    return sorted((*key, amount) for key, amount in sums.items())


def test_every_row_statement_and_turnover_by_the_command_line(main_job, before):
    check_tables(main_job, before)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_row_statement_and_turnover_from_another_form(other_form, before, ending):
    check_tables(other_form, before, ending)


def test_sc15_counts_add_up_to_the_rows_of_the_file(main_job):
    for kind, name in files.FILES.items():
        answer = main_job.answers[kind]
        counts = [answer[outcome] for outcome in ("new", "updated", "unchanged", "duplicates", "rejected")]
        assert answer["rows"] == sum(counts) == len(files.read_rows(name))
    outcomes = Counter(row[3] for row in files.expected("rows"))
    orders = main_job.answers["orders"]
    found = {"loaded": orders["new"], "duplicate": orders["duplicates"], "rejected": orders["rejected"]}
    assert found == {outcome: outcomes[outcome] for outcome in found}


def test_sc13_a_statement_for_each_center_and_month(main_job, before):
    answer = main_job.answers["statements"]
    assert answer["prepared"] == len(files.expected("statements"))
    assert answer["statements"] == len(main_job.table("statements"))
    fees = [row[-1] for row in (*files.expected("statements"), *before.table("statements"))]
    assert Decimal(answer["fee"]) == sum(fees)


@pytest.mark.parametrize("name", ["nothing.csv", "pool.csv"], ids=["no file", "file of another kind"])
def test_error_is_exit_code_2_and_leaves_nothing(before, name):
    runs = before.database.query("SELECT count(*) FROM rural_load_run")
    answer = before.database.rural("load", "orders", files.FOLDER / name, code=2)
    assert set(answer) == {"error"}
    assert before.database.query("SELECT count(*) FROM rural_load_run") == runs
