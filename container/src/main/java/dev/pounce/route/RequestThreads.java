package dev.pounce.route;

import dev.pounce.route.Handler.Execution;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;

/** On which threads the requests of one application run, decided at its deployment. Immutable. */
public sealed interface RequestThreads {

    /** As each handler wants it. */
    RequestThreads AUTO = new Learned();

    /** On the worker wherever that is possible. */
    RequestThreads WORKER = new Pinned();

    /** On virtual threads. */
    RequestThreads VIRTUAL = new Apart(null);

    /** On threads of the application's own. */
    static RequestThreads own(ApplicationThreads threads) {
        return new Apart(threads);
    }

    /** Where requests run whose handler wants them there. */
    Execution execution(Execution wanted);

    /** What decides whether requests start in place, in the stead of what was learned. */
    @Nullable Pace pace(@Nullable Pace learned);

    /** The threads of requests that do not run in place; null for virtual ones. */
    @Nullable Executor executor();

    /** As each handler wants it. */
    record Learned() implements RequestThreads {
        @Override
        public Execution execution(Execution wanted) {
            return wanted;
        }

        @Override
        public @Nullable Pace pace(@Nullable Pace learned) {
            return learned;
        }

        @Override
        public @Nullable Executor executor() {
            return null;
        }
    }

    /** On the worker, however long that was before. */
    record Pinned() implements RequestThreads {
        @Override
        public Execution execution(Execution wanted) {
            return wanted;
        }

        @Override
        public @Nullable Pace pace(@Nullable Pace learned) {
            return learned == null ? null : Pace.ALWAYS_SHORT;
        }

        @Override
        public @Nullable Executor executor() {
            return null;
        }
    }

    /** Never on the worker. */
    record Apart(@Nullable Executor executor) implements RequestThreads {
        @Override
        public Execution execution(Execution wanted) {
            return Execution.VIRTUAL_THREAD;
        }

        @Override
        public @Nullable Pace pace(@Nullable Pace learned) {
            return null;
        }
    }
}
