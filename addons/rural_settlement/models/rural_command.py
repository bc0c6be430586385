from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError

SYSTEM = "__system__"


class RuralCommand(models.AbstractModel):
    _inherit = "rural.command"

    @api.model
    def _add_commands(self, subparsers):
        result = super()._add_commands(subparsers)
        parser = subparsers.add_parser(
            "statements",
            help="prepare statements; confirm and post them",
            description="Without a login, the system acts for the schedule, which the statement's history "
            "says. With logins, the same rules apply as on screen: nobody confirms what they prepared, or "
            "posts what they prepared or confirmed.",
        )
        parser.add_argument(
            "--month",
            help="YYYY-MM, and what earlier months leave open is said; all months, in their order, when left out",
        )
        parser.add_argument("--prepared-by", metavar="LOGIN", default=SYSTEM)
        for name, what in (
            ("confirm", "confirm the drafts"),
            ("agreed", "record that the centers agree"),
            ("post", "post what is agreed, or can no longer be disputed"),
        ):
            parser.add_argument(f"--{name}", metavar="LOGIN", nargs="?", const=SYSTEM, help=what)
        parser.add_argument("--agreement", metavar="TEXT", help="the paper or message by which the centers agree")
        parser.set_defaults(run=self._run_statements)
        return result

    @api.model
    def _run_statements(self, arguments):
        """Take statements as far as the arguments say; (counts and total, 0, or 1 when some are held up or refused)."""
        company = self.env.company
        months = arguments.month and [self._month(arguments.month)]
        Statement = self.env["rural.statement"]
        prepared, changed = self._acting(Statement, arguments.prepared_by)._prepare_drafts(company, months)
        counts = {"prepared": len(prepared), "updated": len(changed)}
        domain = [("company_id", "=", company.id)] + ([("month", "in", months)] if months else [])
        if arguments.confirm:
            drafts = self._closable(Statement.search([*domain, ("state", "=", "draft")]))
            refused = self._confirm_each_center(self._acting(drafts, arguments.confirm))
            counts["confirmed"] = len(drafts.filtered(lambda draft: draft.state != "draft"))
            counts |= {"refused": refused} if refused else {}
        confirmed = Statement.search([*domain, ("state", "=", "confirmed")], order="month, name")
        if arguments.agreed:
            waiting = confirmed.filtered(lambda statement: not statement.agreed_at and not statement.open_dispute_count)
            self._acting(waiting, arguments.agreed)._agree(
                arguments.agreement or self.env._("Recorded by the command line, for the schedule.")
            )
            counts["agreed"] = len(waiting)
        held_up = Statement
        if arguments.post:
            ready = confirmed.filtered("is_undisputed")
            held_up = confirmed - ready
            self._acting(ready, arguments.post)._post()
            counts |= {"posted": len(ready), "held_up": len(held_up)}
        if months and (left_open := Statement._open_before(company, months[0])):
            counts["open_before"] = {f"{month:%Y-%m}": f"{fee:.2f}" for month, fee in left_open.items()}
        statements = Statement.search([*domain, ("state", "!=", "cancelled")])
        totals = {"statements": len(statements), "fee": self._total(statements)}
        return {**counts, **totals}, int(bool(held_up or counts.get("refused")))

    @api.model
    def _closable(self, drafts):
        # A month that is not over stays a draft; a schedule tries again next month.
        return drafts.filtered("is_over").sorted(lambda statement: (statement.month, statement.name))

    @api.model
    def _confirm_each_center(self, drafts) -> list[str]:
        """Confirm drafts; where some are refused, those of the other centers all the same (SC-13).

        :return: why those of a center were refused, one sentence for each
        :raises UserError: where nothing can be confirmed
        """
        try:
            with self.env.cr.savepoint():
                self._confirm_drafts(drafts)
            return []
        except UserError as error:
            self.env.invalidate_all()
            centers, reasons = drafts.grouped("center_id"), []
            for of_center in centers.values():
                try:
                    with self.env.cr.savepoint():
                        self._confirm_drafts(of_center)
                except UserError as refusal:
                    self.env.invalidate_all()
                    reasons.append(str(refusal))
            if len(reasons) == len(centers):
                raise error
            return reasons

    @api.model
    def _confirm_drafts(self, drafts):
        if changed := drafts._confirm():
            raise UserError(self.env._("The figures of %s changed meanwhile.", ", ".join(changed.mapped("name"))))

    @api.model
    def _acting(self, records, login):
        if login == SYSTEM:
            return records.with_user(api.SUPERUSER_ID)
        user = self.env["res.users"].search([("login", "=", login)])
        if not user:
            raise UserError(self.env._("There is no user with the login %s.", login))
        return records.with_user(user).with_context(allowed_company_ids=self.env.company.ids)

    @api.model
    def _month(self, text):
        try:
            return datetime.strptime(text, "%Y-%m").date()
        except ValueError as error:
            raise UserError(self.env._("A month is written as 2022-03, not as %s.", text)) from error

    @api.model
    def _total(self, statements):
        return f"{sum(statements.mapped('fee')):.2f}"
