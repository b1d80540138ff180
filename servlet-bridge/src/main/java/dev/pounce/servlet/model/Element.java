package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An element of a descriptor.
 *
 * @param name its name without a namespace
 * @param line the line in which it begins
 * @param attributes its attributes
 * @param text its own text without surrounding white space
 * @param children the elements in it
 */
record Element(
        String name,
        int line,
        Map<String, String> attributes,
        String text,
        List<Element> children) {

    /** The elements in it that have a name. */
    List<Element> all(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    /** The texts of the elements in it that have a name. */
    List<String> texts(String childName) {
        List<String> texts = new ArrayList<>();
        for (Element child : all(childName)) {
            texts.add(child.text);
        }
        return texts;
    }

    /** The text of the first element in it that has a name, or null. */
    @Nullable String optional(String childName) {
        List<String> texts = texts(childName);
        return texts.isEmpty() ? null : texts.get(0);
    }

    /** The text of the element in it that has a name and must be there. */
    String required(String childName) throws DescriptorException {
        String text = optional(childName);
        if (text == null || text.isEmpty()) {
            throw wrong("<" + name + "> needs a <" + childName + ">");
        }
        return text;
    }

    /** The number in an element in it, or a default. */
    long number(String childName, long otherwise) throws DescriptorException {
        String text = optional(childName);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong("<" + childName + "> must be a number, not \"" + text + "\"");
        }
    }

    /** The number in an element in it, or a default. */
    int integer(String childName, int otherwise) throws DescriptorException {
        long value = number(childName, otherwise);
        if (value != (int) value) {
            throw wrong("<" + childName + "> is out of range: " + value);
        }
        return (int) value;
    }

    /** Whether an element in it says true. */
    boolean flag(String childName, boolean otherwise) {
        String text = optional(childName);
        return text == null || text.isEmpty() ? otherwise : text.equalsIgnoreCase("true");
    }

    DescriptorException wrong(String what) {
        return new DescriptorException("line " + line + ": " + what);
    }
}
