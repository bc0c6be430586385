"""Rules of service codes: plain values in, plain values out."""

#: Last letter of the codes that are issued: provincial centers, city and county centers.
PROVINCE_LETTERS = "PQRSTUVWXYZ"
CITY_COUNTY_LETTERS = "ABCDEFGHIJKLMNO"


def next_service_code(is_province, region_code, taken):
    """Return the service code for a new center (SC-06), None if its region has used up all of them.

    :param bool is_province: for a provincial center
    :param str region_code: GB/T 2260 code of its region, of which 6 digits count
    :param taken: every code that a center has or ever had

    The first center of a county, and one that comes after the first has ended:

    >>> next_service_code(False, "422802", set())
    'FW422802A'
    >>> next_service_code(False, "422802", {"FW422802A"})
    'FW422802B'

    A code that was taken over from before is not given again:

    >>> next_service_code(True, "420000", {"FW420000P"})
    'FW420000Q'
    """
    letters = PROVINCE_LETTERS if is_province else CITY_COUNTY_LETTERS
    codes = (f"{service_code_stem(region_code)}{letter}" for letter in letters)
    return next((code for code in codes if code not in taken), None)


def service_code_stem(region_code):
    """Return what the service codes of a region begin with.

    >>> service_code_stem("422802")
    'FW422802'
    """
    return f"FW{region_code[:6]}"
