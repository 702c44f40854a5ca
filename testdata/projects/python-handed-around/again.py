"""A wrapper that calls itself, and a list chosen between two."""
import redis


class Again(redis.Redis):
    def again(self, *args, retry=3):
        try:
            return self.execute_command(*args)
        except redis.ConnectionError:
            return self.again(*args, retry=retry - 1)

    def go(self, few):
        self.again("CMS.QUERY", "counts")  # want CMS.QUERY
        self.again("CMS.INFO", "counts")  # want CMS.INFO
        add, all = [], []
        add.append("TOPK.ADD")
        all.append("TOPK.LIST")
        self.execute_command(*(add if few else all))  # want TOPK.ADD, TOPK.LIST
