"""Where things lie in the repository."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
OCA_LOCK = ROOT / "requirements-addons.txt"
LOCKS = (ROOT / "requirements.txt", OCA_LOCK)
CONFIG = ROOT / "config" / "odoo.conf"


def manifest(addon: str) -> dict:
    """Return the manifest of one of the suite's addons."""
    return ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text(encoding="utf-8"))


def suite_addons() -> list[str]:
    """Return the names of the suite's installable addons, sorted."""
    names = sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py"))
    return [name for name in names if manifest(name).get("installable", True)]
