package dev.pounce.config;

import java.util.List;

/** Web applications of the Jakarta Servlet API. */
public record ServletsConfig(
        @Setting(
                        "Context paths of the applications that may see others by"
                                + " `ServletContext.getContext` and dispatch requests to them: `/`"
                                + " for the root application, `*` for all.")
                List<String> crossContext,
        @Setting(
                        value =
                                "Whether `sendRedirect` sends a relative location as the"
                                        + " application gave it; else it is made absolute, with the"
                                        + " scheme and host that the client asked for, as the"
                                        + " specification has it.",
                        app = Setting.App.ANY)
                boolean relativeRedirects,
        @Setting(
                        value =
                                "Sessions that an application may have at a time; when one more"
                                        + " is to be made, the application gets an"
                                        + " IllegalStateException. 0 is no limit.",
                        min = "0",
                        restart = true,
                        app = Setting.App.ANY)
                int maxSessions) {

    /**
     * Checks the settings and copies the list.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public ServletsConfig {
        ServerConfig.schema()
                .check(ServletsConfig.class, crossContext, relativeRedirects, maxSessions);
        crossContext = List.copyOf(crossContext);
        for (String each : crossContext) {
            if (!each.equals("*")
                    && !each.equals("/")
                    && (!each.startsWith("/") || each.endsWith("/"))) {
                throw new ConfigException(
                        "servlet.cross_context",
                        "\""
                                + each
                                + "\" is no context path: one begins with a slash and does not"
                                + " end with one; / is the root application, * is all");
            }
        }
    }

    /**
     * Whether an application may dispatch to others.
     *
     * @param contextPath empty for the root
     */
    public boolean isCrossContext(String contextPath) {
        return crossContext.contains("*")
                || crossContext.contains(contextPath.isEmpty() ? "/" : contextPath);
    }
}
