class Search:
    def __init__(self, client, index):
        self.client = client
        self.index = index

    def search(self, query):
        return self.client.execute_command("FT.SEARCH", self.index, query)


class Redis:
    def ft(self, index="idx"):
        return Search(self, index)

    def execute_command(self, *args):
        return args
