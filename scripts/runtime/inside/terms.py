# pylint: disable=undefined-variable
# ruff: noqa: F821
"""Write each addon's translatable terms as Odoo itself exports them: run by `odoo shell`.

RURAL_ADDONS names the addons, RURAL_TERMS the folder that receives one POT file each.
"""

import os
from pathlib import Path

from odoo.tools.translate import PoFileWriter, TranslationModuleReader

names = os.environ["RURAL_ADDONS"].split(",")
rows = list(TranslationModuleReader(env.cr, modules=names))
for name in names:
    with (Path(os.environ["RURAL_TERMS"]) / f"{name}.pot").open("wb") as handle:
        PoFileWriter(handle, None).write_rows([row for row in rows if row[0] == name])
