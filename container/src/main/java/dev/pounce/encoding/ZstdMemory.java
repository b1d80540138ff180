package dev.pounce.encoding;

/**
 * The size of a zstd compression context, which zstd-jni does not tell.
 *
 * <p>The formula is that of the library's streaming workspace: input window and block, output
 * block, sequence store, the match finder's tables, and fixed state. It agrees to a kilobyte with
 * what the library takes of the C library's heap. Of that a context has as resident memory what it
 * has touched so far, which comes close to all of it only in the course of a long body. All of it
 * is charged, because a bound that only holds for short responses is none.
 */
final class ZstdMemory {

    /** Above this, the match finder alone takes 24 MiB and more. */
    static final int MAX_LEVEL = 9;

    /** The library takes no smaller one. */
    static final int MIN_WINDOW_LOG = 10;

    /* Indexed by level: the library's table logs for input of unknown size. */
    private static final int[] HASH_LOG = {0, 14, 16, 17, 18, 19, 19, 20, 20, 21};
    private static final int[] CHAIN_LOG = {0, 13, 15, 16, 18, 18, 18, 19, 19, 20};

    /** The levels below this one use a strategy without a chain table. */
    private static final int FIRST_LEVEL_WITH_CHAIN = 3;

    /**
     * From this level on the strategies search rows of the hash table, with a byte for each of its
     * entries instead of the chain table, where the window is above {@link
     * #MAX_WINDOW_WITHOUT_ROWS}.
     */
    private static final int FIRST_LEVEL_WITH_ROWS = 5;

    private static final int MAX_WINDOW_WITHOUT_ROWS = 14;

    private static final int MAX_BLOCK = 128 << 10;
    private static final int FIXED_STATE = 26 << 10;
    private static final int BYTES_PER_SEQUENCE = 11;
    private static final int MIN_MATCH = 4;
    private static final int BYTES_PER_TABLE_ENTRY = 4;

    private ZstdMemory() {}

    /**
     * The hash table's size for a window. By default the library sizes it for long inputs, of which
     * a small window shows it little: at level 3 with a 2^17 window, fitted tables save 384 KiB
     * and, over megabytes of text, a quarter of the time, for 0.1 percentage points of output.
     */
    static int hashLog(int level, int windowLog) {
        return Math.min(HASH_LOG[level], windowLog - 1);
    }

    /** The chain table's size for a window; without effect where the strategy has none. */
    static int chainLog(int level, int windowLog) {
        return Math.min(CHAIN_LOG[level], windowLog - 2);
    }

    /** Bytes of a context at most. */
    static long contextBytes(int level, int windowLog) {
        long window = 1L << windowLog;
        long block = Math.min(window, MAX_BLOCK);
        long input = window + block;
        long output = block + (block >> 8) + ((MAX_BLOCK - block) >> 11) + 1;
        long sequences = block / MIN_MATCH * BYTES_PER_SEQUENCE + block;
        return input + output + sequences + tables(level, windowLog) + FIXED_STATE;
    }

    private static long tables(int level, int windowLog) {
        long hash = 1L << hashLog(level, windowLog);
        if (level < FIRST_LEVEL_WITH_CHAIN) {
            return hash * BYTES_PER_TABLE_ENTRY;
        }
        if (level >= FIRST_LEVEL_WITH_ROWS && windowLog > MAX_WINDOW_WITHOUT_ROWS) {
            return hash * (BYTES_PER_TABLE_ENTRY + 1);
        }
        return (hash + (1L << chainLog(level, windowLog))) * BYTES_PER_TABLE_ENTRY;
    }
}
