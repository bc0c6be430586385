from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.rural_base import china_time

from .rural_board import ALL, MINE, MOST

APPLICATIONS = "rural_center_application.action_rural_center_application"


class RuralBoardArea(models.AbstractModel):
    """An area manager's board: her applications, her centers against their targets, what is due (SC-03, SC-16)."""

    _name = "rural.board.area"
    _inherit = "rural.board"
    _description = "Area Board"
    _groups = ("rural_base.group_operations",)

    @api.model
    def _usual_place(self, places):
        return MINE if MINE in places else ALL

    @api.model
    def _content(self, scope):
        monthly, regional = self._monthly_turnover(scope), self._regional_turnover(scope)
        targets, expiring = self._target_rows(scope), self._expiring(scope)
        return {
            "figures": [
                self._applications_figure(scope),
                self._activities_figure(),
                self._targets_figure(targets),
                self._expiring_figure(expiring),
                self._centers_figure(scope),
                self._deposits_figure(scope),
                *self._turnover_figures(scope, monthly)[:2],
            ],
            "panels": [
                self._targets_panel(targets),
                self._activities_panel(),
                self._applications_panel(scope),
                self._turnover_by_month(scope, monthly),
                self._turnover_by_region(scope, regional),
                self._expiring_panel(scope, expiring),
                self._deposits_short(scope),
            ],
        }

    # ------------------------------------------------------------------
    # Applications (SC-02, SC-03)
    # ------------------------------------------------------------------

    def _applications_domain(self, scope):
        # One without a region waits for anybody to say which is meant.
        places = scope.places("region_id") | Domain("region_id", "=", False)
        return Domain("state", "in", ("draft", "submitted")) & places

    def _applications_figure(self, scope):
        applications = self.env["rural.center.application"]
        domain = self._applications_domain(scope) & Domain("state", "=", "submitted")
        late = applications.search_count(domain & Domain("review_deadline", "<", fields.Datetime.now()))
        return {
            "label": self.env._("Applications to Decide"),
            "value": applications.search_count(domain),
            "type": "count",
            "hint": self.env._("%s of them late", late) if late else self.env._("none of them late"),
            "tone": "bad" if late else "",
            "action": self._open(APPLICATIONS, domain),
        }

    def _applications_panel(self, scope):
        """Return the open applications, those that wait longest first."""
        domain = self._applications_domain(scope)
        applications = self.env["rural.center.application"].search(domain, order="review_deadline, id", limit=MOST)
        now = fields.Datetime.now()
        return {
            "name": "applications",
            "title": self.env._("Open Applications"),
            "columns": [
                {"name": "applicant", "label": self.env._("Applicant"), "type": "text"},
                {"name": "region", "label": self.env._("Requested Region"), "type": "text"},
                {"name": "state", "label": self.env._("State"), "type": "badge"},
                {"name": "deadline", "label": self.env._("Decide Until"), "type": "day"},
            ],
            "rows": [
                {
                    "applicant": application.applicant_name or application.name,
                    "region": application.region_id.display_name or application.region_text or "",
                    "state": {
                        "value": self._label(application._name, "state", application.state),
                        "tone": "main" if application.state == "submitted" else "rest",
                    },
                    "deadline": self._day(
                        application.review_deadline and china_time.to_china(application.review_deadline).date(),
                        late=application.review_deadline and application.review_deadline < now,
                    ),
                    "action": self._open_record(application),
                }
                for application in applications
            ],
            "more": self._open(APPLICATIONS, domain),
            "empty": self.env._("No application waits."),
        }

    # ------------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------------

    def _activities_domain(self):
        return Domain("user_id", "=", self.env.uid) & Domain("res_model", "=like", "rural.%")

    def _activities_figure(self):
        activities = self.env["mail.activity"]
        due = self._activities_domain() & Domain("date_deadline", "<=", china_time.today())
        late = activities.search_count(due & Domain("date_deadline", "<", china_time.today()))
        return {
            "label": self.env._("My Activities Due"),
            "value": activities.search_count(due),
            "type": "count",
            "hint": self.env._("%s of them late", late) if late else self.env._("none of them late"),
            "tone": "bad" if late else "",
            "action": self._open("mail.mail_activity_action", due),
        }

    def _activities_panel(self):
        """Return the reader's own activities on records of the suite, the earliest first."""
        activities = self.env["mail.activity"].search(self._activities_domain(), order="date_deadline, id", limit=MOST)
        return {
            "name": "activities",
            "title": self.env._("My Activities"),
            "columns": [
                {"name": "deadline", "label": self.env._("Deadline"), "type": "day"},
                {"name": "what", "label": self.env._("To Do"), "type": "text"},
                {"name": "record", "label": self.env._("Concerns"), "type": "text"},
            ],
            "rows": [
                {
                    "deadline": self._day(activity.date_deadline, late=activity.date_deadline < china_time.today()),
                    "what": activity.summary or activity.activity_type_id.name or "",
                    "record": activity.res_name or "",
                    "action": self._open_record(self.env[activity.res_model].browse(activity.res_id)),
                }
                for activity in activities
            ],
            "more": self._open("mail.mail_activity_action", self._activities_domain()),
            "empty": self.env._("Nothing waits for you."),
        }
