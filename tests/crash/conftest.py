"""How many seeds to run; more than `make test` does is asked for by `tests.crash.run`."""

import pytest

SEEDS = (11, 23)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=None, help="how many crash runs to make")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--seeds", default=None)
        seeds = SEEDS if wanted is None else range(1, wanted + 1)
        metafunc.parametrize("seed", seeds)
