package shop.names;

/** The words that the shop sends. */
final class Words {
    static final String ADD = "TS.ADD";

    interface Filters {
        String EXISTS = "BF.EXISTS";
    }
}
