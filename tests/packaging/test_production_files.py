"""The files for production are read by the tools that will read them, as far as that goes without containers."""

import ast
import configparser
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from runtime import project

COMPOSE = project.ROOT / "docker-compose.yml"
DOCKER = project.ROOT / "docker"
ODOO = project.ROOT / "config" / "odoo.production.conf"
SECRETS = ("DATABASE_PASSWORD_FILE", "ADMINISTRATOR_PASSWORD_FILE", "TLS_CERTIFICATE_FILE", "TLS_KEY_FILE")
ENDS_BY_ITSELF = "setup"
MEANT = {
    "admin_passwd": "",
    "list_db": False,
    "proxy_mode": True,
    "workers": 7,
    "max_cron_threads": 0,
    "db_name": ["rural"],
    "server_wide_modules": ["base", "rpc", "web", "queue_job"],
}


def run(program: str, *arguments, **variables: str) -> subprocess.CompletedProcess:
    """Run a program of this environment with nothing of the caller's settings for it."""
    environ = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **variables}
    command = [Path(sys.executable).with_name(program), *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def compose(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run Docker's compose on the file; reading it needs no containers. Its exit code is lost in its wrapper."""
    return run("docker-compose", "--file", COMPOSE, "--env-file", "/dev/null", *arguments, **variables)


@pytest.fixture(scope="module")
def configuration() -> dict:
    """Return the compose file as compose itself understands it."""
    result = compose("config", "--format", "json", **dict.fromkeys(SECRETS, "/secret"))
    assert not result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def services(configuration) -> dict:
    return configuration["services"]


@pytest.fixture(scope="module")
def options() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ODOO, encoding="utf-8")
    return parser


@pytest.mark.parametrize("missing", SECRETS)
def test_nothing_starts_without_a_secret(missing):
    result = compose("config", **{name: "/secret" for name in SECRETS if name != missing})
    assert not result.stdout
    assert f"required variable {missing} is missing" in result.stderr


def test_example_settings_name_every_variable_and_hold_no_secret():
    text = (DOCKER / "example.env").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text(encoding="utf-8")))
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.M)) == used
    assert re.findall(r"^([A-Z_]+)=(.*)$", text, re.M) == [(name, "") for name in SECRETS]


def test_services_are_the_expected_ones(services):
    assert set(services) == {"database", "setup", "web", "jobs", "nginx"}


def test_services_come_back_and_say_how_they_are(services):
    for name, service in services.items():
        if name == ENDS_BY_ITSELF:
            assert service["restart"] == "no"
        else:
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"][0] == "CMD", name
        assert service["logging"]["options"]["max-size"], name


def test_services_have_no_more_rights_than_they_need(services):
    for name, service in services.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name
        assert service.get("user", "") not in ("root", "0"), name
        assert service.get("user") or service["image"].startswith("rural-commerce"), name


def test_only_nginx_is_reachable_and_the_database_only_from_inside(services, configuration):
    assert [name for name, service in services.items() if service.get("ports")] == ["nginx"]
    assert list(services["database"]["networks"]) == ["inside"]
    assert configuration["networks"]["inside"]["internal"]
    assert list(services["nginx"]["networks"]) == ["outside"]


def test_whatever_is_kept_lies_in_a_named_volume(services, configuration):
    assert set(configuration["volumes"]) == {"database-data", "odoo-data"}
    for name, service in services.items():
        for volume in service.get("volumes", []):
            if volume["type"] == "bind":
                assert volume["read_only"], (name, volume)
                assert Path(volume["source"]).is_file()
            else:
                assert volume["source"] in configuration["volumes"], (name, volume)


def test_secrets_are_files_and_no_password_is_written_anywhere(services, configuration):
    assert all(set(secret) == {"name", "file"} for secret in configuration["secrets"].values())
    for name, service in services.items():
        for variable, value in service.get("environment", {}).items():
            if re.search("PASS|SECRET|KEY|TOKEN", variable):
                assert value.startswith("/run/secrets/"), (name, variable)
    for file in (COMPOSE, ODOO, project.ROOT / "config" / "nginx.conf", *DOCKER.iterdir()):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(?i)(db_password|PGPASSWORD|POSTGRES_PASSWORD)\s*[=:]\s*[\"']?\w", text), file


def test_jobs_run_in_a_service_of_their_own(services, options):
    assert services["web"]["environment"]["ODOO_QUEUE_JOB_CHANNELS"] == "root:0"
    jobs = services["jobs"]["environment"]
    _channel, _colon, at_once = jobs["ODOO_QUEUE_JOB_CHANNELS"].partition(":")
    assert 0 < int(at_once) < int(jobs["ODOO_WORKERS"])
    assert options["queue_job"]["host"] == "jobs"
    assert options["queue_job"]["channels"] != "root:0"


def test_odoo_reads_its_configuration_as_meant(tmp_path):
    script = (
        "from odoo.tools import config\n"
        "config.parse_config([], setup_logging=True)\n"
        f"print({{name: config[name] for name in {list(MEANT)}}})\n"
    )
    text = ODOO.read_text(encoding="utf-8").replace("/opt/rural-commerce/addons", str(project.ADDONS))
    (tmp_path / "odoo.conf").write_text(text.replace("/var/lib/odoo", str(tmp_path)), encoding="utf-8")
    variables = {
        "ODOO_RC": str(tmp_path / "odoo.conf"),
        "PGDATABASE": "rural",
        "ODOO_WORKERS": "7",
        "ODOO_MAX_CRON_THREADS": "0",
    }
    result = run("python", "-P", "-c", script, **variables)
    assert result.returncode == 0, result.stderr
    assert not result.stderr
    assert ast.literal_eval(result.stdout) == MEANT


def test_dockerfile_passes_the_linter():
    result = run("hadolint", "--failure-threshold", "warning", DOCKER / "Dockerfile")
    assert result.returncode == 0, result.stdout + result.stderr


def test_image_runs_as_an_ordinary_user_and_gets_what_it_copies():
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (\w+)$", text, re.M)[-1] == "odoo"
    sent = (project.ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in re.findall(r"^COPY (?:--\S+ )?(.+) \S+$", text, re.M):
        for source in line.split():
            assert (project.ROOT / source).exists(), source
            assert f"!{source}" in sent, source


def locked(name: str) -> dict[str, str]:
    """Return by package the line that a lock file pins it with."""
    text = (project.ROOT / name).read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(line.partition("==")[0]): line for line in lines}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-addons.txt", "requirements-production.txt"])
def test_every_package_is_locked_by_version_and_hash(name):
    for line in locked(name).values():
        assert re.fullmatch(r"\S+==\S+(\s+--hash=sha256:[0-9a-f]{64})+", line.strip()), line[:80]


def test_image_gets_what_the_tests_ran_with():
    everything = locked("requirements.txt")
    assert all(everything[name] == line for name, line in locked("requirements-production.txt").items())


def test_image_installs_every_package_that_an_addon_needs():
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes" in text
    assert "requirements-production.txt" in text
    installed = set(locked("requirements-production.txt"))
    odoos = subprocess.run(
        [sys.executable, "-P", "-c", "import importlib.metadata as m; print(*m.requires('odoo'), sep='\\n')"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    installed |= {canonicalize_name(Requirement(line).name) for line in odoos}
    for addon in project.suite_addons():
        needed = project.manifest(addon).get("external_dependencies", {}).get("python", [])
        missing = {canonicalize_name(Requirement(each).name) for each in needed} - installed
        assert not missing, (addon, missing)


@pytest.mark.parametrize("script", ["entrypoint", "setup"])
def test_shell_script_can_be_run(script):
    path = DOCKER / script
    assert os.access(path, os.X_OK)
    subprocess.run(["sh", "-n", path], check=True)
