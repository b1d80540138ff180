package dev.pounce.servlet.model;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads the listeners that the description of a tag library (TLD) brings. */
public final class TagLibraryReader {
    private TagLibraryReader() {}

    /**
     * The classes of its listeners.
     *
     * @param in the document, which is not closed
     * @param source where it comes from, for messages
     * @throws DescriptorException when it is malformed; the message begins with source, line and
     *     column
     */
    public static List<String> listeners(InputStream in, String source) throws DescriptorException {
        try {
            List<String> classes = new ArrayList<>();
            for (Element each : XmlTree.read(in).all("listener")) {
                classes.add(each.required("listener-class"));
            }
            return classes;
        } catch (DescriptorException e) {
            throw new DescriptorException(source + ":" + e.getMessage(), e);
        }
    }
}
