"""The configuration file Odoo reads: the repository's, with this machine's paths added."""

import configparser
from pathlib import Path

from runtime import cache, project


def write() -> Path:
    """Write the configuration of this repository into the cache and return its path."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(project.CONFIG, encoding="utf-8")
    options = parser["options"]
    if project.suite_addons():
        options["addons_path"] = str(project.ADDONS)
    options["data_dir"] = str(cache.folder() / "odoo-data")
    path = cache.folder() / f"odoo-{cache.digest(str(project.ROOT))}.conf"
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as handle:
        parser.write(handle)
    draft.replace(path)
    return path
