package shop;

import com.falkordb.Driver;
import com.falkordb.FalkorDB;
import com.falkordb.Graph;
import com.falkordb.GraphContext;
import com.falkordb.GraphPipeline;

class Social {
    void run() throws Exception {
        Driver driver = FalkorDB.driver("localhost", 6379);
        Graph graph = driver.graph("social");
        graph.query("CREATE (:Person {name: 'Ann'})"); // want GRAPH.QUERY
        try (GraphContext context = driver.graph("social").getContext()) {
            GraphPipeline pipeline = context.pipelined();
            pipeline.set("k", "v");
            pipeline.readOnlyQuery("MATCH (p) RETURN p"); // want GRAPH.RO_QUERY
            pipeline.sync();
        }
    }
}
