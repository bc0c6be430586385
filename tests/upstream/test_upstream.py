"""What Odoo and OCA ship with the addons that the suite stands on is as right with the suite as without it.

``data/addons.csv`` names the addons; ``data/known_failures.csv`` the tests that fail on a database without the suite
too, and why one may fail with it. RURAL_UPSTREAM=all runs also the addons whose tests are slow, and compares the list
with a database without the suite.
"""

import datetime
import os

import pytest
from upstream_tests import Outcomes, addons, rows, run

KNOWN = {row["test"]: row for row in rows("known_failures.csv")}
EVERYTHING = pytest.mark.skipif(
    os.environ.get("RURAL_UPSTREAM") != "all", reason="RURAL_UPSTREAM=all runs the slow ones"
)


@pytest.fixture(scope="module")
def quick(template, copy_of, tmp_path_factory) -> Outcomes:
    """What became of the tests of all quick addons, with the suite."""
    return run(copy_of(template), addons("quick"), tmp_path_factory.mktemp("quick"))


@pytest.mark.parametrize("addon", addons("quick"))
def test_quick_addon(quick, addon):
    judge(addon, quick.of(addon))


@EVERYTHING
@pytest.mark.parametrize("addon", addons("slow"))
def test_slow_addon(template, copy_of, tmp_path, addon):
    judge(addon, run(copy_of(template), [addon], tmp_path))


def judge(addon: str, outcomes: Outcomes) -> None:
    """Fail for what fails with the suite only, and for what is on the list and does not fail any more."""
    assert outcomes.passed, f"no test of {addon} was run"
    new = {test: reason for test, reason in outcomes.failed.items() if test not in KNOWN}
    assert not new, "\n\n".join(f"{test}\n{reason}" for test, reason in new.items())
    mended = [test for test in outcomes.passed & set(KNOWN) if KNOWN[test]["when"] == "always"]
    assert not mended, f"not to be on the list of known failures any more: {mended}"


@EVERYTHING
def test_known_failures_fail_without_the_suite(databases, copy_of, tmp_path):
    names = {test.partition(".")[0] for test in KNOWN}
    outcomes = run(copy_of(databases.ground()), sorted(names), tmp_path, only=KNOWN)
    today = datetime.date.today()
    fails = {
        "always": True,
        "with the suite": False,
        "on the last day of a month": (today + datetime.timedelta(days=1)).day == 1,
    }
    certain = {test: row["when"] for test, row in KNOWN.items() if row["when"] in fails}  # a busy machine is not
    assert {test for test, when in certain.items() if fails[when]} == set(outcomes.failed) & set(certain)
