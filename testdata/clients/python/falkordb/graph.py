from falkordb import FalkorDB
from falkordb.asyncio import FalkorDB as AsyncFalkorDB

db = FalkorDB(host="localhost", port=6379)
graph = db.select_graph("social")


def people():
    graph.query("CREATE (:Person {name: 'Ann'})")  # want GRAPH.QUERY
    for row in graph.ro_query("MATCH (p) RETURN p").result_set:  # want GRAPH.RO_QUERY
        print(row)
    return db.list_graphs()  # want GRAPH.LIST


async def drop():
    await AsyncFalkorDB().select_graph("social").delete()  # want GRAPH.DELETE
