from decimal import Decimal
from fractions import Fraction

from odoo import api, fields, models
from odoo.fields import Date, Domain

from odoo.addons.rural_assessment import rules
from odoo.addons.rural_base import china_time
from odoo.addons.rural_center_agreement.models.agreement.agreement import TARGETS

from .rural_board import ALL, MINE, MOST

APPLICATIONS = "rural_center_application.action_center_application"
AGREEMENTS = "rural_center_agreement.action_center_agreement"
CERTIFICATES = "rural_center_agreement.action_center_certificate"
REMINDER_DAYS = "center_renewal_reminder_days"


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

    # ------------------------------------------------------------------
    # Targets (SC-16)
    # ------------------------------------------------------------------

    def _target_rows(self, scope):
        """Return a row for each agreement in force in the year: completions as measured now, and the pace.

        The pace is the share of the agreement's days that are over: who is behind it will miss the target.
        """
        agreements = self.env["rural.center.agreement"].search(
            Domain("year", "=", scope.year)
            & Domain("stage", "in", ("active", "ended"))
            & Domain("company_id", "=", self.env.company.id)
            & scope.places("region_id")
        )
        # One query measures all centers; whoever may read an agreement may know how far it is met.
        measured = self.env["rural.indicator"].sudo()._measure(self.env.company, scope.year, agreements.center_id)
        assessment = self.env["rural.assessment"].sudo().new({"year": scope.year, "company_id": self.env.company.id})
        weights = [Decimal(str(version.value)) for version in assessment._weights()]
        rows = [self._target_row(agreement, measured[agreement.center_id.id], weights) for agreement in agreements]
        return sorted(rows, key=lambda row: row["overall"]["value"] - row["pace"])

    def _target_row(self, agreement, measured, weights):
        pace = self._pace(agreement)
        row = {"center": agreement.center_id.name, "pace": pace, "action": self._open_record(agreement)}
        completions = []
        for name, target_name in zip(rules.INDICATORS, TARGETS, strict=True):
            actual, target = measured[name], agreement[target_name]
            completions.append(rules.completion(None if actual is None else Decimal(str(actual)), Decimal(str(target))))
            row[name] = {
                **self._progress(completions[-1], pace),
                "text": self._indicator_text(name, actual, target),
            }
        row["overall"] = self._progress(rules.overall(completions, weights), pace)
        row["all_met"] = all(share >= 1 for share in completions)
        return row

    def _pace(self, agreement):
        days = (agreement.date_to - agreement.date_from).days + 1
        over = (china_time.today() - agreement.date_from).days + 1
        return max(0.0, min(over / days, 1.0))

    def _progress(self, share: Fraction, pace):
        value = float(rules.shown(share))
        tone = "good" if value >= min(pace, 1.0) else "warn" if value >= 0.8 * pace else "bad"
        return {"value": value, "tone": tone, "mark": pace}

    def _indicator_text(self, name, actual, target):
        if name == "satisfaction":
            shown = "–" if actual is None else f"{float(actual):.1%}"
            return f"{shown} / {target:.0%}"
        if name == "purchasers":
            return f"{actual} / {target}"
        return f"{float(actual):,.0f} / {target:,.0f}"

    def _targets_figure(self, rows):
        behind = sum(row["overall"]["tone"] != "good" for row in rows)
        return {
            "label": self.env._("Centers on Their Way to the Targets"),
            "value": len(rows) - behind,
            "type": "count",
            "hint": self.env._(
                "of %(count)s with an agreement; %(met)s have met all",
                count=len(rows),
                met=sum(row["all_met"] for row in rows),
            ),
            "tone": "warn" if behind else "good",
            "action": self._open(AGREEMENTS, [("stage", "in", ("active", "ended"))]),
        }

    def _targets_panel(self, rows):
        measures = (*rules.INDICATORS, "overall")
        labels = self.env["rural.assessment.line"].fields_get(measures, ["string"])
        return {
            "name": "targets",
            "title": self.env._("Centers Against Their Targets"),
            "hint": self.env._("The mark on a bar is the share of the year that is over."),
            "wide": True,
            "columns": [{"name": "center", "label": self.env._("Service Center"), "type": "text"}]
            + [{"name": name, "label": labels[name]["string"], "type": "progress"} for name in measures],
            "rows": rows[: 2 * MOST],
            "more": self._open(AGREEMENTS, [("stage", "in", ("active", "ended"))]),
            "empty": self.env._("No center has an agreement in force in this year."),
        }

    # ------------------------------------------------------------------
    # What expires (SC-05)
    # ------------------------------------------------------------------

    def _expiring(self, scope):
        """Return what expires soon, or has expired: (last day, center, what, record)."""
        today = china_time.today()
        days = self.env["rural.parameter"]._value_on(REMINDER_DAYS, today, self.env.company).value
        certificates = self.env["rural.center.certificate"].search(
            Domain("state", "=", "valid")
            & Domain("valid_to", "<=", Date.add(today, days=int(days)))
            & scope.places("region_id")
        )
        documents = self.env["rural.center.document"].search(
            Domain("state", "in", ("expiring", "expired"))
            & Domain("center_id.active", "=", True)
            & scope.places("center_id.region_id")
        )
        title = self.env["ir.model"]._get("rural.center.certificate").name
        expiring = [
            (certificate.valid_to, certificate.center_id, f"{title} {certificate.number}", certificate)
            for certificate in certificates
        ]
        expiring += [
            (document.valid_until, document.center_id, document.kind_id.name, document) for document in documents
        ]
        return sorted(expiring, key=lambda entry: (entry[0], entry[1].id))

    def _expiring_figure(self, expiring):
        late = sum(last_day < china_time.today() for last_day, *_rest in expiring)
        return {
            "label": self.env._("Expiring Soon"),
            "value": len(expiring),
            "type": "count",
            "hint": self.env._("%s have expired", late) if late else self.env._("certificates and documents"),
            "tone": "bad" if late else "warn" if expiring else "good",
        }

    def _expiring_panel(self, scope, expiring):
        return {
            "name": "expiring",
            "title": self.env._("Certificates and Documents That Expire"),
            "columns": [
                {"name": "last_day", "label": self.env._("Last Day"), "type": "day"},
                {"name": "center", "label": self.env._("Service Center"), "type": "text"},
                {"name": "what", "label": self.env._("What"), "type": "text"},
            ],
            "rows": [
                {
                    "last_day": self._day(last_day, late=last_day < china_time.today()),
                    "center": center.name,
                    "what": what,
                    "action": self._open_record(record),
                }
                for last_day, center, what, record in expiring[:MOST]
            ],
            "more": self._open(CERTIFICATES, scope.places("region_id")),
            "empty": self.env._("Nothing expires soon."),
        }
