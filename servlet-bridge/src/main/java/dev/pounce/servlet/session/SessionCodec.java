package dev.pounce.servlet.session;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Attributes to bytes and back, with the class loader of one version of an application. What does
 * not go is dropped and named, each kind once. Thread-safe.
 */
final class SessionCodec {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCodec.class);

    private final String application;
    private final ClassLoader loader;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    SessionCodec(String application, ClassLoader loader) {
        this.application = application;
        this.loader = loader;
    }

    /** All attributes in one; null when one of them cannot be serialised. */
    byte @Nullable [] whole(Map<String, Object> attributes) {
        try {
            return bytes(new HashMap<>(attributes));
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            LOG.debug("attributes of a session of {} are serialised one by one", application, e);
            return null;
        }
    }

    /** The attributes that can be serialised. */
    Map<String, byte[]> single(Map<String, Object> attributes) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        attributes.forEach(
                (name, value) -> {
                    try {
                        all.put(name, bytes(value));
                    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
                        dropped(name, value.getClass().getName(), e);
                    }
                });
        return all;
    }

    /** The attributes of a session that has come. */
    Map<String, Object> attributes(TravellingSession session) {
        byte[] whole = session.whole();
        if (whole != null) {
            try {
                return wholeAttributes(whole);
            } catch (IOException
                    | ClassNotFoundException
                    | RuntimeException
                    | LinkageError
                    | StackOverflowError e) {
                LOG.debug("attributes of a session of {} are read one by one", application, e);
            }
        }
        Map<String, Object> all = new HashMap<>();
        session.single().get().forEach((name, bytes) -> read(name, bytes, all));
        return all;
    }

    @SuppressWarnings("unchecked") // whole() wrote it
    private Map<String, Object> wholeAttributes(byte[] bytes)
            throws IOException, ClassNotFoundException {
        return (Map<String, Object>) object(bytes);
    }

    private void read(String name, byte[] bytes, Map<String, Object> into) {
        try {
            into.put(name, object(bytes));
        } catch (IOException
                | ClassNotFoundException
                | RuntimeException
                | LinkageError
                | StackOverflowError e) {
            dropped(name, "of a class that the new version reads otherwise", e);
        }
    }

    private void dropped(String attribute, String what, Throwable why) {
        if (named.add(attribute + ' ' + what)) {
            LOG.warn(
                    "sessions of {} lose their attribute \"{}\" ({}): {}",
                    application,
                    attribute,
                    what,
                    why.toString());
        }
    }

    private static byte[] bytes(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private Object object(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new LoadedInput(new ByteArrayInputStream(bytes), loader)) {
            return in.readObject();
        }
    }

    /** Its classes are those of the application, whoever is on the stack. */
    private static final class LoadedInput extends ObjectInputStream {
        private final ClassLoader loader;

        LoadedInput(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }

        /** Without this override the platform asks the loader of whoever is on the stack. */
        @Override
        protected Class<?> resolveProxyClass(String[] interfaces)
                throws IOException, ClassNotFoundException {
            Class<?>[] types = new Class<?>[interfaces.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = Class.forName(interfaces[i], false, loader);
            }
            return Proxy.newProxyInstance(loader, types, (proxy, method, arguments) -> null)
                    .getClass();
        }
    }
}
