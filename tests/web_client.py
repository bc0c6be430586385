"""What the web client asks the server for when somebody opens a menu, a view, a record; without a browser."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from odoo import api
from odoo.service.model import call_kw
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import dateutil as safe_dateutil
from odoo.tools.safe_eval import safe_eval, time

ROWS = 80
LINES = 40
SUBVIEWS = ("list", "kanban", "form")
#: Widgets of a many2one that offer all its records at once.
CHOICE_WIDGETS = {"statusbar", "radio", "selection", "selection_badge"}
#: What other widgets than a table read of the records that a field points to.
TAG_FIELDS = {"many2many_binary": ("name", "mimetype")}


@dataclass
class View:
    """A view as a user gets it: without what the user's groups may not see."""

    model: str
    type: str
    arch: etree._Element
    fields: dict[str, dict[str, dict]]

    def field_nodes(self, node: etree._Element | None = None) -> Iterator[etree._Element]:
        """Give the nodes of the view's own fields, not those of the tables within it."""
        for child in self.arch if node is None else node:
            if not isinstance(child.tag, str):
                continue
            if child.tag == "field" and child.get("name"):
                yield child
            elif child.tag not in ("searchpanel", "groupby"):
                yield from self.field_nodes(child)

    def specification(self) -> dict:
        """Return what `web_read` is asked for."""
        known = self.fields[self.model]
        wanted = {node.get("name"): node for node in self.field_nodes() if node.get("name") in known}
        specification = {name: self._of_field(node, known[name]) for name, node in wanted.items()}
        if self.type in ("form", "kanban", "list"):
            specification.setdefault("display_name", {})
        return specification

    def _of_field(self, node: etree._Element, description: dict) -> dict:
        if description["type"] in ("many2one", "reference", "properties"):
            return {"fields": {"display_name": {}}}
        if description["type"] not in ("one2many", "many2many"):
            return {}
        tables = [child for child in node if child.tag in SUBVIEWS]
        inside: dict = {"display_name": {}}
        for table in tables:
            inside |= View(description["relation"], table.tag, table, self.fields).specification()
        if not tables:
            inside |= {name: {} for name in TAG_FIELDS.get(node.get("widget"), ())}
            options = safe_eval(node.get("options") or "{}", {"true": True, "false": False})
            if options.get("color_field"):
                inside[options["color_field"]] = {}
        return {"fields": inside, "limit": LINES}

    def choices(self) -> Iterator[str]:
        """Give the models whose records a widget offers all at once."""
        known = self.fields[self.model]
        for node in self.field_nodes():
            description = known.get(node.get("name"), {})
            if description.get("type") == "many2one" and node.get("widget") in CHOICE_WIDGETS:
                yield description["relation"]


@dataclass
class Client:
    """A user's web client."""

    env: api.Environment
    menus: list[dict] = field(init=False)

    def __post_init__(self) -> None:
        everything = self.env["ir.ui.menu"].load_web_menus(False)
        self.menus = [menu for menu in everything.values() if menu.get("actionID")]

    def call(self, model: str, method: str, *arguments: object, **keywords: object) -> object:
        """Call a method as from outside: by its public name, with the user's own rights."""
        context = {**self.env.context, **keywords.pop("context", {})}
        return call_kw(self.env[model], method, list(arguments), {"context": context, **keywords})

    def evaluate(self, text: str | None, default: object) -> object:
        """Return the value of a domain or a context of an action or a view."""
        names = {
            "uid": self.env.uid,
            "context": self.env.context,
            "active_id": False,
            "active_ids": [],
            "time": time,
            "datetime": safe_datetime,
            "relativedelta": safe_dateutil.relativedelta.relativedelta,
            "context_today": datetime.date.today,
            "current_date": datetime.date.today().isoformat(),
            "allowed_company_ids": self.env.context["allowed_company_ids"],
            "self": self.env.uid,
            "true": True,
            "false": False,
        }
        return safe_eval(text, names) if text else default

    def load_action(self, kind: str, action: int) -> dict:
        """Return an action as the server describes it; one that runs on the server is run."""
        record = self.env[kind].browse(action)
        if kind == "ir.actions.server":
            return record.with_context(active_model=False, active_id=False, active_ids=[]).run() or {}
        return record.sudo()._get_action_dict()

    def views(self, model: str, views: list, context: dict, action: int | bool = False) -> dict[str, View]:
        """Return the views of an action, by type."""
        options = {"toolbar": True, "load_filters": True, "action_id": action}
        answer = self.call(model, "get_views", views, options, context=context)
        fields = {name: about["fields"] for name, about in answer["models"].items()}
        return {
            kind: View(model, kind, etree.fromstring(view["arch"]), fields) for kind, view in answer["views"].items()
        }

    def open_rows(self, view: View, domain: list, context: dict) -> list[dict]:
        """Read what a view of many records shows; return its first records."""
        if view.type in ("list", "kanban"):
            asked = {"specification": view.specification(), "limit": ROWS, "context": context}
            return self.call(view.model, "web_search_read", domain, **asked)["records"]
        if view.type in ("graph", "pivot"):
            self._read_groups(view, domain, context)
        elif view.type == "calendar":
            names = [node.get("name") for node in view.field_nodes()]
            names += [view.arch.get(name) for name in ("date_start", "date_stop", "color") if view.arch.get(name)]
            self.call(view.model, "search_read", domain, sorted(set(names)), context=context)
        elif view.type == "activity":
            self.call("mail.activity", "get_activity_data", view.model, domain, context=context)
        return []

    def _read_groups(self, view: View, domain: list, context: dict) -> None:
        known = view.fields[view.model]
        nodes = list(view.field_nodes())
        measures = [node.get("name") for node in nodes if node.get("type") == "measure"]
        aggregates = [f"{name}:{known[name]['aggregator']}" for name in measures if known[name].get("aggregator")]
        groups = [
            f"{node.get('name')}:{node.get('interval', 'month')}"
            if known[node.get("name")]["type"] in ("date", "datetime")
            else node.get("name")
            for node in nodes
            if node.get("type") in ("row", "col") or (view.type == "graph" and node.get("type") != "measure")
        ]
        self.call(view.model, "formatted_read_group", domain, groups, ["__count", *aggregates], context=context)

    def search(self, view: View, domain: list, context: dict) -> Iterator[tuple[str, object]]:
        """Give each filter and group of a search view, with a function that uses it."""
        for node in view.arch.iter("filter"):
            name = node.get("name") or node.get("string")
            if node.get("domain"):
                more = self.evaluate(node.get("domain"), [])
                yield name, lambda more=more: self.call(view.model, "search_count", [*domain, *more], context=context)
            group = self.evaluate(node.get("context"), {}).get("group_by")
            for group_by in [group] if isinstance(group, str) else group or []:
                kind = view.fields[view.model].get(group_by, {}).get("type")
                if kind == "properties":
                    continue
                group_by = f"{group_by}:month" if kind in ("date", "datetime") else group_by
                asked = {"groupby": [group_by], "aggregates": ["__count"], "context": context}
                yield name, lambda asked=asked: self.call(view.model, "web_read_group", domain, **asked)
        for panel in view.arch.iter("searchpanel"):
            for node in panel.iter("field"):
                method = (
                    "search_panel_select_multi_range" if node.get("select") == "multi" else "search_panel_select_range"
                )
                asked = {"search_domain": domain, "context": context}
                yield node.get("name"), lambda n=node, m=method, a=asked: self.call(view.model, m, n.get("name"), **a)

    def open_record(self, view: View, record: int, context: dict) -> dict:
        """Read what a form shows of a record, or of a new one."""
        specification = view.specification()
        for model in view.choices():
            self.call(model, "name_search", "")
        if not record:
            self.call(view.model, "onchange", [], {}, [], specification, context=context)
            return {}
        [values] = self.call(view.model, "web_read", [record], specification, context=context)
        return values
