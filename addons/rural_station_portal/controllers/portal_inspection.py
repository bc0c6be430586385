import json

from werkzeug.exceptions import BadRequest, NotFound

from odoo import fields, http
from odoo.http import request
from odoo.tools import file_open

from odoo.addons.rural_base import china_time
from odoo.addons.rural_portal import page

from .page import StationPage

#: Pages that the telephone keeps for villages without a network; all begin so, and have no language before them.
SCOPE = "/my/area/inspect"
WORKER = "rural_station_portal/static/src/inspection/worker.js"


class AreaInspections(StationPage, http.Controller):
    """The area partner's inspections (ST-06). The telephone keeps these pages, so they have one address only."""

    @http.route(f"{SCOPE}ions", type="http", auth="user", website=True, multilang=False, readonly=True)
    def inspections(self, area=None, **_arguments):
        """Show what is due this month at the own stations, and what waits on the telephone."""
        area = self._my_area(area)
        months = request.env["rural.station.inspection.month"].sudo()
        today = china_time.today()
        query = months._lines_query(area.sudo().company_id, fields.Date.start_of(today, "month"), 0)
        figures = {line["station_id"]: line for line in request.env.execute_query_dict(query)}
        stations = area.sudo().station_ids.filtered(lambda station: station.id in figures)
        stations = stations.sorted(lambda station: (-figures[station.id]["missing"], station.code))
        return self._show(
            "inspections_page",
            "area_inspections",
            area=area,
            areas=self._my_areas().sudo(),
            stations=stations,
            figures=figures,
            problem_count=len(self._problems(area)),
            months=months._sums_of(request.env.user.partner_id, area.sudo().company_id),
            partner=request.env.user.partner_id.sudo(),
        )

    @http.route(f"{SCOPE}/<int:station_id>", type="http", auth="user", website=True, multilang=False, readonly=True)
    def inspect(self, station_id, **_arguments):
        """Give the page on which a station is inspected; it works without a network once it was opened."""
        station = self._my_area_station(station_id).sudo()
        today = china_time.today()
        parameters = request.env["rural.parameter"].sudo()
        return self._show(
            "inspect_page",
            "area_inspections",
            area=station.area_id,
            inspected=station,
            items=request.env["rural.station.check.item"]._checklist_on(today),
            subjects=request.env["rural.station.check.item"]._fields["subject"]._description_selection(request.env),
            problems=station.problem_ids.filtered(lambda problem: problem.state != "closed"),
            distance=parameters._value_on("station_inspection_distance", today, station.company_id).value,
            partner=request.env.user.partner_id.sudo(),
        )

    @http.route(f"{SCOPE}/ready", type="http", auth="user", methods=["GET"])
    def ready(self, **_arguments):
        """Say which area partner is logged in, with what a form needs to be taken."""
        self._my_area()
        return self._answer(partner=request.env.user.partner_id.id, csrf_token=request.csrf_token())

    @http.route(f"{SCOPE}/<int:station_id>/send", type="http", auth="user", methods=["POST"])
    def send(self, station_id, inspection="", **_arguments):
        """Take an inspection that a telephone sends, its photos as files; what is refused is said in a sentence."""
        station, errors, result = self._my_area_station(station_id), [], {}
        vals = self._sent(inspection)
        with page.refusals(errors):
            result = station._record_inspection(vals)
        if errors:
            return self._answer(refused=errors[0])
        recorded = result["inspection"].sudo()
        return self._answer(
            outcome=result["outcome"],
            url=f"{SCOPE}ions/{recorded.id}",
            counts=recorded.outcome == "counted",
            sentence=recorded._explain()["sentence"],
            photos_refused=result["refused"],
        )

    @http.route("/my/area/inspect-worker.js", type="http", auth="public", methods=["GET"], readonly=True)
    def worker(self):
        """Give the script that keeps the pages on the telephone."""
        with file_open(WORKER) as script:
            headers = {"Content-Type": "text/javascript", "Service-Worker-Allowed": SCOPE, "Cache-Control": "no-cache"}
            return request.make_response(script.read(), list(headers.items()))

    @http.route(
        [f"{SCOPE}ions/list", f"{SCOPE}ions/list/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        multilang=False,
        readonly=True,
    )
    def recorded(self, number=1, station="", **_arguments):
        """List the inspections of the own areas."""
        area = self._my_area()
        domain = [("station_id.area_id", "in", self._my_areas().ids)]
        chosen = station and self._my_area_station(station)
        if chosen:
            domain.append(("station_id", "=", chosen.id))
        listed = page.paged(
            "rural.station.inspection",
            domain,
            "inspected_at desc, id desc",
            f"{SCOPE}ions/list",
            number,
            {"station": station},
        )
        return self._show("recorded_page", "area_inspections", area=area, chosen=chosen and chosen.sudo(), **listed)

    @http.route(
        f"{SCOPE}ions/<int:inspection_id>", type="http", auth="user", website=True, multilang=False, readonly=True
    )
    def inspection(self, inspection_id, **_arguments):
        """Show an inspection: whether it counts, what was found, the photos."""
        inspection = self._visible("rural.station.inspection", inspection_id)
        return self._show(
            "inspection_page", "area_inspections", area=inspection.sudo().area_id, inspection=inspection.sudo()
        )

    @http.route(f"{SCOPE}ions/<int:inspection_id>/photos/<int:photo_id>", type="http", auth="user", readonly=True)
    def photo(self, inspection_id, photo_id, **_arguments):
        """Give a photo of an inspection."""
        return self._photo(self._visible("rural.station.inspection", inspection_id).sudo().photo_ids, photo_id)

    # ------------------------------------------------------------------
    # Problems
    # ------------------------------------------------------------------

    @http.route(f"{SCOPE}ions/problems", type="http", auth="user", website=True, multilang=False, readonly=True)
    def problems(self, **_arguments):
        """List what is to be put right in the own areas."""
        area = self._my_area()
        return self._show("problems_page", "area_inspections", area=area, problems=self._problems(self._my_areas()))

    @http.route(
        f"{SCOPE}ions/problems/<int:problem_id>",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET", "POST"],
    )
    def problem(self, problem_id, note="", **_arguments):
        """Show a problem, and take that it is put right."""
        problem = self._visible("rural.station.problem", problem_id)
        if problem.sudo().area_id not in self._my_areas():
            raise NotFound()
        return self._show_problem(problem, note, f"{SCOPE}ions/problems", "area_inspections")

    @http.route("/my/station/problems", type="http", auth="user", website=True, readonly=True)
    def own_problems(self, **_arguments):
        """List what is to be put right at the own station."""
        station = self._my_station()
        problems = station.sudo().problem_ids.filtered(lambda problem: problem.state != "closed")
        return self._show("problems_page", "station_problems", station=station, problems=problems)

    @http.route(
        "/my/station/problems/<int:problem_id>", type="http", auth="user", website=True, methods=["GET", "POST"]
    )
    def own_problem(self, problem_id, note="", **_arguments):
        """Show a problem of the own station, and take that it is put right."""
        problem = self._visible("rural.station.problem", problem_id)
        self._my_station(problem.sudo().station_id.id)
        return self._show_problem(problem, note, "/my/station/problems", "station_problems")

    @http.route("/my/station/problems/<int:problem_id>/photos/<int:photo_id>", type="http", auth="user", readonly=True)
    def proof(self, problem_id, photo_id, **_arguments):
        """Give a photo of a problem, to the partners of the station and of its area."""
        return self._photo(self._visible("rural.station.problem", problem_id).sudo().attachment_ids, photo_id)

    # ------------------------------------------------------------------
    # How it is done
    # ------------------------------------------------------------------

    def _problems(self, areas):
        return (
            request.env["rural.station.problem"]
            .search([("area_id", "in", areas.ids), ("state", "!=", "closed")], order="due_on, id")
            .sudo()
        )

    def _visible(self, model, record_id):
        """Return a record of the own stations, with the reader's rights."""
        return page.get_visible(model, record_id).sudo(False)

    def _show_problem(self, problem, note, url, page_name):
        errors = []
        if request.httprequest.method == "POST":
            photos = [(each.filename, each.read()) for each in request.httprequest.files.getlist("photos") if each]
            with page.refusals(errors):
                errors += problem._put_right_as_partner(note, photos)
            if not errors:
                return request.redirect(f"{url}?done=put_right")
        shown = problem.sudo()
        whose = {"station": shown.station_id} if page_name.startswith("station_") else {"area": shown.area_id}
        return self._show("problem_page", page_name, problem=shown, url=url, note=note, errors=errors, **whose)

    def _photo(self, photos, photo_id):
        photo = photos.filtered(lambda each: each.id == photo_id)
        if not photo:
            raise NotFound()
        return request.env["ir.binary"]._get_stream_from(photo, "raw").get_response()

    def _sent(self, text) -> dict:
        """Return what a telephone says, with the photos that came as files in their places.

        :raises BadRequest: for what no telephone of ours sends
        """
        try:
            vals = json.loads(text)
            parts = [vals, *vals.get("answers", []), *vals.get("problems", [])]
            for part in parts:
                part["photos"] = [
                    (each.filename, each.read())
                    for key in part.get("photos") or ()
                    if (each := request.httprequest.files.get(str(key)))
                ]
        except (AttributeError, TypeError, ValueError) as error:
            raise BadRequest() from error
        return vals

    def _answer(self, **vals):
        return request.make_json_response(vals, [("Cache-Control", "no-store")])
