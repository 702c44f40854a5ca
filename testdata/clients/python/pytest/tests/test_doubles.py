"""Doubles: what tests make with the fixture of pytest-mock, and a class that calls nothing."""

import pytest


class FakeStore:
    def __init__(self):
        self.sent = []

    def execute_command(self, *args):
        self.sent += [args]
        return "OK"

    def ft(self, name):
        return self

    def search(self, query):
        return []


@pytest.fixture
def double(mocker):
    return mocker.Mock()


def test_mocker(mocker, double):
    store = mocker.Mock()
    store.execute_command("FT.SEARCH", "idx", "*")
    store.ft("idx").search("*")
    patched = mocker.patch("shop.store.client")
    patched.return_value.execute_command("FT.INFO", "idx")
    double.ft("idx").search("*")


def test_fake():
    store = FakeStore()
    store.execute_command("FT.SEARCH", "idx", "*")
    store.ft("idx").search("*")


def test_unknown(store_of_nobody):
    store_of_nobody.execute_command("FT.SEARCH", "idx", "*")  # want FT.SEARCH
