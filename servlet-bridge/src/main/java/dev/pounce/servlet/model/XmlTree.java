package dev.pounce.servlet.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a small XML document. Nothing outside of it is fetched: a DTD that it names counts as
 * empty.
 */
final class XmlTree {
    private static final int MAX_DEPTH = 64;

    /** An element whose end is still to come. */
    private record Open(
            String name,
            int line,
            Map<String, String> attributes,
            StringBuilder text,
            List<Element> children) {

        Element close() {
            return new Element(name, line, attributes, text.toString().strip(), children);
        }
    }

    private XmlTree() {}

    static Element read(InputStream in) throws DescriptorException {
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(in);
            try {
                return read(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new DescriptorException(
                    "line " + line + ": not well-formed XML: " + e.getMessage(), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLResolver nothing =
                (publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]);
        factory.setXMLResolver(nothing);
        return factory;
    }

    private static Element read(XMLStreamReader xml)
            throws XMLStreamException, DescriptorException {
        Deque<Open> open = new ArrayDeque<>();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.push(begin(xml));
                    if (open.size() > MAX_DEPTH) {
                        throw open.element().close().wrong("elements are nested too deeply");
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        append(open, xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    Element ended = open.pop().close();
                    if (open.isEmpty()) {
                        return ended;
                    }
                    open.element().children().add(ended);
                }
                default -> {
                    // Comments, processing instructions and the DTD declare nothing.
                }
            }
        }
        throw new DescriptorException("the document has no element");
    }

    private static void append(Deque<Open> open, String text) {
        if (!open.isEmpty()) {
            open.element().text().append(text);
        }
    }

    private static Open begin(XMLStreamReader xml) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        int line = xml.getLocation().getLineNumber();
        return new Open(
                xml.getLocalName(), line, attributes, new StringBuilder(), new ArrayList<>());
    }
}
