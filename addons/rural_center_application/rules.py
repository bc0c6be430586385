"""What can be told from a letter or a number alone: plain values in, plain values out."""

import re
import unicodedata

#: What people put around names.
MARKS = r"\s\[\]<>()\"'“”‘’「」『』【】《》〈〉"
SUBJECT = re.compile(rf"区域服务中心[{MARKS}+:\-—_]+(?P<region>.+)$")
#: Where the name of a region may end in a subject that goes on.
AFTER_REGION = re.compile(rf"[{MARKS},;|、/\-—_]+")
#: What a subject says behind the region, or says once more.
TRAILING = re.compile(rf"(?:申请表?|申请书|材料|区域服务中心|[{MARKS}])+$")
#: A region is written with those above it as four names at most.
MOST_NAMES = 4
CREDIT_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18
#: What applicants write before their answers in a letter.
LABELS = {
    "applicant_name": ("申请单位", "申请企业", "企业名称", "公司名称", "单位名称"),
    "credit_code": ("统一社会信用代码", "信用代码"),
    "legal_representative": ("法定代表人", "法人代表", "法人"),
    "contact_name": ("联系人", "经办人"),
    "phone": ("联系电话", "联系方式", "手机", "电话"),
    "address": ("企业地址", "公司地址", "注册地址", "联系地址", "地址"),
}


def readings_of_subject(subject: str) -> list[str]:
    """Return what a subject may name as the requested region (SC-02), the fullest reading first.

    >>> readings_of_subject("区域服务中心+利川市"), readings_of_subject("“区域服务中心”﹢“利川市”申请")
    (['利川市'], ['利川市'])
    >>> readings_of_subject("转发：区域服务中心＋ 湖北省 利川市（绿源农业）")
    ['湖北省 利川市(绿源农业', '湖北省 利川市', '湖北省']
    >>> readings_of_subject("想咨询区域服务中心的事")
    []
    """
    match = SUBJECT.search(unicodedata.normalize("NFKC", subject or "").strip())
    if not match:
        return []
    text = TRAILING.sub("", match["region"])
    ends = [mark.start() for mark in AFTER_REGION.finditer(text)][:MOST_NAMES]
    readings = [text, *(TRAILING.sub("", text[:end]) for end in reversed(ends))]
    return list(dict.fromkeys(filter(None, readings)))


def answers_of_letter(text: str) -> dict[str, str]:
    """Return what a letter says of the applicant behind the usual labels, by field.

    >>> letter = "企业名称：利川绿源农业有限公司\\n联系人: 张三  联系电话：139 0000 1111\\n此致"
    >>> answers_of_letter(letter)["applicant_name"], answers_of_letter(letter)["phone"]
    ('利川绿源农业有限公司', '139 0000 1111')
    >>> answers_of_letter(letter)["contact_name"], "credit_code" in answers_of_letter(letter)
    ('张三', False)
    """
    every = "|".join(label for labels in LABELS.values() for label in labels)
    answers = {}
    for field, labels in LABELS.items():
        label = "|".join(labels)
        end = rf"(?=$|[\n\r,，;；。]|(?:{every})\s*[:：])"
        pattern = rf"(?:{label})\s*[:：]\s*(?P<answer>[^\n\r,，;；。]+?)\s*{end}"
        answer = re.search(pattern, text or "")
        if answer:
            answers[field] = answer["answer"].strip()
    return answers


def clean_credit_code(code: str) -> str:
    """Return a unified social credit code as it is written on licences.

    >>> clean_credit_code(" 9142 2802 ma49 xxxx ")
    '91422802MA49XXXX'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", code or "")).upper()


def is_credit_code(code: str) -> bool:
    """Tell whether a unified social credit code is right by its check letter (GB 32100).

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44"), is_credit_code("9135")
    (True, False, False)
    """
    if len(code) != CREDIT_CODE_LENGTH or any(letter not in CREDIT_CODE_LETTERS for letter in code):
        return False
    values = [CREDIT_CODE_LETTERS.index(letter) for letter in code]
    size = len(CREDIT_CODE_LETTERS)
    return values[-1] == -sum(value * 3**place for place, value in enumerate(values[:-1])) % size
