package dev.pounce.config;

import java.util.List;

/** The settings that only applications have, and not a server. */
public record AppSettings(
        @Setting(
                        value =
                                "Where the application is, such as `/shop`, or `/` for the root;"
                                    + " `auto` is where its name says. Without effect where the"
                                    + " application was deployed at a path that somebody named.",
                        app = Setting.App.ANY)
                String contextPath,
        @Setting(
                        value =
                                "On which threads its requests run. `auto` starts them on the"
                                    + " worker that read them as long as their route proves short,"
                                    + " else on threads of their own. `worker` always starts them"
                                    + " there, for code that is known to be short: each request"
                                    + " that takes long costs the worker's loop a change of"
                                    + " threads, and one whose content has not come whole has a"
                                    + " virtual thread all the same. `virtual` never starts them"
                                    + " there, nor its fused handlers. `platform` has a pool of"
                                    + " platform threads, for libraries that hold native frames or"
                                    + " monitors while they wait, or keep much in thread locals;"
                                    + " each costs memory, and when all are busy requests wait.",
                        app = Setting.App.ANY)
                Threads threads,
        @Setting(
                        value = "Threads of that pool at most.",
                        min = "1",
                        max = "10000",
                        app = Setting.App.ANY)
                int platformThreads,
        @Setting(
                        value =
                                "What there is besides `WEB-INF/classes` and `WEB-INF/lib`, and"
                                    + " searched after them: jars (`lib/a.jar`), all jars of a"
                                    + " folder (`lib/*`) and folders with classes (`classes`). Jars"
                                    + " count as those of `WEB-INF/lib` do, with their annotations,"
                                    + " fragments and resources. Relative paths start at"
                                    + " `POUNCE_BASE` in the operator's file, and in"
                                    + " `WEB-INF/pounce.yaml` at the application's folder, which"
                                    + " they must not leave, through symbolic links neither. A"
                                    + " change there deploys nothing.",
                        app = Setting.App.ANY)
                List<String> classPath,
        @Setting(
                        value =
                                "Whether `class_path` in `WEB-INF/pounce.yaml` may name what lies"
                                        + " outside of the application's folder.",
                        app = Setting.App.OPERATOR)
                boolean outsideClassPath,
        @Setting(
                        value =
                                "Whether the application may see others by"
                                        + " `ServletContext.getContext` and dispatch requests to"
                                        + " them; where it is not set, as `servlet.cross_context`"
                                        + " of the server says.",
                        app = Setting.App.OPERATOR)
                boolean crossContext) {

    private static final Schema<AppSettings> SCHEMA = new Schema<>(AppSettings.class);

    /** The context path that stands for what the application's name says. */
    public static final String AUTO = "auto";

    private static final int MOST_PLACES = 1000;

    /** The values of an application for which nothing was set. */
    public static final AppSettings DEFAULT =
            new AppSettings(AUTO, Threads.AUTO, 200, List.of(), false, false);

    /** On which threads requests of an application run. */
    public enum Threads {
        /** On the worker as long as that is short. */
        AUTO,
        /** On the worker. */
        WORKER,
        /** On virtual threads. */
        VIRTUAL,
        /** On platform threads of the application's own. */
        PLATFORM
    }

    /**
     * Checks the settings and copies the list.
     *
     * @throws ConfigException for the first that cannot be
     */
    public AppSettings {
        SCHEMA.check(
                AppSettings.class,
                contextPath,
                threads,
                platformThreads,
                classPath,
                outsideClassPath,
                crossContext);
        classPath = List.copyOf(classPath);
        if (classPath.size() > MOST_PLACES) {
            throw new ConfigException("class_path", "has more than " + MOST_PLACES + " elements");
        }
        if (!isContextPath(contextPath)) {
            throw new ConfigException(
                    "context_path",
                    "\""
                            + contextPath
                            + "\" is neither auto nor / nor like /shop or /shop/admin, with no"
                            + " slash at the end, no empty or dot segments and no ? # % ; or"
                            + " backslash");
        }
    }

    private static boolean isContextPath(String path) {
        return path.equals(AUTO)
                || path.equals("/")
                || path.matches("(/[^/?#%;\\\\\\p{Cntrl}\\s]+)+")
                        && !path.matches(".*/\\.{1,2}(/.*)?")
                        && path.length() <= 1000;
    }

    static Schema<AppSettings> schema() {
        return SCHEMA;
    }
}
