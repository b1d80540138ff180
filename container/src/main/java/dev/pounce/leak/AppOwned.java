package dev.pounce.leak;

import org.jspecify.annotations.Nullable;

/**
 * Tells what belongs to an application: what was loaded by its class loader, or by one below it.
 *
 * @param loader the application's
 */
record AppOwned(ClassLoader loader) {

    /** Whether that is the class loader of the application, or one that it made. */
    boolean isLoader(@Nullable ClassLoader other) {
        ClassLoader each = other;
        while (each != null && each != loader) {
            each = each.getParent();
        }
        return each != null;
    }

    /** Whether an object holds the class loader by its class, or by what it is. */
    boolean isObject(@Nullable Object object) {
        return switch (object) {
            case null -> false;
            case ClassLoader other -> isLoader(other);
            case Class<?> type -> isLoader(type.getClassLoader());
            default -> isLoader(object.getClass().getClassLoader());
        };
    }
}
