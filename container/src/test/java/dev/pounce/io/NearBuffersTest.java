package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class NearBuffersTest {
    private final List<ByteBuffer> given = new ArrayList<>();
    private int taken;
    private final NearBuffers near =
            new NearBuffers(
                    new Buffers() {
                        @Override
                        public ByteBuffer take() {
                            taken++;
                            return ByteBuffer.allocateDirect(16);
                        }

                        @Override
                        public void give(ByteBuffer buffer) {
                            given.add(buffer);
                        }
                    });

    @Test
    void whatCameBackIsLentAgainClearedAndWithoutThePool() {
        ByteBuffer first = near.take();
        first.putInt(1).limit(7);
        near.give(first);
        ByteBuffer again = near.take();
        assertSame(first, again);
        assertEquals(0, again.position());
        assertEquals(16, again.limit());
        assertEquals(1, taken);
        assertEquals(List.of(), given);
    }

    @Test
    void nobodyGetsABufferThatIsOut() {
        ByteBuffer first = near.take();
        ByteBuffer second = near.take();
        assertNotSame(first, second);
        near.give(first);
        near.give(second);
        assertNotSame(near.take(), near.take());
        assertEquals(2, taken);
    }

    @Test
    void thePoolGetsWhatIsTooMuchAndInTheEndTheRest() {
        List<ByteBuffer> out = List.of(near.take(), near.take(), near.take());
        out.forEach(near::give);
        assertEquals(1, given.size());
        assertSame(out.getLast(), given.getFirst());
        near.empty();
        assertEquals(3, given.size());
        for (ByteBuffer each : out) {
            assertEquals(1, given.stream().filter(one -> one == each).count());
        }
        near.empty();
        assertEquals(3, given.size());
    }
}
