from books import Shelved


class Dusty(Shelved):
    def year(self, key):
        return self.conn.json().get(key, "$.year")  # want JSON.GET
