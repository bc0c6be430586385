"""Odoo's command line, whose robot clicks through each app as whoever works in it, and not as administrator.

odoo_click_as.py '{"rural_base.menu_home": ["officer"], …}' [Odoo's arguments]
"""

import json
import re
import sys

from odoo.cli import main
from odoo.tests import HttpCase

APP = re.compile(r"startClickEverywhere\('(.+?)'\)")


def click_as(logins_of: dict[str, list[str]]) -> None:
    """Let the robot come as those who are named for an app; one that is not named fails."""
    browser_js = HttpCase.browser_js

    def browser_js_as(case, url_path, code, ready="", login=None, **options):
        [app] = APP.findall(code)
        for person in logins_of[app]:
            with case.subTest(app=app, login=person):
                browser_js(case, url_path, code, ready, login=person, **options)

    HttpCase.browser_js = browser_js_as


if __name__ == "__main__":
    click_as(json.loads(sys.argv.pop(1)))
    main()
