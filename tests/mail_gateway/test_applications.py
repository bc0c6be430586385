"""Applications by a mail server's pipe into a running Odoo, and two approvals at once (SC-02, SC-04)."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.policy import SMTP

import pytest

APPLICATION = "rural.center.application"
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref 9\n%%EOF\n"
MATERIALS = ("申请表.pdf", "营业执照.pdf", "法定代表人身份证.pdf", "企业介绍.pdf")
CREDIT_CODES = ("91350100M000100Y43", "91422802MA49ABCD07")
EX_NOUSER = 67


@pytest.fixture(scope="module")
def address(caller) -> str:
    """The address to which applicants write."""
    admin = caller("admin")
    domain = admin.call("mail.alias.domain", "create", {"name": "mail.operator.example.com"})
    alias = admin.call(
        "ir.model.data", "check_object_reference", "rural_center_application", "mail_alias_center_application"
    )
    admin.call("mail.alias", "write", [alias[1]], {"alias_domain_id": domain})
    return "service-center@mail.operator.example.com"


def letter(subject, to, files=MATERIALS):
    """Return an e-mail with the materials as a mail server hands it over."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "李晓 <lixiao@example.com>", to, subject
    message["Message-Id"] = f"<{abs(hash(subject))}@example.com>"
    message.set_content("企业名称：崇阳绿源农业有限公司\n联系电话：139 0000 1111\n")
    for name in files:
        message.add_attachment(PDF, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()


@pytest.fixture
def deliver(server, databases, caller):
    """Return a function that pipes an e-mail into Odoo's own odoo-mailgate; it gives the exit code."""
    script = databases.ready.odoo / "odoo/addons/mail/static/scripts/odoo-mailgate.py"
    user = caller("admin").user

    def pipe(message: bytes) -> int:
        options = ["-d", server.database, "-u", user, "-p", "admin", "--host", "127.0.0.1", "--port", server.port]
        command = [sys.executable, script, *options]
        return subprocess.run([str(each) for each in command], input=message, timeout=60, check=False).returncode

    return pipe


def test_sc02_an_application_arrives_through_a_mail_server(caller, address, deliver):
    assert deliver(letter("区域服务中心+崇阳", address)) == 0
    area = caller("area")
    found = area.call(APPLICATION, "search_read", [("email", "=", "lixiao@example.com")])
    assert [(each["state"], each["channel"], each["region_id"][1]) for each in found] == [
        ("submitted", "email", "湖北省咸宁市崇阳县")
    ]
    assert found[0]["applicant_name"] == "崇阳绿源农业有限公司"
    assert found[0]["area_manager_id"][0] == area.user
    documents = area.call("rural.center.document", "read", found[0]["document_ids"], ["file_ids", "kind_id"])
    assert [len(document["file_ids"]) for document in documents] == [1, 1, 1, 1]


def test_an_unknown_address_is_told_to_the_mail_server(caller, address, deliver):
    before = caller("area").call(APPLICATION, "search_count", [])
    assert deliver(letter("区域服务中心+通山", address.replace("service-center", "nobody"))) == EX_NOUSER
    assert caller("area").call(APPLICATION, "search_count", []) == before


def test_sc04_two_approvals_at_once_make_one_center(caller):
    operations = caller("operations")
    region = operations.call("rural.region", "search", [("code", "=", "421321")])[0]
    applications = [_submitted(operations, region, code) for code in CREDIT_CODES]
    conditions = [("application_id", "in", applications)]
    found = {"verdict": "met", "note": "实地走访"}
    director = caller("director")
    model = "rural.application.condition"
    director.call(model, "write", director.call(model, "search", conditions), found)
    people = [caller(login) for login in ("area", "director")]
    with ThreadPoolExecutor(len(people)) as threads:
        answers = [
            threads.submit(person.answer, APPLICATION, "action_approve", [application])
            for person, application in zip(people, applications, strict=True)
        ]
        errors = [answer.result().get("error") for answer in answers]
    messages = [error["data"]["message"] for error in errors if error]
    assert len(messages) == 1, messages
    assert "SC-04" in messages[0]
    states = operations.call(APPLICATION, "read", applications, ["state"])
    assert sorted(each["state"] for each in states) == ["approved", "submitted"]
    assert operations.call("rural.service.center", "search_count", [("region_id", "=", region)]) == 1


def _submitted(person, region, code):
    """Return an application that waits for its decision."""
    kinds = person.call(
        "rural.document.kind", "search_read", [("for_center_application", "=", True)], ["needs_number", "has_expiry"]
    )
    documents = [
        {"kind_id": kind["id"], "number": "1" if kind["needs_number"] else False, "is_long_term": kind["has_expiry"]}
        for kind in kinds
    ]
    for document in documents:
        file = person.call("ir.attachment", "create", {"name": "材料.pdf", "raw": PDF.decode()})
        document["file_ids"] = [(6, 0, [file])]
    application = person.call(
        APPLICATION,
        "create",
        {
            "applicant_name": f"随县农业公司{code}",
            "credit_code": code,
            "legal_representative": "王明",
            "phone": "139 0000 2222",
            "region_id": region,
            "document_ids": [(0, 0, document) for document in documents],
        },
    )
    person.call(APPLICATION, "action_submit", [application])
    return application
