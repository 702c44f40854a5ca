__all__ = ["SearchIndex"]

from redisvl.index import SearchIndex
