package dev.pounce.servlet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Servlet specification, section 8.2.2: the order of web.xml and web-fragment.xml. */
class Section8_2_2FragmentOrderTest {
    private final List<DescriptorHead> fragments = new ArrayList<>();

    private void fragment(String name, String ordering) throws DescriptorException {
        String named = name.isEmpty() ? "" : "<name>" + name + "</name>";
        String source = (name.isEmpty() ? "unnamed" + fragments.size() : name) + ".jar";
        fragments.add(
                Descriptors.read(
                                source,
                                "<web-fragment>"
                                        + named
                                        + (ordering.isEmpty()
                                                ? ""
                                                : "<ordering>" + ordering + "</ordering>")
                                        + "</web-fragment>")
                        .head());
    }

    private static String before(String... names) {
        return "<before>" + names(names) + "</before>";
    }

    private static String after(String... names) {
        return "<after>" + names(names) + "</after>";
    }

    private static String names(String... names) {
        StringBuilder text = new StringBuilder();
        for (String each : names) {
            text.append(each.equals("*") ? "<others/>" : "<name>" + each + "</name>");
        }
        return text.toString();
    }

    private String ordered() throws DescriptorException {
        return sources(FragmentOrder.of(null, fragments));
    }

    private String listed(String... absolute) throws DescriptorException {
        DescriptorHead main =
                Descriptors.read(
                                "web.xml",
                                "<web-app><absolute-ordering>"
                                        + names(absolute)
                                        + "</absolute-ordering></web-app>")
                        .head();
        return sources(FragmentOrder.of(Objects.requireNonNull(main.absoluteOrder()), fragments));
    }

    private static String sources(List<DescriptorHead> heads) {
        return String.join(
                " ", heads.stream().map(each -> each.source().replace(".jar", "")).toList());
    }

    @Test
    void withoutAnyOrderFragmentsStayAsTheyAre() throws Exception {
        fragment("B", "");
        fragment("", "");
        fragment("A", "");
        assertEquals("B unnamed1 A", ordered());
    }

    @Test
    void anAbsoluteOrderLeavesOutWhatItDoesNotName() throws Exception {
        fragment("A", before("*"));
        fragment("B", "");
        fragment("", "");
        assertEquals("B A", listed("B", "none", "A", "B"));
        assertEquals("", listed());
    }

    @Test
    void othersStandForAllThatAreNotNamed() throws Exception {
        fragment("A", "");
        fragment("", "");
        fragment("C", "");
        fragment("D", "");
        assertEquals("C A unnamed1 D", listed("C", "*"));
        assertEquals("A unnamed1 C D", listed("*", "none", "D"));
        assertEquals("D A unnamed1 C", listed("none", "D", "*", "C"));
    }

    /** The first example of the specification. */
    @Test
    void fragmentsComeBeforeAndAfterOthers() throws Exception {
        fragment("A", after("B"));
        fragment("B", "");
        fragment("C", before("*"));
        fragment("D", after("*"));
        fragment("E", before("*"));
        fragment("F", "");
        assertEquals("C E B A F D", ordered());
    }

    /** The second example of the specification. */
    @Test
    void whatComesBeforeOneOfTheFirstIsOneOfThem() throws Exception {
        fragment("", after("*") + before("C"));
        fragment("B", before("*"));
        fragment("C", "");
        fragment("D", after("*"));
        fragment("E", before("*"));
        fragment("F", "");
        assertEquals("B E F unnamed0 C D", ordered());
    }

    /** The third example of the specification. */
    @Test
    void namesThatAreNotThereArePassedOver() throws Exception {
        fragment("A", after("B", "gone"));
        fragment("B", before("C"));
        fragment("C", before("*"));
        fragment("D", "");
        assertEquals("B C A D", ordered());
    }

    @Test
    void circlesAreNamed() throws Exception {
        fragment("A", before("B"));
        fragment("B", before("C"));
        fragment("C", before("A"));
        String refusal = Descriptors.refusal(this::ordered);
        assertTrue(
                refusal.startsWith(
                        "fragments are to come after each other: A.jar after C.jar after B.jar"
                                + " after A.jar; take one"),
                refusal);
    }

    @Test
    void twoThatWantToComeAfterEachOtherAreNamed() throws Exception {
        fragment("A", after("*") + before("B"));
        fragment("B", before("*"));
        String refusal = Descriptors.refusal(this::ordered);
        assertTrue(refusal.contains("A.jar") && refusal.contains("B.jar"), refusal);
    }

    @Test
    void theSameNameTwiceIsRefused() throws Exception {
        fragment("A", "");
        fragments.add(
                Descriptors.read("second.jar", "<web-fragment><name>A</name></web-fragment>")
                        .head());
        assertTrue(
                Descriptors.refusal(this::ordered)
                        .startsWith("two fragments have the <name> A: A.jar and second.jar; take"));
        assertTrue(Descriptors.refusal(() -> listed("A")).contains("second.jar"));
        assertEquals("A second", listed("*"));
    }
}
