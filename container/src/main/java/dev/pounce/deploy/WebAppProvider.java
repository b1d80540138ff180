package dev.pounce.deploy;

/**
 * Runs webapps that need more than fused handlers and files; found by {@link
 * java.util.ServiceLoader}. The servlet bridge is one.
 */
public interface WebAppProvider {

    /** Whether the application has something that only this provider can run. */
    boolean accepts(WebAppSource source);

    /**
     * Starts the application; returns once it runs.
     *
     * @throws Exception why it does not start; everything it had begun is undone
     */
    RunningWebApp start(WebAppSource source) throws Exception;
}
