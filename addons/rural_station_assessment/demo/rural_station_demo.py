import io

from PIL import Image, ImageDraw

from odoo import api, fields, models

from odoo.addons.rural_base import china_time

SIZE = (640, 480)


def picture(kind: str) -> bytes:
    """Draw what a photo of a station may look like: a front, shelves, a page of the ledger, folders."""
    image = Image.new("RGB", SIZE, "#dfe7ea")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 360, 640, 480), fill="#b7a68c")
    if kind == "front":
        draw.rectangle((70, 110, 570, 400), fill="#f4efe3", outline="#7a6a55", width=4)
        draw.rectangle((70, 70, 570, 150), fill="#c0392b")
        draw.rectangle((260, 220, 380, 400), fill="#6b8fa3", outline="#41606f", width=4)
        for left in (110, 430):
            draw.rectangle((left, 210, left + 100, 300), fill="#a9cbd8", outline="#41606f", width=4)
    elif kind == "shelves":
        for row, top in enumerate((90, 190, 290)):
            draw.rectangle((60, top + 70, 580, top + 82), fill="#7a5c3a")
            for place in range(8):
                colour = ("#d35400", "#27ae60", "#2980b9", "#f1c40f")[(place + row) % 4]
                draw.rectangle((75 + place * 63, top, 120 + place * 63, top + 70), fill=colour)
    elif kind == "ledger":
        draw.rectangle((110, 50, 530, 440), fill="white", outline="#888888", width=3)
        for line in range(11):
            draw.line((130, 90 + line * 31, 510, 90 + line * 31), fill="#7f8c8d", width=2)
        for column in (200, 340, 430):
            draw.line((column, 70, column, 430), fill="#bdc3c7", width=2)
    else:
        for place, colour in enumerate(("#2c3e50", "#16a085", "#8e44ad", "#c0392b")):
            draw.rectangle((110 + place * 110, 120, 200 + place * 110, 420), fill=colour, outline="black", width=2)
            draw.rectangle((125 + place * 110, 160, 185 + place * 110, 220), fill="white")
    stream = io.BytesIO()
    image.quantize(32).save(stream, "PNG", optimize=True)
    return stream.getvalue()


class RuralStationDemo(models.AbstractModel):
    """Demo data of inspections: problems that are put right, sent back and checked, each by another person."""

    _inherit = "rural.station.demo"

    @api.model
    def _handle_problems(self):
        """Let operations and its manager work on what the inspections have found (ST-06)."""
        demo = self._in_company()
        problems = demo.env["rural.station.problem"].search([("state", "=", "open")], order="found_on desc, id")
        today = china_time.today()
        # Those of the past are long done, the latest ones are in all states.
        for place, problem in enumerate(problems):
            if place % 5 == 0:
                problem.due_on = fields.Date.add(today, days=2 + place % 4)
            elif place % 5 > 1:
                demo._put_right(problem, place)
            if place % 5 == 3:
                demo._as("director", problem)._send_back("照片看不清，请重新整改")
            elif place % 5 == 4:
                demo._as("director", problem).action_check()

    @api.model
    def _record_inspections(self, login):
        """Let an area partner inspect some stations today, with a telephone; one of them from too far away (ST-06)."""
        demo = self._in_company()
        partner = demo._user(login)
        stations = demo.env["rural.station"].search(
            [("area_partner_id", "=", partner.partner_id.id), ("state", "=", "open")], limit=4
        )
        now = fields.Datetime.now()
        problems = {1: (140, "货架第二层积灰，有两包饼干过期"), 2: (180, "上周三笔快递没有登记")}
        for place, station in enumerate(stations):
            made = fields.Datetime.subtract(now, minutes=40 * (place + 1))
            wrong = problems.get(place, (0, ""))
            demo._as(login, station)._record_inspection(
                {
                    "number": f"XJ{china_time.to_china(made):%Y%m%d}-DEMO{place:04}",
                    "inspected_at": f"{made}Z",
                    "position_at": f"{made}Z",
                    "longitude": station.longitude + (0.1 if place == 3 else 0.0005),
                    "latitude": station.latitude + 0.0004,
                    "accuracy": 9 + place,
                    "answers": demo._answers(wrong),
                }
            )

    def _answers(self, wrong):
        """Answer the checklist of today: all in order but one item, with the photos that are asked for."""
        number, note = wrong
        kinds = {130: "front", 140: "shelves", 170: "ledger", 200: "folders"}
        return [
            {
                "item": item.id,
                "answer": "problem" if item.number == number else "ok",
                "note": note if item.number == number else "",
                "photos": [(f"{item.number}.png", picture(kinds.get(item.number, "front")))]
                if item.needs_photo
                else [],
            }
            for item in self.env["rural.station.check.item"]._checklist_on(china_time.today())
        ]

    def _put_right(self, problem, place):
        kind = ("front", "shelves", "ledger", "folders")[place % 4]
        own = self._as("operations", problem)
        file = own.env["ir.attachment"].create({"name": f"整改{place:02}.png", "raw": picture(kind)})
        own.write({"attachment_ids": [fields.Command.link(file.id)]})
        own._put_right("已整改，见照片")
