from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..china_time import to_china


class RuralExplanationMixin(models.AbstractModel):
    """An amount or a judgement that explains itself (shared convention "explanation").

    A concrete model says by `_explain` which clause made it, with which parameter, from which inputs.
    """

    _name = "rural.explanation.mixin"
    _description = "Record that explains itself"

    clause_id = fields.Many2one("rural.clause", compute="_compute_explanation")
    parameter = fields.Reference(
        selection="_selection_parameter",
        string="Parameter Version",
        compute="_compute_explanation",
    )
    explanation = fields.Text(compute="_compute_explanation")

    @api.depends(lambda self: self._explanation_depends())
    @api.depends_context("lang")
    def _compute_explanation(self):
        for record in self:
            explained = record._explain()
            record.clause_id = self._clause(explained["clause"]) if explained else False
            record.parameter = explained.get("parameter") or False
            record.explanation = record._explanation_text(explained) if explained else False

    @api.model
    def _selection_parameter(self):
        names = self.env.registry.descendants(["rural.dated.mixin"], "_inherit")
        return [(name, self.env[name]._description) for name in sorted(names)]

    @api.model
    def _clause(self, code):
        """Return the clause of the rule book with that code, or an empty record."""
        return self.env["rural.clause"]._by_code(code)

    @api.model
    def _explanation_depends(self):
        """Hook: return the names of the fields on which the explanation rests."""
        return ()

    def _explain(self) -> dict:
        """Hook: say how this record came about; empty when there is nothing to explain.

        Keys: `clause` (code), `sentence` (text in the reader's language), and as far as there are any
        `parameter` (the dated record that applied) and `inputs` (label → value).
        """
        return {}

    def _explanation_text(self, explained) -> str:
        """Return the explanation as lines a person can read."""
        lines = [explained["sentence"]]
        lines += [
            self.env._("%(label)s: %(value)s", label=label, value=value)
            for label, value in explained.get("inputs", {}).items()
        ]
        if parameter := explained.get("parameter"):
            lines.append(self.env._("Parameter: %s", parameter.display_name))
        lines.append(self.env._("Rule: %s", self._clause(explained["clause"]).display_name))
        return "\n".join(lines)

    def _amount(self, value) -> str:
        """Return an amount as a person reads it, in the record's currency."""
        return formatLang(self.env, value, currency_obj=self.currency_id)

    @api.model
    def _china_time(self, moment) -> str:
        """Return a moment as clocks in China show it."""
        return to_china(moment).strftime("%Y-%m-%d %H:%M")
