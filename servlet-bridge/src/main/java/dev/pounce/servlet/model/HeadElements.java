package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a descriptor says of itself and of the order of fragments. */
final class HeadElements {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})");
    private static final String OTHERS = "others";

    private HeadElements() {}

    static DescriptorHead head(XmlTree.Document document, String source)
            throws DescriptorException {
        Element root = document.root();
        boolean fragment = root.name().equals("web-fragment");
        Element absolute = root.first("absolute-ordering");
        Element relative = root.first("ordering");
        return new DescriptorHead(
                source,
                version(root, document.publicId()),
                fragment ? name(root) : null,
                root.optional("display-name"),
                "true".equalsIgnoreCase(root.attributes().get("metadata-complete")),
                root.first("distributable") != null,
                fragment || absolute == null ? null : absolute(absolute),
                !fragment || relative == null ? RelativeOrder.ANY : relative(relative));
    }

    private static @Nullable String name(Element root) throws DescriptorException {
        Element name = root.first("name");
        if (name != null && name.text().isEmpty()) {
            throw name.wrong("a fragment's <name> must not be empty; name it or leave it out");
        }
        return name == null ? null : name.text();
    }

    /** Old descriptors say their version in the name of their DTD. */
    private static @Nullable SpecVersion version(Element root, String publicId) {
        String said = root.attributes().get("version");
        Matcher matcher = VERSION.matcher(said == null ? publicId : said);
        return matcher.find()
                ? new SpecVersion(
                        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : null;
    }

    private static AbsoluteOrder absolute(Element element) throws DescriptorException {
        List<String> names = new ArrayList<>();
        int othersAt = -1;
        for (Element each : element.children()) {
            if (each.name().equals(OTHERS)) {
                if (othersAt >= 0) {
                    throw each.wrong("<absolute-ordering> must not have two <others/>");
                }
                othersAt = names.size();
            } else if (each.name().equals("name") && !names.contains(each.text())) {
                names.add(each.text());
            }
        }
        return new AbsoluteOrder(names, othersAt);
    }

    private static RelativeOrder relative(Element element) throws DescriptorException {
        RelativeOrder order =
                new RelativeOrder(
                        neighbours(element.first("before")), neighbours(element.first("after")));
        if (order.before().others() && order.after().others()) {
            throw element.wrong(
                    "a fragment cannot come both before and after all others; take one of the two"
                            + " <others/> out");
        }
        return order;
    }

    private static RelativeOrder.Neighbours neighbours(@Nullable Element side) {
        if (side == null) {
            return new RelativeOrder.Neighbours(Set.of(), false);
        }
        return new RelativeOrder.Neighbours(
                new LinkedHashSet<>(side.texts("name")), side.first(OTHERS) != null);
    }
}
