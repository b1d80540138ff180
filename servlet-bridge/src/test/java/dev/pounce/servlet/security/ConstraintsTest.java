package dev.pounce.servlet.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.model.SecurityConstraint;
import dev.pounce.servlet.model.SecurityConstraint.Access;
import dev.pounce.servlet.model.SecurityConstraint.Resources;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Servlet specification, section 13.8: how constraints are combined. */
class ConstraintsTest {
    private final List<SecurityConstraint> all = new ArrayList<>();

    private static Resources path(String... patterns) {
        return new Resources(List.of(patterns), Set.of(), Set.of());
    }

    private static Resources only(String pattern, String... methods) {
        return new Resources(List.of(pattern), Set.of(methods), Set.of());
    }

    private static Resources allBut(String pattern, String... methods) {
        return new Resources(List.of(pattern), Set.of(), Set.of(methods));
    }

    private void roles(Resources resources, String... roles) {
        Access access = roles.length == 0 ? Access.NOBODY : Access.ROLES;
        all.add(new SecurityConstraint(List.of(resources), access, Set.of(roles), false));
    }

    private void everybody(Resources resources, boolean confidential) {
        all.add(
                new SecurityConstraint(
                        List.of(resources), Access.EVERYBODY, Set.of(), confidential));
    }

    private String demand(String path, String method) {
        return demand(path, method, false, "a", "b");
    }

    private String demand(String path, String method, boolean denied, String... declared) {
        PatternDemands found = new Constraints(all, Set.of(declared), denied).table().match(path);
        if (found == null) {
            return "nothing";
        }
        Demand demand = found.of(method);
        return demand.who()
                + (demand.roles().isEmpty() ? "" : " " + sorted(demand.roles()))
                + (demand.confidential() ? " confidential" : "");
    }

    private static String sorted(Set<String> roles) {
        return Arrays.toString(roles.stream().sorted().toArray());
    }

    @Test
    void theBestMatchCountsAsForServlets() {
        roles(path("/"), "default");
        roles(path("*.do"), "extension");
        roles(path("/a/*"), "short");
        roles(path("/a/b/*"), "long");
        roles(path("/a/b/c"), "exact");
        roles(path(""), "root");
        assertEquals("ROLES [root]", demand("/", "GET"));
        assertEquals("ROLES [exact]", demand("/a/b/c", "GET"));
        assertEquals("ROLES [long]", demand("/a/b/c/", "GET"));
        assertEquals("ROLES [long]", demand("/a/b", "GET"));
        assertEquals("ROLES [short]", demand("/a/bc.do", "GET"));
        assertEquals("ROLES [short]", demand("/a", "GET"));
        assertEquals("ROLES [extension]", demand("/ab/x.do", "GET"));
        assertEquals("ROLES [default]", demand("/ab.do/x", "GET"));
    }

    @Test
    void wherePatternsMatchNothingIsAsked() {
        roles(path("/a/*", "/b"), "a");
        assertEquals("nothing", demand("/ab", "GET"));
        assertEquals("nothing", demand("/b/", "GET"));
        assertEquals("ROLES [a]", demand("/b", "GET"));
    }

    @Test
    void rolesOfOnePatternAddUp() {
        roles(path("/x"), "a");
        roles(only("/x", "GET"), "b");
        assertEquals("ROLES [a, b]", demand("/x", "GET"));
        assertEquals("ROLES [a]", demand("/x", "POST"));
    }

    @Test
    void nobodyBeatsEverybodyAndEverybodyBeatsRoles() {
        roles(only("/x", "GET", "PUT"), "a");
        everybody(only("/x", "GET", "PUT"), false);
        roles(only("/x", "PUT"));
        assertEquals("EVERYBODY", demand("/x", "GET"));
        assertEquals("NOBODY", demand("/x", "PUT"));
    }

    @Test
    void theConnectionHasToBeProtectedOnlyIfAllConstraintsSaySo() {
        everybody(only("/x", "GET", "PUT"), true);
        everybody(only("/x", "GET"), false);
        assertEquals("EVERYBODY", demand("/x", "GET"));
        assertEquals("EVERYBODY confidential", demand("/x", "PUT"));
    }

    @Test
    void omittedMethodsAreAllOthers() {
        roles(allBut("/x", "GET", "HEAD"), "a");
        roles(only("/x", "GET"), "b");
        assertEquals("ROLES [b]", demand("/x", "GET"));
        assertEquals("EVERYBODY", demand("/x", "HEAD"));
        assertEquals("ROLES [a]", demand("/x", "POST"));
        assertEquals("ROLES [a]", demand("/x", "WHATEVER"));
        assertEquals("NOBODY", demand("/x", "HEAD", true));
    }

    /** The table of section 13.8.1.1. */
    @Test
    void theExampleOfTheSpecification() {
        roles(path("/*", "/acme/wholesale/*", "/acme/retail/*"));
        all.clear();
        roles(allBut("/acme/wholesale/*", "GET", "POST"));
        roles(allBut("/acme/retail/*", "GET", "POST"));
        roles(allBut("/*", "GET", "POST"));
        roles(only("/acme/wholesale/*", "GET", "PUT"), "SALESCLERK");
        all.add(
                new SecurityConstraint(
                        List.of(only("/acme/wholesale/*", "GET", "POST")),
                        Access.ROLES,
                        Set.of("CONTRACTOR"),
                        true));
        all.add(
                new SecurityConstraint(
                        List.of(only("/acme/retail/*", "GET", "POST")),
                        Access.ROLES,
                        Set.of("CONTRACTOR", "HOMEOWNER"),
                        false));
        assertEquals("NOBODY", demand("/x", "DELETE"));
        assertEquals("EVERYBODY", demand("/x", "GET"));
        assertEquals("ROLES [CONTRACTOR, SALESCLERK]", demand("/acme/wholesale/x", "GET"));
        assertEquals("ROLES [CONTRACTOR] confidential", demand("/acme/wholesale/x", "POST"));
        assertEquals("NOBODY", demand("/acme/wholesale/x", "PUT"));
        assertEquals("ROLES [CONTRACTOR, HOMEOWNER]", demand("/acme/retail/x", "GET"));
        assertEquals("ROLES [CONTRACTOR, HOMEOWNER]", demand("/acme/retail/x", "POST"));
        assertEquals("NOBODY", demand("/acme/retail/x", "DELETE"));
    }

    @Test
    void starIsEveryDeclaredRoleAndTwoStarsEveryUser() {
        roles(path("/one"), "*");
        roles(path("/two"), "**");
        roles(path("/both"), "**", "b");
        assertEquals("ROLES [a, b]", demand("/one", "GET"));
        assertEquals("USERS", demand("/two", "GET"));
        assertEquals("USERS", demand("/both", "GET"));
        assertEquals("ROLES", demand("/one", "GET", false));
        assertEquals("ROLES [**]", demand("/two", "GET", false, "**"));
    }

    @Test
    void section13_8_4UncoveredMethodsAreFound() {
        roles(only("/only", "GET", "POST"), "a");
        roles(allBut("/but", "GET"), "a");
        roles(path("/all"), "a");
        assertEquals(
                List.of("all methods but GET, POST of /only", "GET of /but"),
                new Constraints(all, Set.of(), false).uncovered());
        assertEquals("EVERYBODY", demand("/only", "PUT"));
        assertEquals("NOBODY", demand("/only", "PUT", true));
        assertEquals("NOBODY", demand("/but", "GET", true));
        assertEquals("ROLES [a]", demand("/only", "GET", true));
        assertEquals("nothing", demand("/elsewhere", "GET", true));
    }

    @Test
    void whatCanNeverMatchIsLeftOutOfARoute() {
        roles(path("/a/*", "*.do", "/a/b/c", ""), "a");
        PatternTable table = new Constraints(all, Set.of(), false).table();
        assertTrue(table.within(PathPattern.ofServlet("/x/y")).isEmpty());
        assertTrue(table.within(PathPattern.ofServlet("*.html")).match("/a/x.html") != null);
        assertFalse(table.within(PathPattern.ofServlet("/x/*")).isEmpty(), "/x/y.do");
        assertNull(table.within(PathPattern.ofServlet("/x/*")).match("/x/y"));
        assertNull(table.within(PathPattern.ofServlet("/a/b/c")).match("/"));
        assertFalse(table.within(PathPattern.ofServlet("/a/b/c")).isEmpty());
        assertFalse(table.within(PathPattern.ofServlet("/")).isEmpty());
        assertFalse(table.within(PathPattern.ofServlet("")).isEmpty());
        assertFalse(table.within(PathPattern.ofFused("/a/{b}/c")).isEmpty());
        assertFalse(table.within(PathPattern.ofFused("/{a}/c")).isEmpty());
    }
}
