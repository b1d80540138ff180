package dev.pounce.servlet.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads what a descriptor says to whoever runs JSP files. */
final class JspElements {
    private static final Set<String> NOT_VALUES =
            Set.of(
                    "description",
                    "display-name",
                    "icon",
                    "url-pattern",
                    "include-prelude",
                    "include-coda");

    private JspElements() {}

    static JspConfig.Taglib taglib(Element element) throws DescriptorException {
        return new JspConfig.Taglib(
                element.required("taglib-uri"), element.required("taglib-location"));
    }

    static JspConfig.PropertyGroup group(Element element) throws DescriptorException {
        if (element.all("url-pattern").isEmpty()) {
            throw element.wrong("<jsp-property-group> needs a <url-pattern>");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Element each : element.children()) {
            if (!NOT_VALUES.contains(each.name())) {
                values.put(each.name(), each.text());
            }
        }
        return new JspConfig.PropertyGroup(
                element.texts("url-pattern"),
                element.texts("include-prelude"),
                element.texts("include-coda"),
                values);
    }
}
