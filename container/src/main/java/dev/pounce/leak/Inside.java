package dev.pounce.leak;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fields of the platform that nothing public leads to. They can be read where the JVM was started
 * with {@code --add-opens} for {@code java.lang}, {@code java.util} and {@code
 * java.util.concurrent}, as {@code bin/pounce} does; elsewhere, and in a JDK that has changed them,
 * there is nothing to read.
 */
final class Inside {
    private static final Logger LOG = LoggerFactory.getLogger(Inside.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Inside() {}

    /**
     * The value of a field; null where it cannot be read.
     *
     * @param object null for a static one
     */
    static @Nullable Object get(String className, String field, @Nullable Object object) {
        try {
            Field found = Class.forName(className).getDeclaredField(field);
            found.setAccessible(true);
            return found.get(object);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            say(className, e);
            return null;
        }
    }

    /** Sets a field to false; whether that could be done. */
    static boolean clear(String className, String field, Object object) {
        try {
            Field found = Class.forName(className).getDeclaredField(field);
            found.setAccessible(true);
            found.setBoolean(object, false);
            return true;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            say(className, e);
            return false;
        }
    }

    /** Calls a method without parameters. */
    static void call(String className, String method, Object object) {
        try {
            Method found = Class.forName(className).getDeclaredMethod(method);
            found.setAccessible(true);
            found.invoke(object);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            say(className, e);
        }
    }

    /** What a platform thread was made to run; null where that cannot be seen, or is nothing. */
    static @Nullable Object taskOf(Thread thread) {
        Object holder = get("java.lang.Thread", "holder", thread);
        return holder == null ? null : get("java.lang.Thread$FieldHolder", "task", holder);
    }

    private static void say(String className, Exception e) {
        if (SAID.compareAndSet(false, true)) {
            LOG.info(
                    "not all that undeployed applications leave behind can be found: {} is closed;"
                            + " --add-opens=java.base/java.lang=ALL-UNNAMED (also java.util and"
                            + " java.util.concurrent) opens it",
                    className);
            LOG.debug("a field cannot be read", e);
        }
    }
}
