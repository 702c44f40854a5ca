import pytest
import redis


@pytest.fixture
def store():
    client = redis.Redis()
    yield client
    client.close()


@pytest.fixture(name="books")
def make_books(store):
    return store.ft("books")


@pytest.fixture
def response():
    class Response:
        def json(self):
            return {}

    return Response()
