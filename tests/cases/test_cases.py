"""Every kind of fault comes out right: nothing guessed, nothing paid twice, every row accounted for (SC-15)."""

import profile_files
import pytest

FEE = "8.8"


def counts(answer) -> dict[str, int]:
    """Return how many rows had each outcome."""
    names = ("new", "updated", "unchanged", "duplicates", "rejected")
    return {name: answer[name] for name in names if answer[name]}


def rejected(answer) -> dict[int, str]:
    """Return what is said of each rejected row."""
    return {issue["row_number"]: issue["message"] for issue in answer["issues"] if issue["kind"] == "rejected"}


def only(case) -> dict:
    """Return what came of the only file."""
    [answer] = case["files"].values()
    return answer


def test_number_that_a_spreadsheet_has_cut(answers):
    case = answers["01-scientific-notation"]
    assert counts(only(case)) == {"rejected": 1}
    assert only(case)["issues"][0]["column"] == "订单编号"
    assert "cut by a spreadsheet" in rejected(only(case))[2]


def test_protected_numbers_are_the_same_orders(answers):
    case = answers["03-protected-numbers"]
    assert counts(case["files"]["orders_protected.csv"]) == {"new": 3}
    assert counts(case["files"]["orders_plain.csv"]) == {"unchanged": 3}
    assert list(case["fees"].values()) == [FEE] * 3


def test_lost_zeros_are_no_new_lines(answers):
    case = answers["04-leading-zero"]
    answer = case["files"]["orders_saved_by_excel.csv"]
    assert counts(answer) == {"rejected": 2}
    assert "01" in rejected(answer)[2]
    assert len(case["fees"]) == 2


def test_sheets_of_one_form_are_all_read(answers):
    case = answers["05-two-sheets"]
    assert counts(only(case)) == {"new": 3}


def test_errors_of_a_spreadsheet(answers):
    case = answers["06-error-cells"]
    assert counts(only(case)) == {"rejected": 3}
    for row, error in ((2, "#N/A"), (3, "#REF!"), (4, "#VALUE!")):
        assert error in rejected(only(case))[row]


def test_invisible_characters_make_no_other_key(answers):
    case = answers["07-invisible-characters"]
    answer = case["files"]["orders_2.csv"]
    assert counts(answer) == {"new": 1, "unchanged": 1, "duplicates": 2}
    assert case["fees"] == {"HX0700001/1": FEE, "HX0700002/1": FEE}


def test_codes_that_became_dates(answers):
    case = answers["08-code-became-a-date"]
    assert counts(only(case)) == {"rejected": 2}
    assert {issue["column"] for issue in only(case)["issues"]} == {"订单编号", "订单行号"}


def test_notes_around_the_rows(answers):
    case = answers["11-notes-around"]
    assert counts(only(case)) == {"new": 1}
    assert only(case)["notes"] == 7
    assert list(case["fees"].values()) == [FEE]


def test_times_that_can_be_read_in_one_way(answers):
    case = answers["13-times"]
    answer = only(case)
    assert counts(answer) == {"new": 5, "rejected": 1}
    assert list(rejected(answer)) == [6]
    assert [case["fees"][f"HX130000{place}/1"] for place in (1, 2, 3, 6)] == [FEE] * 4
    assert case["fees"]["HX1300004/1"] == "0.0"


def test_merged_hidden_and_total_rows(answers):
    case = answers["14-merged-hidden-total"]
    answer = case["files"]["orders.xlsx"]
    assert counts(answer) == {"new": 1, "rejected": 3}
    assert list(rejected(answer)) == [3, 4, 5]
    assert "hides" in rejected(answer)[4]
    assert "total" in rejected(answer)[5]
    assert answer["hidden"] == 1


def test_title_above_the_headings(answers):
    case = answers["14-merged-hidden-total"]
    answer = case["files"]["orders_title.xlsx"]
    assert (counts(answer), answer["notes"]) == ({"new": 1}, 1)


def test_formulas_are_seen_beside_a_hyperlink(answers):
    case = answers["15-formula-warning"]
    assert counts(only(case)) == {"new": 1}
    assert only(case)["has_formulas"]


def test_row_that_is_cut_short(answers):
    case = answers["18-cut-short"]
    assert counts(only(case)) == {"new": 1, "rejected": 1}
    assert "cut short" in rejected(only(case))[3]


def test_withdrawn_region_names_its_successor(answers):
    case = answers["25-withdrawn-regions"]
    answer = only(case)
    assert counts(answer) == {"new": 2, "rejected": 2}
    assert list(rejected(answer)) == [2, 5]
    assert "340422" in rejected(answer)[2]


@pytest.mark.parametrize("name", profile_files.case_names())
def test_every_profile(answers, profile_cases, name):
    case, answer = profile_cases[name], answers[name]
    loads = [answer["files"][file_name] for file_name in case.files]
    assert [load["state"] for load in loads] == ["done"] * len(loads), [load["error"] for load in loads]
    assert [counts(load) for load in loads] == case.counts, [load["issues"] for load in loads]
    said = {issue["row_number"]: issue for issue in loads[-1]["issues"] if issue["kind"] == "rejected"}
    assert list(said) == list(case.faults)
    for row_number, (heading, words) in case.faults.items():
        assert words in said[row_number]["message"]
        assert heading is None or said[row_number]["column"] == heading
    assert {fact: loads[-1][fact] for fact in case.facts} == case.facts
