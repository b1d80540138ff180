package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a small XML document. Nothing outside of it is fetched: a DTD or an entity that it names
 * counts as empty.
 */
final class XmlTree {
    private static final int MAX_DEPTH = 64;
    private static final Pattern PUBLIC_ID = Pattern.compile("PUBLIC\\s+([\"'])(.*?)\\1");

    /** An element whose end is still to come. */
    private record Open(
            String name,
            int line,
            int column,
            Map<String, String> attributes,
            StringBuilder text,
            List<Element> children) {

        Element close() {
            return new Element(name, line, column, attributes, text.toString().strip(), children);
        }
    }

    private XmlTree() {}

    /** A document's element, and the public identifier of its DTD, empty where it has none. */
    record Document(Element root, String publicId) {}

    static Element read(InputStream in) throws DescriptorException {
        return document(in).root();
    }

    static Document document(InputStream in) throws DescriptorException {
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(in);
            try {
                return read(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            Location at = e.getLocation();
            String place = at == null ? "1:1" : at.getLineNumber() + ":" + at.getColumnNumber();
            throw new DescriptorException(
                    place + ": not well-formed XML: " + withoutPlace(e.getMessage()), e);
        }
    }

    /** The parser says the place in a line of its own before the message. */
    private static String withoutPlace(@Nullable String message) {
        String text = String.valueOf(message);
        int label = text.indexOf("Message: ");
        return label < 0 ? text : text.substring(label + "Message: ".length());
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // What an entity may unfold to, so that a few lines do not fill the memory.
        factory.setProperty("jdk.xml.entityExpansionLimit", "1000");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "1000000");
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "100000");
        XMLResolver nothing =
                (publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]);
        factory.setXMLResolver(nothing);
        return factory;
    }

    private static Document read(XMLStreamReader xml)
            throws XMLStreamException, DescriptorException {
        Deque<Open> open = new ArrayDeque<>();
        String publicId = "";
        while (xml.hasNext()) {
            // An event is reported with the place of its end.
            int line = xml.getLocation().getLineNumber();
            int column = xml.getLocation().getColumnNumber();
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.push(begin(xml, line, column));
                    if (open.size() > MAX_DEPTH) {
                        throw open.element().close().wrong("elements are nested too deeply");
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        append(open, xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    Element ended = open.pop().close();
                    if (open.isEmpty()) {
                        return new Document(ended, publicId);
                    }
                    open.element().children().add(ended);
                }
                case XMLStreamConstants.DTD -> publicId = publicId(xml.getText());
                default -> {
                    // Comments and processing instructions declare nothing.
                }
            }
        }
        throw new DescriptorException("1:1: the document has no element");
    }

    private static String publicId(@Nullable String doctype) {
        Matcher found = PUBLIC_ID.matcher(String.valueOf(doctype));
        return found.find() ? found.group(2) : "";
    }

    private static void append(Deque<Open> open, String text) {
        if (!open.isEmpty()) {
            open.element().text().append(text);
        }
    }

    private static Open begin(XMLStreamReader xml, int line, int column) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return new Open(
                xml.getLocalName(),
                line,
                column,
                attributes,
                new StringBuilder(),
                new ArrayList<>());
    }
}
