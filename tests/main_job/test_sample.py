"""The main job that `scripts/start` does on its sample, so that a new user sees statements (SC-13)."""

from importlib.machinery import SourceFileLoader

from runtime import project


def test_start_settles_its_sample(databases, template, copy_of):
    start = SourceFileLoader("start", str(project.ROOT / "scripts" / "start")).load_module()
    database = copy_of(template)
    done = start.main_job(databases.ready, database.name)
    [reports] = [line for line in done if line.startswith("load reports")]
    assert "rejected" not in reports
    months = ", ".join(f"'{month}-01'" for month in start.SAMPLE_MONTHS)
    fees = database.query(
        f"""SELECT month, sum(fee) FROM rural_statement
             WHERE state = 'confirmed' AND month IN ({months}) GROUP BY month HAVING sum(fee) > 0"""
    )
    assert len(fees) == len(start.SAMPLE_MONTHS), done


def test_links_and_pictures_lead_to_the_server_that_was_started(databases, template, copy_of):
    start = SourceFileLoader("start", str(project.ROOT / "scripts" / "start")).load_module()
    database = copy_of(template)
    value = "SELECT value FROM ir_config_parameter WHERE key = 'web.base.url'"
    database.query("UPDATE ir_config_parameter SET value = 'http://localhost:8069' WHERE key = 'web.base.url'")
    start.say_address(databases, database.name, "http://127.0.0.1:8173")
    assert database.query(value) == ["http://127.0.0.1:8173"]
    database.query("UPDATE ir_config_parameter SET value = 'https://rural.example' WHERE key = 'web.base.url'")
    start.say_address(databases, database.name, "http://127.0.0.1:8173")
    assert database.query(value) == ["https://rural.example"]
