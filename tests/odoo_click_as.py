"""Odoo's command line, whose robot clicks through each app as those who work in it, and each menu once.

odoo_click_as.py '{"rural_base.menu_home": ["officer"], …}' [Odoo's arguments]
"""

import json
import re
import sys

from odoo.cli import main
from odoo.tests import HttpCase

APP = re.compile(r"startClickEverywhere\('(.+?)'\)")


def menus_to_open(user, app):
    """Return the menus of an app that a user sees and that open something, the app itself as well."""
    menus = user.env["ir.ui.menu"].with_user(user).load_web_menus(False)
    of_app = [menu for menu in menus.values() if menu.get("appID") and menus[menu["appID"]]["xmlid"] == app]
    return user.env["ir.ui.menu"].browse(menu["id"] for menu in of_app if menu["actionID"] and not menu["children"])


def click_as(logins_of: dict[str, list[str]]) -> None:
    """Let the robot come as those who are named for an app; an app without anybody fails.

    What one has opened is hidden from the next, who opens the rest.
    """
    browser_js = HttpCase.browser_js

    def browser_js_as(case, url_path, code, ready="", login=None, **options):
        [app] = APP.findall(code)
        for person in logins_of[app]:
            user = case.env["res.users"].search([("login", "=", person)])
            menus = menus_to_open(user, app)
            with case.subTest(app=app, login=person):
                case.assertTrue(menus, f"{person} opens no menu of {app} that those before do not open")
                print("Clicked:", *sorted(menus.get_external_id().values()), flush=True)  # noqa: T201
                browser_js(case, url_path, code, ready, login=person, **options)
            menus.active = False

    HttpCase.browser_js = browser_js_as


if __name__ == "__main__":
    click_as(json.loads(sys.argv.pop(1)))
    main()
