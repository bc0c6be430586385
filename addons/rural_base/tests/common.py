"""What tests of the suite share."""

import doctest


def run_examples(test, *modules):
    """Run the examples in the docstrings of the modules; a wrong one fails the test with its report."""
    for module in modules:
        with test.subTest(module=module.__name__):
            report = []
            runner = doctest.DocTestRunner(verbose=False)
            for example in doctest.DocTestFinder().find(module):
                runner.run(example, out=report.append)
            test.assertTrue(runner.tries, "There is no example to run")
            test.assertFalse(runner.failures, "".join(report))
