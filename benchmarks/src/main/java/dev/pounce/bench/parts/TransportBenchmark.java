package dev.pounce.bench.parts;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * What a transport through the foreign function API would save (docs/decisions/031): a request of
 * 100 bytes over a loopback connection, for which the server waits, which it reads and answers with
 * 132 bytes. Client and server are one thread, so nobody is woken; the client's write and read,
 * which are the same for all, are part of the figures. It is the medians that compare: other
 * programs do not move them much. Needs Linux on x86-64.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
        })
public class TransportBenchmark {

    private static final int REQUEST_BYTES = 100;
    private static final int ANSWER_BYTES = 132;
    private static final long BUFFER_BYTES = 16 << 10;
    private static final int WAIT_MILLIS = 1_000;

    /** Both ends of a connection, and the server's buffers. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // by @Setup
    public abstract static class Connection {

        final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST_BYTES);
        final ByteBuffer received = ByteBuffer.allocateDirect(ANSWER_BYTES);
        final ByteBuffer in = ByteBuffer.allocateDirect((int) BUFFER_BYTES);
        final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER_BYTES);
        private SocketChannel client;
        SocketChannel server;
        int descriptor;

        @Setup
        public void connect() throws ReflectiveOperationException, IOException {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                client = SocketChannel.open(listener.getLocalAddress());
                server = listener.accept();
            }
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.configureBlocking(false);
            Method number =
                    Class.forName("sun.nio.ch.SocketChannelImpl").getDeclaredMethod("getFDVal");
            number.setAccessible(true);
            descriptor = (int) number.invoke(server);
        }

        @TearDown
        public void close() throws IOException {
            client.close();
            server.close();
        }

        void ask() throws IOException {
            client.write(request.clear());
        }

        int receive() throws IOException {
            received.clear();
            while (received.hasRemaining()) {
                if (client.read(received) < 0) {
                    throw new IllegalStateException("The server has closed the connection");
                }
            }
            return received.position();
        }
    }

    /** The JDK's way to wait. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // by @Setup
    public static class Selected extends Connection {

        private Selector selector;
        private int ready;

        @Setup
        public void register() throws IOException {
            selector = Selector.open();
            server.register(selector, SelectionKey.OP_READ);
        }

        @TearDown
        public void closeSelector() throws IOException {
            selector.close();
        }

        void await() throws IOException {
            ready = 0;
            selector.select(key -> ready += key.readyOps(), WAIT_MILLIS);
            check(ready == SelectionKey.OP_READ);
        }
    }

    /** The kernel's way to wait: level-triggered, one event. */
    @State(Scope.Thread)
    public static class Polled extends Connection {

        private static final int ADD = 1;
        private static final int READABLE = 1;
        private final ByteBuffer event = ByteBuffer.allocateDirect(12);
        private final long address = MemorySegment.ofBuffer(event).address();
        private int epoll;

        @Setup
        public void register() throws Throwable {
            event.order(ByteOrder.nativeOrder()).putInt(0, READABLE);
            epoll = (int) Calls.EPOLL_CREATE.invokeExact(0);
            check((int) Calls.EPOLL_CTL.invokeExact(epoll, ADD, descriptor, address) == 0);
        }

        @TearDown
        public void closePoll() throws Throwable {
            check((int) Calls.CLOSE.invokeExact(epoll) == 0);
        }

        void await() throws Throwable {
            check((int) Calls.EPOLL_WAIT.invokeExact(epoll, address, 1, WAIT_MILLIS) == 1);
        }
    }

    /** The C library's functions. */
    private static final class Calls {

        static final MethodHandle RECV = transfer("recv");
        static final MethodHandle SEND = transfer("send");
        static final MethodHandle CRITICAL_RECV = transfer("recv", Linker.Option.critical(false));
        static final MethodHandle CRITICAL_SEND = transfer("send", Linker.Option.critical(false));
        static final MethodHandle EPOLL_CREATE =
                call(
                        "epoll_create1",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle EPOLL_CTL =
                call(
                        "epoll_ctl",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG));
        static final MethodHandle EPOLL_WAIT =
                call(
                        "epoll_wait",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
        static final MethodHandle CLOSE =
                call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private Calls() {}
    }

    /** What is shipped. */
    @Benchmark
    public int nio(Selected connection) throws IOException {
        connection.ask();
        connection.await();
        check(connection.server.read(connection.in.clear()) == REQUEST_BYTES);
        check(connection.server.write(connection.out.clear()) == ANSWER_BYTES);
        return connection.receive();
    }

    /** NIO's selector, and {@code recv} and {@code send} on the descriptor. */
    @Benchmark
    public int foreignCalls(Selected connection) throws Throwable {
        connection.ask();
        connection.await();
        answer(connection);
        return connection.receive();
    }

    /** The same by calls during which the JVM cannot reach a safepoint. */
    @Benchmark
    public int foreignCriticalCalls(Selected connection) throws Throwable {
        connection.ask();
        connection.await();
        long in = MemorySegment.ofBuffer(connection.in.clear()).address();
        long out = MemorySegment.ofBuffer(connection.out.clear()).address();
        int descriptor = connection.descriptor;
        check(
                (long) Calls.CRITICAL_RECV.invokeExact(descriptor, in, BUFFER_BYTES, 0)
                        == REQUEST_BYTES);
        check(
                (long) Calls.CRITICAL_SEND.invokeExact(descriptor, out, (long) ANSWER_BYTES, 0)
                        == ANSWER_BYTES);
        return connection.receive();
    }

    /** Nothing of NIO's: {@code epoll_wait}, {@code recv} and {@code send}. */
    @Benchmark
    public int foreignPoll(Polled connection) throws Throwable {
        connection.ask();
        connection.await();
        answer(connection);
        return connection.receive();
    }

    /**
     * What linking two functions and their first calls cost, which come before the first request.
     */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(10)
    public long firstLinks() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(BUFFER_BYTES).address();
            int none = -1;
            return (long) transfer("recv").invokeExact(none, address, BUFFER_BYTES, 0)
                    + (long) transfer("send").invokeExact(none, address, BUFFER_BYTES, 0);
        }
    }

    private static void answer(Connection connection) throws Throwable {
        long in = MemorySegment.ofBuffer(connection.in.clear()).address();
        long out = MemorySegment.ofBuffer(connection.out.clear()).address();
        int descriptor = connection.descriptor;
        check((long) Calls.RECV.invokeExact(descriptor, in, BUFFER_BYTES, 0) == REQUEST_BYTES);
        check(
                (long) Calls.SEND.invokeExact(descriptor, out, (long) ANSWER_BYTES, 0)
                        == ANSWER_BYTES);
    }

    private static MethodHandle transfer(String name, Linker.Option... options) {
        return call(
                name,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT),
                options);
    }

    @SuppressWarnings("restricted") // the fork's options enable native access
    private static MethodHandle call(
            String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }

    private static void check(boolean isWell) {
        if (!isWell) {
            throw new IllegalStateException("Not what a loopback connection does");
        }
    }
}
