package dev.pounce.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a configuration record. Everything that is said about a setting anywhere
 * (validation, {@code conf/pounce.yaml}, the reference in {@code docs/}) comes from here and from
 * the component's name and type.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** What the setting does, in whole sentences; Markdown code spans are allowed. */
    String value();

    /** The smallest value allowed, written as in the configuration file; empty for no bound. */
    String min() default "";

    /** The largest value allowed, written as in the configuration file; empty for no bound. */
    String max() default "";

    /** Whether the number is a size in bytes, so that it can be written as {@code 64KiB}. */
    boolean bytes() default false;

    /**
     * Whether a changed value waits for the next start. All others are swapped by a reload:
     * requests that begin from then on see them.
     */
    boolean restart() default false;

    /** Whether one application can have another value than the server, and who says so. */
    App app() default App.SAME;

    /** Who gives one application a value of its own. */
    enum App {
        /** Nobody: all applications have the server's. */
        SAME,
        /** The operator, in {@code conf/webapps}. */
        OPERATOR,
        /** The operator, and the application in {@code WEB-INF/pounce.yaml}. */
        ANY
    }

    /** Whether no log and no message may have its values. */
    boolean secret() default false;
}
