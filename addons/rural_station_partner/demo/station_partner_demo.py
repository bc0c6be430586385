import base64
from datetime import date

from odoo import api, models
from odoo.tools import file_open

from odoo.addons.rural_base import china_time

from ..rules import CHECK_DIGITS, WEIGHTS
from .questions import BANK

#: Who enters, examines, decides and posts in the demo company.
MAKER, CHECKER, DIRECTOR, CASHIER = "operations", "area", "director", "cashier"
COUNTY = "422802"
#: The day on which the deposits of the stations came into these books.
OPENING_DAY = date(2026, 1, 5)
#: A station whose deposit is not paid in full.
SHORT = "ZD422802021"
#: Applicant, township, village, how far the application is.
APPLICATIONS = [
    ("牟春桃", "南坪乡", "双庙村", "web"),
    ("黄永福", "文斗镇", "龙口村", "applied"),
    ("瞿金莲", "毛坝镇", "花板村", "training"),
    ("罗明富", "沙溪乡", "张高寨村", "training"),
    ("周玉梅", "忠路镇", "龙渠村", "written"),
    ("邓兴旺", "建南镇", "联合村", "failed"),
    ("杨桂香", "汪营镇", "井坝村", "computer"),
    ("李秀芳", "柏杨坝镇", "雷家坪村", "interview"),
    ("谭建国", "谋道镇", "上磁村", "drawn_up"),
    ("向世华", "团堡镇", "石板岭村", "signed"),
    ("覃翠兰", "凉雾乡", "旗杆村", "opened"),
    ("冉大权", "元堡乡", "瑞坪村", "listed"),
    ("黄春桃", "东城街道", "岩洞寺村", "refused"),
    ("杨永福", "都亭街道", "杨柳村", "withdrawn"),
]
STEPS = ("training", "written", "computer", "interview", "agreed")
#: How many steps each one takes.
DEPTH = {
    "training": 1,
    "written": 2,
    "failed": 2,
    "computer": 3,
    "interview": 4,
    "drawn_up": 5,
    "signed": 5,
    "opened": 5,
}


class StationPartnerDemo(models.AbstractModel):
    """Applications at every step, the blacklist, and agreements and deposits of the stations that there are."""

    _name = "rural.station.partner.demo"
    _inherit = "rural.demo.mixin"
    _description = "Demo data of station partners"

    @api.model
    def _work(self):
        """Make all of it, once."""
        self = self._in_company()._quietly()
        if self.env["rural.station.agreement"].search_count([], limit=1):
            return
        self._make_written_test()
        self._take_over()
        self._list_dishonest()
        applications = [(self._apply(number, *row), row[3]) for number, row in enumerate(APPLICATIONS)]
        self._train([application for application, key in applications if DEPTH.get(key, 0) > 1])
        for application, key in applications:
            self._take_to(application, key)

    def _number(self, count):
        """Return an identity number that is right by its check digit, and nobody's."""
        digits = f"{COUNTY}19{60 + count % 40:02}{1 + count % 12:02}{1 + count % 28:02}{count:03}"
        total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
        return digits + CHECK_DIGITS[total % len(CHECK_DIGITS)]

    # ------------------------------------------------------------------
    # The stations that there are
    # ------------------------------------------------------------------

    def _take_over(self):
        """Enter the agreements and deposits of the stations that are run already."""
        stations = self.env["rural.station"].search([("partner_id", "!=", False), ("opened_on", "!=", False)])
        maker, checker = self._user(MAKER), self._user(CHECKER)
        agreements = self.env["rural.station.agreement"].create(
            [
                {
                    "station_id": station.id,
                    "partner_id": station.partner_id.id,
                    "id_number": self._number(100 + count),
                    "valid_from": station.opened_on,
                    "signed_on": station.opened_on,
                    "prepared_by_id": maker.id,
                    "signed_by_id": checker.id,
                    "state": "running",
                }
                for count, station in enumerate(stations)
            ]
        )
        deposits = self.env["rural.deposit"].create([agreement._prepare_deposit_vals() for agreement in agreements])
        for agreement, deposit in zip(agreements, deposits, strict=True):
            agreement.deposit_id = deposit
        self._pay(deposits)

    def _pay(self, deposits):
        """Have the deposits requested, approved and posted by three people."""
        movements = self.env["rural.deposit.movement"]
        for deposit in deposits:
            amount = deposit.shortfall if deposit.station_id.code != SHORT else 600
            movements += self._as(MAKER, deposit)._request(
                "collect", amount, "站点合伙人缴纳保证金", document=f"收款单 {deposit.station_id.code}"
            )
        self._as(DIRECTOR, movements).action_approve()
        company = self.env.company
        books = {
            "journal": company.sudo()._rural_deposit_journal(),
            "counterpart": company.sudo()._rural_deposit_bank_journal().default_account_id,
        }
        later = movements.filtered(lambda movement: movement.deposit_id.date > OPENING_DAY)
        self._as(CASHIER, movements - later)._post(OPENING_DAY, **books)
        for day, own in later.grouped(lambda movement: movement.deposit_id.date).items():
            self._as(CASHIER, own)._post(day, **books)

    # ------------------------------------------------------------------
    # Blacklist
    # ------------------------------------------------------------------

    def _list_dishonest(self):
        blacklist = self._as(MAKER, self.env["rural.station.blacklist"])
        listed = blacklist.create(
            {
                "name": "冉大权",
                "id_number": self._number(11),
                "reason": "曾任服务站合伙人，虚报代销交易并侵占村民货款，经两次约谈拒不改正",
            }
        )
        self._as(DIRECTOR, listed).action_list()
        blacklist.create({"name": "邓世华", "id_number": self._number(90), "reason": "冒领多名村民包裹，派出所已立案"})

    # ------------------------------------------------------------------
    # Written test and training
    # ------------------------------------------------------------------

    def _make_written_test(self):
        """Make the question bank of 20, of which ten are drawn at random."""
        questions, sequence = [], 0
        for section, (drawn, rows) in BANK.items():
            sequence += 1
            page = {"title": section, "is_page": True, "question_type": False, "random_questions_count": drawn}
            questions.append({**page, "sequence": sequence})
            for title, answers in rows:
                sequence += 1
                questions.append(
                    {
                        "title": title,
                        "sequence": sequence,
                        "question_type": "simple_choice",
                        "constr_mandatory": True,
                        "suggested_answer_ids": [
                            (0, 0, {"value": text, "is_correct": not number, "answer_score": 0 if number else 10})
                            # The right one does not always stand first.
                            for number, text in sorted(
                                enumerate(answers), key=lambda pair, turn=sequence: (pair[0] + turn) % len(answers)
                            )
                        ],
                    }
                )
        self.env["survey.survey"].create(
            {
                "title": "农村电商服务站合伙人笔试",
                "description": "共十题，80分合格，限时30分钟。题目从题库随机抽取。",
                "is_station_test": True,
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 80,
                "questions_selection": "random",
                "questions_layout": "page_per_question",
                "access_mode": "token",
                "is_time_limited": True,
                "time_limit": 30,
                "question_and_page_ids": [(0, 0, question) for question in questions],
            }
        )

    def _train(self, applications):
        """Hold a training for the applicants who are further, and plan one for the others."""
        for application in applications:
            self._as(MAKER, application).action_accept()
        trainings = self.env["rural.training.demo"]
        course = self.env.ref("rural_station_partner.course_station_partners")
        people = [{"application_id": each.id, "person": each.applicant} for each in applications]
        held = trainings._session(course, 12, "利川市电子商务公共服务中心三楼", people)
        self._as(MAKER, held).action_record()
        self._as(CHECKER, held).action_confirm()

    # ------------------------------------------------------------------
    # Applications
    # ------------------------------------------------------------------

    def _apply(self, count, applicant, township, village, key):
        vals = {
            "applicant": applicant,
            "phone": f"1390726{8000 + count}",
            "email": f"partner{count}@example.com" if key in ("signed", "opened", "drawn_up") else False,
            "id_number": self._number(count),
            "region_id": self._region(COUNTY).id,
            "township": township,
            "village": village,
            "address": f"{village}{count % 6 + 1}组",
            "place_size": 30 + count * 5,
            "has_computer": count % 2 == 0,
            "experience": "在村里经营小卖部，常帮邻居网上买东西、取快递。",
        }
        applications = self.env["rural.station.application"]
        if key in ("web", "listed"):
            return applications.create({**vals, "channel": "web", "responsible_id": False})
        return self._as(MAKER, applications).create(vals).sudo()

    def _take_to(self, application, key):
        maker = self._as(MAKER, application)
        if key == "training":
            maker.action_accept()
        elif key == "refused":
            maker._refuse("该村已有服务站，欢迎到邻村了解。")
        elif key == "withdrawn":
            maker._withdraw("外出务工，暂不申请")
        elif key == "failed":
            self._write_test(application, right=False)
        for step in STEPS[2 : DEPTH.get(key, 0)]:
            getattr(self, f"_reach_{step}")(application)
        if key == "interview":
            self._begin_interview(application, 82)
        elif key in ("drawn_up", "signed", "opened"):
            self._agree(application, key)

    def _write_test(self, application, right=True):
        examination = application._begin_examination()
        sheet = examination.answer_id
        sheet._mark_in_progress()
        for question in sheet.predefined_question_ids:
            answer = question.suggested_answer_ids.filtered(lambda each: bool(each.is_correct) == right)[:1]
            sheet._save_lines(question, str(answer.id))
        sheet._mark_done()

    def _reach_computer(self, application):
        self._write_test(application)

    def _reach_interview(self, application):
        examination = self._as(CHECKER, application._begin_examination())
        examination.result_ids.write({"result": "passed"})
        examination.result_ids[-1:].write({"result": "failed", "note": "不熟悉手机端，已当面指导"})
        examination.action_conclude()

    def _begin_interview(self, application, *scores):
        examination = application._begin_examination()
        people = (self._user(CHECKER), self._user(DIRECTOR))
        self._as(MAKER, examination).score_ids = [(0, 0, {"interviewer_id": user.id}) for user in people]
        for user, score in zip(people, scores, strict=False):
            own = examination.score_ids.filtered(lambda each, user=user: each.interviewer_id == user).with_user(user)
            own.write({"score": score, "note": "表达清楚，熟悉本村情况"})
            own.action_give()
        return examination

    def _reach_agreed(self, application):
        self._as(CHECKER, self._begin_interview(application, 84, 78)).action_conclude()

    def _agree(self, application, key):
        self._as(MAKER, application).action_draw_up()
        agreement = self._as(MAKER, application.agreement_id)
        with file_open("rural_station_partner/demo/signed_agreement.pdf", "rb") as file:
            scan = base64.b64encode(file.read())
        agreement.write(
            {"signed_on": china_time.today(), "signed_scan": scan, "signed_scan_name": "站点合伙人协议（签字）.pdf"}
        )
        if key == "drawn_up":
            return
        self._as(CHECKER, agreement).action_sign()
        if key == "signed":
            agreement.action_request_deposit()
            return
        movement = self._as(MAKER, agreement.sudo().deposit_id)._request(
            "collect", agreement.sudo().deposit_id.shortfall, "站点合伙人缴纳保证金", document="收款单 HH-0011"
        )
        self._as(DIRECTOR, movement).action_approve()
        self._as(CASHIER, movement)._post(china_time.today())
        self._give_account(application.partner_id)
        self._as(MAKER, application).action_open()

    def _give_account(self, partner):
        """Give a partner the portal account without writing to anybody from demo data."""
        self.env["res.users"].with_context(no_reset_password=True).create(
            {
                "partner_id": partner.id,
                "login": partner.email,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                "tz": "Asia/Shanghai",
            }
        )
