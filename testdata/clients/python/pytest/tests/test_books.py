def test_shelves(store, books):
    store.json().set("book:1", "$", {})  # want JSON.SET
    assert books.search("*").total == 1  # want FT.SEARCH


def test_answers(response):
    assert response.json().get("title") is None
