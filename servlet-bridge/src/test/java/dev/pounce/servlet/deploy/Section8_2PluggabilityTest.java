package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servlet specification, section 8.2: fragments, initializers and what they are shown. */
class Section8_2PluggabilityTest {
    /** Tells what the application knows of itself. */
    private static final String TELL =
            """
            @WebServlet("/tell")
            public class Tell extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    ServletContext c = getServletContext();
                    r.getWriter().print(c.getAttribute("log") + " " + c.getAttribute(ServletContext.ORDERED_LIBS));
                }
            }
            """;

    @TempDir Path folder;

    private TestWebApp webapp(String... sources) throws IOException {
        return DeployedApp.webapp(folder.resolve("app"), sources);
    }

    private Library library(String name, String... sources) throws IOException {
        return new Library(folder.resolve(name), sources);
    }

    private static String initializer(String name, String annotation) {
        return """
        %s
        public class %s implements ServletContainerInitializer {
            public void onStartup(Set<Class<?>> types, ServletContext c) {
                TreeSet<String> names = new TreeSet<>();
                if (types != null) for (Class<?> t : types) names.add(t.getSimpleName());
                Object before = c.getAttribute("log");
                c.setAttribute("log", (before == null ? "" : before + " ") + "%s" + (types == null ? "" : names));
            }
        }
        """
                .formatted(annotation, name, name);
    }

    private static String refusal(TestWebApp app) {
        return assertThrows(DeploymentException.class, () -> DeployedApp.start(app).close())
                .getMessage();
    }

    @Test
    void section8_2_4InitializersRunInTheOrderOfTheirLibrariesTheApplicationsOwnFirst()
            throws Exception {
        TestWebApp app = webapp(TELL, initializer("Own", ""));
        app.file("WEB-INF/classes/" + Library.INITIALIZERS, "# a comment\napp.Own # another\n");
        app.file(
                "WEB-INF/web.xml",
                "<web-app><absolute-ordering><name>Z</name><others/></absolute-ordering></web-app>");
        library("a", initializer("InA", ""))
                .file(Library.INITIALIZERS, "app.InA\n")
                .into(app, "a.jar");
        library("z", initializer("InZ", ""))
                .fragment("<name>Z</name>")
                .file(Library.INITIALIZERS, "app.InZ\n")
                .into(app, "z.jar");
        try (DeployedApp deployed = DeployedApp.start(app)) {
            assertEquals("Own InZ InA [z.jar, a.jar]", deployed.content("/tell"));
        }
    }

    @Test
    void section8_2_2ALibraryThatIsLeftOutBringsNothing() throws Exception {
        TestWebApp app = webapp(TELL, initializer("Own", "@HandlesTypes(Runnable.class)"));
        app.file("WEB-INF/classes/" + Library.INITIALIZERS, "app.Own");
        app.file(
                "WEB-INF/web.xml",
                "<web-app><absolute-ordering><name>in</name></absolute-ordering></web-app>");
        String task = "public class %s implements Runnable { public void run() {} }";
        String servlet =
                """
                @WebServlet("/%s")
                public class %s extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print("here"); }
                }
                """;
        library("in", task.formatted("InTask"), servlet.formatted("in", "InServlet"))
                .fragment("<name>in</name>")
                .into(app, "in.jar");
        library(
                        "out",
                        task.formatted("OutTask"),
                        servlet.formatted("out", "OutServlet"),
                        initializer("OutInit", ""))
                .fragment(
                        "<name>out</name><context-param><param-name>p</param-name></context-param>")
                .file(Library.INITIALIZERS, "app.OutInit")
                .file("META-INF/resources/out.txt", "a file all the same")
                .into(app, "out.jar");
        // A fragment that takes no part is read for its name all the same.
        assertTrue(refusal(app).contains("out.jar!/META-INF/web-fragment.xml:1:"), refusal(app));
        library(
                        "fixed",
                        task.formatted("OutTask"),
                        servlet.formatted("out", "OutServlet"),
                        initializer("OutInit", ""))
                .fragment("<name>out</name>")
                .file(Library.INITIALIZERS, "app.OutInit")
                .file("META-INF/resources/out.txt", "a file all the same")
                .into(app, "out.jar");
        try (DeployedApp deployed = DeployedApp.start(app)) {
            assertEquals("Own[InTask] [in.jar]", deployed.content("/tell"));
            assertEquals("here", deployed.content("/in"));
            assertTrue(deployed.get("/out").startsWith("HTTP/1.1 404 "));
            assertEquals("a file all the same", deployed.content("/out.txt"));
        }
    }

    @Test
    void section8_2_3AFragmentThatIsCompleteHasNoAnnotations() throws Exception {
        TestWebApp app = webapp(TELL);
        String servlet =
                """
                @WebServlet("/annotated")
                public class S extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print(getServletName()); }
                }
                """;
        library("l", servlet)
                .file(
                        "META-INF/web-fragment.xml",
                        "<web-fragment"
                            + " metadata-complete='true'><servlet><servlet-name>described</servlet-name>"
                            + "<servlet-class>app.S</servlet-class></servlet>"
                            + "<servlet-mapping><servlet-name>described</servlet-name><url-pattern>/d</url-pattern></servlet-mapping>"
                            + "</web-fragment>")
                .into(app, "l.jar");
        try (DeployedApp deployed = DeployedApp.start(app)) {
            assertEquals("described", deployed.content("/d"));
            assertTrue(deployed.get("/annotated").startsWith("HTTP/1.1 404 "));
            assertEquals("null null", deployed.content("/tell"));
        }
    }

    @Test
    void section8_2_3ACompleteDescriptorLeavesFragmentsAndAnnotationsOutAndRunsInitializers()
            throws Exception {
        String tell =
                "<web-app metadata-complete='true'><servlet><servlet-name>t</servlet-name>"
                        + "<servlet-class>app.Tell</servlet-class></servlet><servlet-mapping>"
                        + "<servlet-name>t</servlet-name><url-pattern>/described</url-pattern>"
                        + "</servlet-mapping></web-app>";
        TestWebApp app = webapp(TELL).file("WEB-INF/web.xml", tell);
        library("l", initializer("Init", "@HandlesTypes(WebServlet.class)"))
                .fragment("<broken")
                .file(Library.INITIALIZERS, "app.Init")
                .into(app, "l.jar");
        try (DeployedApp deployed = DeployedApp.start(app)) {
            assertEquals("Init[Tell] null", deployed.content("/described"));
            assertTrue(deployed.get("/tell").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void section8_2_3ContradictionsAndDoublePatternsAreNamed() throws Exception {
        TestWebApp app = webapp();
        String servlet =
                "<servlet><servlet-name>s</servlet-name><load-on-startup>%s</load-on-startup></servlet>";
        library("a").fragment(servlet.formatted("1")).into(app, "a.jar");
        library("b").fragment(servlet.formatted("2")).into(app, "b.jar");
        String refusal = refusal(app);
        assertTrue(
                refusal.contains("a.jar!/META-INF/web-fragment.xml and ")
                        && refusal.contains("b.jar!/META-INF/web-fragment.xml say different")
                        && refusal.contains("<load-on-startup> of the servlet s (1 and 2)"),
                refusal);
    }

    @Test
    void section8_2_4TypesAreFoundThroughClassesOutsideOfTheApplicationAndInMembers()
            throws Exception {
        TestWebApp app =
                webapp(
                        TELL,
                        initializer(
                                "Init",
                                "@HandlesTypes({jakarta.servlet.Servlet.class, Iterable.class,"
                                        + " Marks.Mark.class})"),
                        "public class Marks {"
                            + " @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.CLASS)"
                            + " @interface Mark {} }",
                        "public class OnField { @Marks.Mark int field; }",
                        "public class OnMethod { @Marks.Mark void method() {} }",
                        "public class MyList extends ArrayList<String> {}",
                        "public class Plain {}");
        app.file("WEB-INF/classes/" + Library.INITIALIZERS, "app.Init");
        try (DeployedApp deployed = DeployedApp.start(app)) {
            assertEquals("Init[MyList, OnField, OnMethod, Tell] null", deployed.content("/tell"));
        }
    }

    @Test
    void anInitializerMayHandleATypeThatIsMissing() throws Exception {
        TestWebApp app =
                webapp(
                        TELL,
                        initializer("Init", "@HandlesTypes({Gone.class, Runnable.class})"),
                        "public class Gone {}",
                        "public class Lost extends Gone implements Runnable { public void run() {}"
                                + " }",
                        "public class Kept implements Runnable { public void run() {} }");
        app.file("WEB-INF/classes/" + Library.INITIALIZERS, "app.Init");
        Files.delete(app.root().resolve("WEB-INF/classes/app/Gone.class"));
        try (DeployedApp deployed = DeployedApp.start(app)) {
            assertEquals("Init[Kept] null", deployed.content("/tell"));
        }
    }

    @Test
    void anInitializerThatCannotBeMadeIsNamedWithItsFile() throws Exception {
        TestWebApp app = webapp();
        library("l").file(Library.INITIALIZERS, "app.Nobody").into(app, "l.jar");
        String refusal = refusal(app);
        assertTrue(
                refusal.contains("the initializer app.Nobody, which META-INF/services/")
                        && refusal.contains("l.jar names, cannot be made"),
                refusal);
    }

    @Test
    void classesForOtherReleasesAndModulesAreNotTheApplications() throws Exception {
        TestWebApp app = webapp(TELL);
        library("l")
                .file("META-INF/versions/9/app/Broken.class", "no class")
                .file("module-info.class", "no class")
                .file("app/Broken.class", "no class")
                .into(app, "l.jar");
        try (DeployedApp deployed = DeployedApp.start(app)) {
            assertEquals("null null", deployed.content("/tell"));
        }
    }

    @Test
    void section8_1TwoClassesMustNotBeTheSameServlet() throws Exception {
        String servlet =
                "@WebServlet(name = \"same\", urlPatterns = \"/%s\") public class %s extends"
                        + " HttpServlet {}";
        String refusal = refusal(webapp(servlet.formatted("a", "A"), servlet.formatted("b", "B")));
        assertTrue(
                refusal.contains("both app.A and app.B are annotated as the servlet same"),
                refusal);
    }
}
