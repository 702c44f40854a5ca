package shop;

import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/** Orders of a shop: part NUMBER. */
class OrdersNUMBER {
    record Line(String article, int amount, int cents) {}

    private static final Logger log = Logger.getLogger("orders");

    // each
    /** What a customer pays after a reduction. */
    static Map<String, Integer> reducedNUMBER(List<Line> lines, int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("no percentage: " + percent);
        }
        int total = lines.stream().filter(l -> l.amount() > 0).mapToInt(l -> l.amount() * l.cents()).sum();
        log.info("reduced by " + percent + " percent: " + total);
        return Map.of("total", total, "reduced", total * (100 - percent) / 100, "part", NUMBER);
    }

    // end
}
