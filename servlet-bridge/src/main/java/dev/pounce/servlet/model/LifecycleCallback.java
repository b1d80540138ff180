package dev.pounce.servlet.model;

/**
 * A method that is called on components of a class (Jakarta Annotations, PostConstruct and
 * PreDestroy).
 *
 * @param className the class that has the method
 * @param methodName the method, which has no parameters
 * @param kind when it is called
 */
public record LifecycleCallback(String className, String methodName, Kind kind) {

    /** When a method is called. */
    public enum Kind {
        /** When the component was made, before its init. */
        POST_CONSTRUCT,
        /** After its destroy. */
        PRE_DESTROY
    }
}
