package shop;

import io.lettuce.core.dynamic.Commands;
import io.lettuce.core.dynamic.annotation.Command;
import io.lettuce.core.dynamic.annotation.Param;
import java.util.List;

/** Commands as methods of an interface, which the library implements. */
interface Interfaces extends Commands {
    @Command("GET ?0")
    String get(String key);

    @Command("FT.SEARCH ?0 ?1 LIMIT 0 10") // want FT.SEARCH
    List<Object> search(String index, String query);

    @Command(value = "JSON.SET :key $ :json") // want JSON.SET
    String save(@Param("key") String key, @Param("json") String json);

    @Command("VADD ?0 VALUES 1 ?1 ?2") // want VADD
    long add(String key, double value, String element);
}
