"""All months of the main job in the books (SC-14).

The demo data has months of its own, which are posted too; the figures here are those of the main job's months.
"""

from collections import defaultdict
from decimal import Decimal

import main_job_files as files
import pytest

POSTED = """
    SELECT center.service_code || ' ' || to_char(statement.month, 'YYYY-MM'), sum(statement.fee)
      FROM rural_statement statement
      JOIN rural_service_center center ON center.id = statement.center_id
     WHERE statement.state IN ('posted', 'paid') AND to_char(statement.month, 'YYYY-MM') IN {months}
     GROUP BY 1
"""
BALANCES = """
    SELECT {by}, sum(item.balance)
      FROM account_move_line item
      JOIN account_move move ON move.id = item.move_id AND move.state = 'posted'
      JOIN rural_fee_posting posting ON posting.id = move.rural_posting_id
      JOIN account_account account ON account.id = item.account_id
      LEFT JOIN res_partner partner ON partner.id = item.partner_id
      LEFT JOIN rural_service_center center ON center.partner_id = partner.id
     WHERE to_char(posting.month, 'YYYY-MM') IN {months} AND {account}
     GROUP BY 1 HAVING sum(item.balance) <> 0
"""
RECEIVABLE = "account.account_type = 'asset_receivable'"
PAYABLE = "account.account_type = 'liability_payable'"
CLEARING = "account.id IN (SELECT rural_fee_clearing_account_id FROM res_company)"


@pytest.fixture(scope="module")
def months() -> str:
    """The months of the main job, as a list in SQL."""
    return "({})".format(", ".join(sorted({f"'{row[1]}'" for row in files.expected("statements")})))


@pytest.fixture(scope="module")
def posted(main_job, copy_of):
    """A database with all statements confirmed, agreed and posted."""
    database = copy_of(main_job.database.name)
    database.rural("statements", "--confirm", "--agreed", "--post", code=None)
    return database


@pytest.fixture
def balances(posted, months):
    """Return a function that gives what is on accounts after the main job."""
    return lambda by, account: amounts(posted, BALANCES.format(by=by, account=account, months=months))


def amounts(database, query) -> dict[str, Decimal]:
    """Return the amounts of a query with a key and an amount."""
    return {key: Decimal(amount) for key, amount in (row.split("|") for row in database.query(query))}


def test_sc14_all_months_are_posted(posted, months):
    expected = {f"{code} {month}": fee for code, month, _lines, _base, fee in files.expected("statements")}
    assert amounts(posted, POSTED.format(months=months)) == expected


def test_sc14_centers_get_what_the_statements_say(balances):
    fees = defaultdict(Decimal)
    for code, *_figures, fee in files.expected("statements"):
        fees[code] -= fee
    assert balances("center.service_code", PAYABLE) == {code: fee for code, fee in fees.items() if fee}


def test_sc14_suppliers_bear_what_their_lines_cost(balances):
    fees = files.fees_by("供应商编码")
    assert balances("partner.supplier_code", RECEIVABLE) == {code: fee for code, fee in fees.items() if fee}


def test_sc14_clearing_is_zero_in_every_month(balances):
    assert balances("to_char(move.date, 'YYYY-MM')", CLEARING) == {}


def test_sc14_receivables_payables_and_statements_are_one_sum(balances):
    [receivable] = balances("1", RECEIVABLE).values()
    [payable] = balances("1", PAYABLE).values()
    assert receivable == -payable == sum(row[-1] for row in files.expected("statements"))


def test_posted_statements_are_exported_as_they_were_prepared(posted, main_job, tmp_path):
    posted.rural("export", "statements", "--out", tmp_path / "statements.xlsx")
    found = files.exported(tmp_path / "statements.xlsx")
    assert files.differences(found, main_job.table("statements")) == []


def test_sc15_settling_again_settles_nothing(posted):
    entries = "SELECT count(*) FROM rural_fee_entry UNION ALL SELECT count(*) FROM account_move"
    before = posted.query(entries)
    again = posted.rural("statements", "--confirm", "--agreed", "--post", code=None)
    assert (again["prepared"], again["updated"], again["confirmed"], again["posted"]) == (0, 0, 0, 0)
    assert posted.query(entries) == before
