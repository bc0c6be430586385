"""What the documents point at is there."""

import re

import pytest

from runtime import project

DOCUMENTS = sorted(
    path
    for path in (*project.ROOT.glob("*.md"), *project.ROOT.glob("docker/*.md"), *project.ADDONS.glob("*/README.md"))
)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
FOLDERS = "addons config controllers data demo docker models report scripts security static tests tools views wizards"
PATH = re.compile(rf"`((?:{FOLDERS.replace(' ', '|')})/[\w./-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(project.ROOT)))
def test_every_link_and_path_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    roots = (project.ROOT, document.parent)
    missing += [path for path in PATH.findall(text) if not any((root / path).exists() for root in roots)]
    assert not missing


#: Tested in test_load_run.py, test_isolation*.py, and (what portals share) in those of the two portals.
OTHERWISE = {"rural_bulk", "rural_center_portal", "rural_portal", "rural_station_portal"}


def test_every_addon_with_records_has_tests_of_access():
    """`SECURITY.md` says so of each."""
    tested = {path.parent.parent.name for path in project.ADDONS.glob("*/tests/test_access.py")}
    with_records = {path.parent.parent.name for path in project.ADDONS.glob("*/security/ir.model.access.csv")}
    assert with_records - tested <= OTHERWISE
