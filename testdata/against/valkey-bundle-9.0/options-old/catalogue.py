"""Options given with the classes of the old client."""

from redisearch import Client, NumericField, Query, TextField

client = Client("products")
client.create_index([
    NumericField("price"),
    TextField("name"),  # want unsupported-option
])
client.search(Query("shoe").paging(0, 10))
client.search(Query("shoe").sort_by("price"))  # want unsupported-option
