from odoo import api, fields, models
from odoo.exceptions import UserError

#: How many of the records are named.
NAMED = 8
#: Says which step of which model is asked about, in the context with which the web client asks for the view.
ASKED = "rural_step_view_ref"


class RuralStepReason(models.TransientModel):
    """Show what a step concerns, of one record or of many, ask why it is taken, and take it.

    Which steps there are, and what they are called, the records say by `_reason_steps`; who may take them is checked
    by the steps themselves.
    """

    _name = "rural.step.reason"
    _description = "Reason of a Step"

    document_model = fields.Char(required=True, readonly=True)
    document_ids = fields.Json(required=True, readonly=True)
    step = fields.Char(required=True, readonly=True)
    document_names = fields.Text("Concerns", compute="_compute_step")
    help = fields.Text("What Happens", compute="_compute_step")
    asks_day = fields.Boolean(compute="_compute_step")
    asks_reason = fields.Boolean(compute="_compute_step")
    day = fields.Date("Accounting Date", default=fields.Date.context_today)
    reason = fields.Text()

    @api.depends("document_model", "document_ids", "step")
    def _compute_step(self):
        for wizard in self:
            documents, step = wizard._documents(), wizard._step()
            line = step.get("line")
            shown = documents if line else documents[:NAMED]
            names = [getattr(document, line)() if line else document.display_name for document in shown]
            if shown != documents:
                names.append(self.env._("and %s more", len(documents - shown)))
            wizard.document_names = "\n".join(names)
            wizard.help = step.get("help")
            wizard.asks_day = step.get("day", False)
            wizard.asks_reason = step.get("reason", True)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.context.get(ASKED))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Let the button and the field say what the step does."""
        arch, view = super()._get_view(view_id, view_type, **options)
        model, _colon, step = (self.env.context.get(ASKED) or "").partition(":")
        if view_type == "form" and step:
            words = self._step_of(model, step)
            for button in arch.iterfind(".//button[@name='action_apply']"):
                button.set("string", words["button"])
            for field in arch.iterfind(".//field[@name='reason']"):
                field.set("placeholder", words.get("placeholder", ""))
        return arch, view

    def action_apply(self):
        """Take the step, with the reason where it takes one, and show what it leads to."""
        self.ensure_one()
        step = self._step()
        arguments = [self.reason] if step.get("reason", True) else []
        arguments += [self.day] if step.get("day") else []
        result = getattr(self._documents(), step["method"])(*arguments)
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}

    def _documents(self):
        self.ensure_one()
        self._step()
        documents = self.env[self.document_model].browse(self.document_ids)
        documents.check_access("read")
        return documents

    def _step(self) -> dict:
        return self._step_of(self.document_model, self.step)

    @api.model
    def _step_of(self, model, step) -> dict:
        if model in self.env.registry.descendants(["rural.step.mixin"], "_inherit"):
            steps = self.env[model]._reason_steps()
            if step in steps:
                return steps[step]
        raise UserError(self.env._("There is no such step. Close the dialog and begin again."))
