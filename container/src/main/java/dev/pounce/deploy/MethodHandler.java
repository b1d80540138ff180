package dev.pounce.deploy;

import dev.pounce.api.FusedHandler;
import dev.pounce.api.FusedRequest;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A method of a webapp as a handler, called with the webapp's context class loader. */
final class MethodHandler implements FusedHandler<Object> {
    private static final MethodType CALL = MethodType.methodType(Object.class, FusedRequest.class);

    private final MethodHandle method;
    private final ClassLoader loader;

    /**
     * @param method bound to its instance; takes nothing or a request
     */
    MethodHandler(MethodHandle method, ClassLoader loader) {
        MethodHandle withRequest =
                method.type().parameterCount() == 1
                        ? method
                        : MethodHandles.dropArguments(method, 0, FusedRequest.class);
        this.method = withRequest.asType(CALL);
        this.loader = loader;
    }

    @Override
    public @Nullable Object handle(FusedRequest request) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return (Object) method.invokeExact(request);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a handler threw " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
