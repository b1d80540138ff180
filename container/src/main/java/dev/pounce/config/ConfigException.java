package dev.pounce.config;

/** A setting that does not exist, or a value that a setting does not take. */
public final class ConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;

    /**
     * @param path the setting in question, such as {@code compression.min_size}
     * @param problem what is wrong and what would be right; continues the sentence that the path
     *     starts
     */
    public ConfigException(String path, String problem) {
        this.path = path;
        this.problem = problem;
    }

    @Override
    public String getMessage() {
        return path + ": " + problem;
    }

    /** The setting in question, such as {@code compression.min_size}. */
    public String path() {
        return path;
    }

    /** What is wrong and what would be right, without the path. */
    public String problem() {
        return problem;
    }
}
