package io.reverser.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads Maven's XML files: POMs and test reports. */
final class Xml {

    private Xml() {}

    static Element parse(Path file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (ParserConfigurationException | SAXException failure) {
            throw new IllegalStateException(file + " is not XML", failure);
        }
    }

    static Stream<Element> children(Element parent, String name) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(child -> child.getTagName().equals(name));
    }

    /** The texts of all elements that are reached through a path of element names, starting from the root element. */
    static List<String> texts(Element root, String... path) {
        Stream<Element> found = Stream.of(root);
        for (String name : path) {
            found = found.flatMap(element -> children(element, name));
        }
        return found.map(element -> element.getTextContent().strip()).toList();
    }
}
