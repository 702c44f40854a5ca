from store import SharedStore, Store


# Nothing here names a library, and get is a member of everything that has a json().
class Books(Store):
    def title(self, key):
        return self.conn.json().get(key, "$.title")  # want JSON.GET


class Films(SharedStore):
    def title(self, key):
        return self.shared.json().get(key, "$.title")  # want JSON.GET


class Reviews:
    def __init__(self, session):
        self.conn = session

    def title(self, key):
        return self.conn.get(key).json().get("title")


class Shelved(Books):
    def __init__(self, url, shelf):
        super().__init__(url)
        self.shelf = shelf
