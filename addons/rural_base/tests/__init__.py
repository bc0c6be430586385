from . import (
    test_access,
    test_apps,
    test_command,
    test_company,
    test_dated,
    test_deadlines,
    test_examples,
    test_explanation,
    test_graph_sums,
    test_home_tile,
    test_parameter,
    test_region,
)
