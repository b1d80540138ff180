package dev.pounce.servlet.dispatch;

import dev.pounce.route.FusedMethods;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.Route;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.ErrorPage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.function.IntSupplier;

/** What answers the requests of an application, compiled out of what is registered in it. */
public final class ServletApplication {
    private static final Logger LOG = LoggerFactory.getLogger(ServletApplication.class);

    private final WebContext context;
    private final List<Route> routes;

    /**
     * Compiles, and gives the context its dispatchers.
     *
     * @param fused its fused handlers
     * @param maxBody bytes of content that are collected for a fused handler, asked for each
     *     request
     * @param development what developers see of its errors
     * @throws IllegalArgumentException when two of its patterns are the same
     */
    public ServletApplication(
            WebContext context,
            RequestScopes scopes,
            List<String> welcomeFiles,
            List<ErrorPage> errorPages,
            List<FusedRoute> fused,
            IntSupplier maxBody,
            DevelopmentPages development) {
        this.context = context;
        RequestRunner runner = new RequestRunner(context, scopes);
        ServletTable table =
                new ServletTable(
                        context,
                        welcomeFiles,
                        FusedMethods.group(fused),
                        maxBody,
                        scopes.policy(),
                        runner);
        ContextDispatchers dispatchers = new ContextDispatchers(scopes, table);
        runner.complete(table, new Failures(new ErrorPages(errorPages), dispatchers, development));
        context.dispatchers(dispatchers);
        routes = table.exported();
        scopes.policy().pages().forEach(page -> check(page, table));
    }

    /** A page that is missing shows when somebody has to log in, which may be late. */
    private void check(String page, ServletTable table) {
        int question = page.indexOf('?');
        ServletTable.Match match = table.match(question < 0 ? page : page.substring(0, question));
        if (match.route().isDefault() && !context.resources().isFile(match.path())) {
            LOG.warn(
                    "{}: <form-login-config> names the page {}, and neither a file nor a servlet"
                            + " answers there",
                    context.getContextPath(),
                    page);
        }
    }

    /** Its routes, relative to its context path. */
    public List<Route> routes() {
        return routes;
    }
}
