import com.redislabs.redisgraph.RedisGraphAPI;
import com.redislabs.redisgraph.ResultSet;

/** The class of 1.0, which is made for one graph. */
class FirstVersion {
  private final RedisGraphAPI graph = new RedisGraphAPI("friends", "localhost", 6379);

  ResultSet friends(String name) {
    return graph.query("MATCH (:person {name: '" + name + "'})-[:knows]->(f) RETURN f"); // want GRAPH.QUERY
  }

  void forget() {
    graph.deleteGraph(); // want GRAPH.DELETE
  }
}
