"""Whoever has a menu may walk through it: its views, their filters and first records, and what these lead to.

A field that a role may not read must not stand on a form that the role opens, or carries `groups`.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg2
from web_client import Client, View

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.modules.registry import Registry

FORMS = 3
MANY = ("list", "kanban", "graph", "pivot", "calendar", "activity")
BARRED = (AccessError, MissingError, UserError, ValueError, KeyError, TypeError, psycopg2.Error)


@dataclass
class Role:
    """What is the same for all users with the same groups, and asked for once."""

    views: dict[tuple, dict[str, View] | None] = field(default_factory=dict)
    once: set[tuple] = field(default_factory=set)

    def first(self, *what: object) -> bool:
        """Tell whether nobody of the role has done this before."""
        new = what not in self.once
        self.once.add(what)
        return new


class Walk:
    """One user's way through all menus, and where it was barred."""

    def __init__(self, env: api.Environment, role: Role) -> None:
        self.client = Client(env)
        self.role = role
        self.env = env
        self.steps = 0
        self.barred: list[tuple[str, str]] = []
        self.opened: set[tuple] = set()
        self.links: dict[str, dict[int, str]] = {}

    def step(self, where: str, do: Callable, *arguments: object, **keywords: object) -> object:
        """Take a step; note who is barred where, and by what."""
        self.steps += 1
        try:
            return do(*arguments, **keywords)
        except BARRED as error:
            if isinstance(error, psycopg2.Error):
                self.env.cr.rollback()
            self.barred.append((where, f"{type(error).__name__}: {' '.join(str(error).split())}"))
        return None

    def all_menus(self) -> None:
        """Walk through every menu, then along the links found on the way."""
        for menu in self.client.menus:
            if menu["actionModel"] == "ir.actions.act_window" and not self._is_ours(menu["actionID"]):
                continue
            where = self.env["ir.ui.menu"].browse(menu["id"]).complete_name
            action = self.step(where, self.client.load_action, menu["actionModel"], menu["actionID"])
            if action and action.get("type") == "ir.actions.act_window":
                self.window(where, action)
        self.follow_links()

    def _is_ours(self, action: int) -> bool:
        """Tell whether an action shows a model that the suite has made or extended; the rest is Odoo's."""
        model = self.env["ir.actions.act_window"].sudo().browse(action).res_model
        return model in self.env and any(".rural_" in part.__module__ for part in type(self.env[model]).__bases__)

    def views(self, where: str, model: str, asked: list, context: dict, action: int | bool = False) -> dict | None:
        """Return the views of an action, by type."""
        key = (model, str(asked), action)
        if key not in self.role.views:
            self.role.views[key] = self.step(where, self.client.views, model, asked, context, action)
        return self.role.views[key]

    def window(self, where: str, action: dict) -> None:
        """Walk through the views of an action and the first records' forms."""
        model = action["res_model"]
        context, domain = action.get("context") or {}, action.get("domain") or []
        context = self.client.evaluate(context, {}) if isinstance(context, str) else context
        domain = self.client.evaluate(domain, []) if isinstance(domain, str) else domain
        asked = asked_views(action)
        views = self.views(f"{where} [{model}]", model, asked, context, action.get("id", False))
        if not views:
            return
        if asked[0][1] == "form":
            self.form(where, views["form"], action.get("res_id") or False, context)
            return
        rows = []
        for kind in MANY:
            if kind in views and (kind != "activity" or self.role.first(model, kind)):
                read = self.step(f"{where} [{model} {kind}]", self.client.open_rows, views[kind], domain, context)
                rows = rows or read or []
        for name, use in self.client.search(views["search"], domain, context):
            if self.role.first(model, str(action.get("search_view_id")), name):
                self.step(f"{where} [{model} search {name}]", use)
        for row in rows[:FORMS]:
            self.form(where, views["form"], row["id"], context)

    def form(self, where: str, view: View, record: int | bool, context: dict) -> None:
        """Open a record's form, and remember what it leads to."""
        name = f"{where} [{view.model} form {record}]"
        opened = (view.model, record, len(view.specification()))
        if record and opened in self.opened:
            return
        self.opened.add(opened)
        values = self.step(name, self.client.open_record, view, record, context) or {}
        for field_name, value in values.items():
            description = view.fields[view.model].get(field_name, {})
            if description.get("type") == "many2one" and value:
                self.links.setdefault(description["relation"], {})[value["id"]] = f"{name} {field_name}"

    def follow_links(self) -> None:
        """Open what forms lead to, as far as the user may read it."""
        for model, links in list(self.links.items()):
            if not model.startswith("rural.") or not self.env[model].has_access("read"):
                continue
            for record in self.env[model].browse(links)._filtered_access("read"):
                where = f"{links[record.id]} →"
                views = self.views(where, model, [[False, "form"]], {})
                if views:
                    self.form(where, views["form"], record.id, {})


def asked_views(action: dict) -> list[list]:
    """Return the views that the web client asks for: those of the action, a form and the search."""
    modes = action.get("view_mode", "list,form").split(",")
    shown = action.get("views") or [
        (action.get("view_id", False) if mode == modes[0] else False, mode) for mode in modes
    ]
    asked = [[view[0] if isinstance(view, (list, tuple)) else view, kind] for view, kind in shown]
    if "form" not in [kind for _view, kind in asked]:
        asked.append([False, "form"])
    search = action.get("search_view_id")
    return [*asked, [search[0] if search else False, "search"]]


def walks() -> Iterator[tuple[str, Walk]]:
    """Let every internal user walk through all menus, in a transaction that is rolled back."""
    registry = Registry(os.environ["RURAL_DATABASE"])
    roles: dict[tuple, Role] = {}
    with registry.cursor() as cr:
        users = api.Environment(cr, SUPERUSER_ID, {})["res.users"].search([("share", "=", False)])
        everybody = [
            (user.id, user.login, user.company_id.id, tuple(sorted(user.all_group_ids.ids)), user.tz) for user in users
        ]
    for user, login, company, groups, zone in everybody:
        with registry.cursor() as cr:
            context = {"lang": "en_US", "tz": zone, "uid": user, "allowed_company_ids": [company]}
            walk = Walk(api.Environment(cr, user, context), roles.setdefault(groups, Role()))
            walk.all_menus()
            yield login, walk
            cr.rollback()


def test_every_menu_leads_somewhere_for_whoever_has_it():
    steps, barred, users = 0, [], 0
    for login, walk in walks():
        users, steps = users + 1, steps + walk.steps
        barred += [" | ".join((login, *each)) for each in walk.barred]
    assert users > 15
    assert steps > 5000
    assert not barred, "\n".join([f"{len(barred)} of {steps}:", *barred])
