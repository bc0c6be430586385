"""A year of a county's village stations: from the platform's file and the stations' ledgers to published rankings.

scripts/bench stations [--entries N] [--stations N]

PostgreSQL alone: COPY of the same rows into a table with the same columns and indexes, and the aggregate that
rankings need, turnover by station and month, on the same server. All figures are those of one run.
"""

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import config

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import county
from recruiting import Measured, load
from settlement import environment

ROLES = {"officer": "rural_base.group_operations", "manager": "rural_base.group_operations_manager"}
MONTHS = tuple(county.FIRST_DAY.replace(month=month) for month in range(1, 13))


def prepare(database, arguments, folder):
    """Make a company with a user for each role, the stations, and the files; their paths."""
    with environment(database) as env:
        from odoo.addons.rural_base.models.mail_thread import UNTRACKED

        china, yuan = env.ref("base.cn"), env.ref("base.CNY")
        company = env["res.company"].create({"name": "县电商公司", "country_id": china.id, "currency_id": yuan.id})
        env = env(context={**env.context, "allowed_company_ids": company.ids, "tracking_disable": UNTRACKED})
        for role, group in ROLES.items():
            companies = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
            new_test_user(env, f"bench_{role}", group, tz="Asia/Shanghai", **companies)
        paths = county.write(env, arguments.stations, arguments.entries, folder)
    with environment(database) as env:
        env.cr.execute("ANALYZE")
    return paths


def run_suite(measured, paths):
    """From the files to the rankings of twelve months; what came of it, by name."""
    for profile, path in paths.items():
        load(measured, path, profile, profile)
    load(measured, paths["station_platform"], "again", "station_platform")
    for month in MONTHS:
        with measured.step(f"{month:%Y-%m}", "manager") as env:
            env["rural.station.ranking"]._publish(env.company, month)
    with measured.step("a new edition", "manager") as env:
        env["rural.station.ranking"]._publish(env.company, MONTHS[-1])
    with environment(measured.database) as env:
        entries = env["rural.station.entry"].search_count([("run_id.user_id.login", "=", "bench_officer")])
        rankings = env["rural.station.ranking"].search([("published_by_id.login", "=", "bench_manager")])
        return {"entries": entries, "rankings": len(rankings), "lines": len(rankings.line_ids)}


def run_postgres(measured, rows):
    """COPY and aggregate, with nothing else around."""
    with environment(measured.database) as env:
        env.cr.execute("SELECT id FROM res_company WHERE name = '县电商公司'")
        [(company,)] = env.cr.fetchall()
        with rows.open("wb") as stream:
            query = f"SELECT * FROM rural_station_entry WHERE company_id = {company}"
            env.cr.copy_expert(f"COPY ({query}) TO STDOUT", stream)
        env.cr.execute("CREATE TABLE bench_entry (LIKE rural_station_entry INCLUDING ALL)")
    with measured.step("COPY") as env, rows.open("rb") as stream:
        env.cr.copy_expert("COPY bench_entry FROM STDIN", stream)
    with measured.step("turnover of the year") as env:
        env.cr.execute(
            "SELECT station_id, month, sum(turnover) FROM bench_entry WHERE outcome = 'counts' GROUP BY 1, 2"
        )
        env.cr.fetchall()
    with measured.step("turnover of a month") as env:
        env.cr.execute(
            """SELECT station_id, sum(turnover), rank() OVER (ORDER BY sum(turnover) DESC)
                 FROM bench_entry WHERE outcome = 'counts' AND month = %s AND company_id = %s GROUP BY 1""",
            [MONTHS[5], company],
        )
        env.cr.fetchall()


def main():
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--stations", type=int, default=500)
    arguments = parser.parse_args()
    database = os.environ["RURAL_DATABASE"]
    config.parse_config(["-d", database, "--no-http", "--log-level=error"], setup_logging=True)
    measured = Measured(database)
    with tempfile.TemporaryDirectory() as folder:
        paths = prepare(database, arguments, Path(folder))
        lines = {profile: path.read_bytes().count(b"\n") - 1 for profile, path in paths.items()}
        counts = run_suite(measured, paths)
        memory = measured.memory, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        run_postgres(measured, Path(folder) / "rows.copy")
    print_table(measured.seconds, lines, {**counts, "stations": arguments.stations}, *memory)


def print_table(seconds, lines, counts, database_memory, memory):
    """The figures of this run."""
    print(f"{counts['entries']} ledger entries of a year, {counts['stations']} stations\n")
    print(f"{'':56}{'seconds':>9}{'lines/s':>10}{'ratio':>8}")
    copied = seconds["COPY"] / counts["entries"]

    def row(title, name, count=0, beside=None):
        speed = f"{count / seconds[name]:10.0f}" if count else f"{'':10}"
        print(f"{title:56}{seconds[name]:9.2f}{speed}{f'{beside / seconds[name]:8.2f}' if beside else ''}")

    platform, ledger = lines["station_platform"], lines["station_ledger"]
    row(f"this suite: the platform's file, {platform} rows", "station_platform", platform, copied * platform)
    row(f"  the ledgers of the stations, {ledger} rows", "station_ledger", ledger, copied * ledger)
    row("  the platform's file again, nothing changes", "again", platform)
    row("  ranking of the first month", f"{MONTHS[0]:%Y-%m}", beside=seconds["turnover of a month"])
    row(
        "  ranking of the last month, all others looked at",
        f"{MONTHS[-1]:%Y-%m}",
        beside=seconds["turnover of the year"],
    )
    seconds["all rankings"] = sum(seconds[f"{month:%Y-%m}"] for month in MONTHS)
    row(f"  {counts['rankings']} rankings with {counts['lines']} lines", "all rankings")
    row("  published again: no new edition", "a new edition", beside=seconds["turnover of the year"])
    row("PostgreSQL alone: COPY", "COPY", counts["entries"], seconds["COPY"])
    row("  turnover by station, one month", "turnover of a month")
    row("  turnover by station and month", "turnover of the year", counts["entries"])
    print(f"\npeak memory: Odoo process {memory} MiB, its database process {database_memory or '?'} MiB")


if __name__ == "__main__":
    main()
