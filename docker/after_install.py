"""Settings that an installed database needs before people come: run in Odoo's shell, which provides `env`.

- Odoo's administrator gets the password of the secret, as long as the password is Odoo's default one.
- Reports find their styles at Odoo itself: the way round over nginx may not lead there from a container.
"""
# ruff: noqa: F821

import os
import sys
from pathlib import Path

DEFAULT = "admin"  # what Odoo gives to the administrator of every new database
SHORTEST = 12

administrator = env.ref("base.user_admin")
env.cr.execute("SELECT password FROM res_users WHERE id = %s", [administrator.id])
[stored] = env.cr.fetchone()
if administrator._crypt_context().verify(DEFAULT, stored):
    password = Path(os.environ["ADMINISTRATOR_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    if len(password) < SHORTEST:
        sys.exit(f"The file of the administrator's password holds fewer than {SHORTEST} characters: lengthen it.")
    administrator.password = password

parameters = env["ir.config_parameter"]
if not parameters.get_param("report.url"):
    parameters.set_param("report.url", "http://127.0.0.1:8069")

env.cr.commit()
