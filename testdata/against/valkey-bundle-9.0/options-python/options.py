"""Options of commands, given by keywords, classes and builders."""

from redis import Redis
from redis.commands.search import reducers
from redis.commands.search.aggregation import AggregateRequest
from redis.commands.search.field import NumericField, TagField, TextField, VectorField
from redis.commands.search.index_definition import IndexDefinition
from redis.commands.search.query import Query

r = Redis()


def swap(key, old, new):
    r.set(key, new, nx=True)
    r.set(key, new, ex=10, ifeq=old)
    r.set(key, new, ifne=old)  # want unsupported-option
    r.set(key, new, ifdeq=None)
    r.bitop("AND", "to", "a", "b")
    r.bitop("DIFF", "to", "a", "b")  # want unsupported-option
    r.xadd("s", {"f": "v"}, maxlen=10, ref_policy="KEEPREF")  # want unsupported-option
    pipe = r.pipeline()
    pipe.set(key, new, ifdne=old).get(key)  # want unsupported-option


def index():
    ft = r.ft("idx")
    ft.create_index(
        [
            TagField("tag"),
            TextField("title", no_index=False),  # want unsupported-option
            NumericField("price", no_index=True),  # want unsupported-option
            VectorField("v", "FLAT", {"TYPE": "FLOAT32", "DIM": 2}),
            VectorField("w", "FLAT", {"TYPE": "FLOAT64", "DIM": 2}),  # want unsupported-option
        ],
        definition=IndexDefinition(
            prefix=["p:"],
            filter="@price > 0",  # want unsupported-option
        ),
        no_highlight=True,  # want unsupported-option
        stopwords=[],
    )
    ft.dropindex(delete_documents=True)  # want unsupported-option


def search():
    query = Query("*").paging(0, 10).dialect(2)
    query.sort_by("price")  # want unsupported-option
    r.ft("idx").search(query)
    r.ft("idx").search(Query("*").dialect(1))  # want unsupported-option
    r.ft("idx").aggregate(  # want FT.AGGREGATE
        AggregateRequest("*").group_by("@tag", reducers.quantile("@price", 0.5))
    )


def listing(text, order=None):
    query = Query(text)
    if order is not None:
        query.sort_by(order)  # want unsupported-option
    return r.ft("products").search(query)


listing("shoe")
