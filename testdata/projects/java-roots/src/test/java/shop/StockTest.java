package shop;

class StockTest {
    private final Stock stock = new Stock();

    void counts() {
        stock.client().jsonGet("pen"); // want JSON.GET
        stock.jedis.sendCommand(Stock.Cmd.COUNT, "idx", "*"); // want FT.AGGREGATE
    }
}
