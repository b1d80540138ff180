package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An element of a descriptor.
 *
 * @param name its name without a namespace
 * @param line the line in which it begins
 * @param column where its start tag begins in the line, or just behind that
 * @param attributes its attributes
 * @param text its own text without surrounding white space
 * @param children the elements in it
 */
record Element(
        String name,
        int line,
        int column,
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

    /** The first element in it that has a name, or null. */
    @Nullable Element first(String childName) {
        List<Element> found = all(childName);
        return found.isEmpty() ? null : found.get(0);
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

    /** What an element in it says, or null; true, false, yes, no, 1 and 0 are in use. */
    @Nullable Boolean flag(String childName) throws DescriptorException {
        String text = optional(childName);
        if (text == null || text.isEmpty()) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default ->
                    throw wrong("<" + childName + "> must be true or false, not \"" + text + "\"");
        };
    }

    /** The same with other texts in all elements of a name in it. */
    Element withTexts(String childName, UnaryOperator<String> change) {
        List<Element> changed = new ArrayList<>();
        for (Element child : children) {
            changed.add(child.withTexts(childName, change));
        }
        String own = name.equals(childName) ? change.apply(text) : text;
        return new Element(name, line, column, attributes, own, changed);
    }

    /** The same with other texts in itself and all elements in it. */
    Element withTexts(UnaryOperator<String> change) {
        List<Element> changed = new ArrayList<>();
        for (Element child : children) {
            changed.add(child.withTexts(change));
        }
        return new Element(name, line, column, attributes, change.apply(text), changed);
    }

    /** Where it is: line and column, as editors write them behind a file's name. */
    String place() {
        return line + ":" + column;
    }

    DescriptorException wrong(String what) {
        return new DescriptorException(place() + ": " + what);
    }
}
