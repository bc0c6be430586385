import json
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    @api.model
    def _add_commands(self, subparsers):
        result = super()._add_commands(subparsers)
        parser = subparsers.add_parser("bonus", help="compute what recruiters are due for a period")
        parser.add_argument("kind", choices=("month", "quarter", "year"))
        parser.add_argument("period", metavar="PERIOD", help="such as 2023-05, 2023Q2 or 2023")
        parser.add_argument("--out", metavar="FILE.json", help="write the lines to this file as well")
        parser.set_defaults(run=self._run_bonus)
        return result

    @api.model
    def _run_bonus(self, arguments):
        """Compute the run of a period, unless it is final, and return each person's lines; ({…}, 0)."""
        first = self.env["rural.bonus.computation"]._period_of(arguments.kind, arguments.period)
        domain = [
            ("kind", "=", arguments.kind),
            ("date_from", "=", first),
            ("company_id", "=", self.env.company.id),
            ("state", "!=", "cancelled"),
        ]
        Run = self.env["rural.bonus.run"]
        run = Run.search(domain) or Run.create({"kind": arguments.kind, "date_from": first})
        if run.state == "draft":
            run.action_compute()
        result = run._as_json()
        if arguments.out:
            self._write_json(arguments.out, result)
        return result, 0

    @api.model
    def _write_json(self, path, result):
        text = json.dumps(result, ensure_ascii=False, indent=2)
        try:
            Path(path).write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise UserError(
                self.env._("%(file)s cannot be written: %(reason)s.", file=path, reason=error.strerror)
            ) from error
