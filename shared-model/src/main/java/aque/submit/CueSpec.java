package aque.submit;

import aque.openjd.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// A job of OpenCue, in the XML of its launcher: jobs of layers of frames, and what depends on what. Reads the file and
/// nothing that it names, so no definition from the network either.
record CueSpec(List<Job> jobs, List<Depend> depends, List<String> notes) {

    /// @param priority of OpenCue, where 100 is usual
    record Job(String name, boolean paused, Optional<Integer> priority, int retries, Element at, List<Layer> layers) {}

    /// @param post runs after all others
    record Layer(String name, boolean post, String command, Frames frames, int chunk, Element at) {}

    /// One layer or job after another, as a whole or frame by frame; empty words mean all of them.
    record Depend(String type, String job, String layer, String frame, String onJob, String onLayer, String onFrame) {}

    static boolean isOne(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4096), java.nio.charset.StandardCharsets.UTF_8).contains("<spec");
        } catch (IOException e) {
            return false;
        }
    }

    /// @throws SubmitException when it is no such job, or has nothing to run
    static CueSpec read(Path file) {
        var root = root(file);
        if (!root.getTagName().equals("spec")) {
            throw new SubmitException(
                    file + ": is no job of OpenCue: it holds <" + root.getTagName() + ">, not <spec>");
        }
        var notes = new ArrayList<String>();
        var jobs = children(root, "job").map(j -> job(file, j)).toList();
        if (jobs.isEmpty()) {
            throw new SubmitException(file + ": a job of OpenCue without <job>: nothing to run");
        }
        var depends = new ArrayList<Depend>();
        children(root, "depends")
                .forEach(all -> children(all, "depend").map(CueSpec::depend).forEach(depends::add));
        for (var job : jobs) {
            for (var left : List.of("autoeat", "maxcores", "maxgpus")) {
                text(job.at, left)
                        .filter(t -> !t.equalsIgnoreCase("false") && !t.equals("0"))
                        .ifPresent(t -> notes.add("left out: " + left + " " + t + " of " + job.name));
            }
            job.layers.forEach(l -> text(l.at, "tags")
                    .filter(t -> !List.of("general", "none").contains(t))
                    .ifPresent(t -> notes.add("left out: tags " + t + " of " + l.name)));
        }
        return new CueSpec(jobs, depends, notes);
    }

    private static Job job(Path file, Element at) {
        var name = at.getAttribute("name");
        if (name.isBlank()) {
            throw new SubmitException(file + ": a <job> has no name");
        }
        var layers = children(at, "layers")
                .flatMap(l -> children(l, "layer"))
                .map(l -> layer(file, l))
                .toList();
        if (layers.isEmpty()) {
            throw new SubmitException(file + ": the job " + name + " has no layers: nothing to run");
        }
        return new Job(
                name,
                text(at, "paused").map(Boolean::parseBoolean).orElse(false),
                text(at, "priority").map(p -> number(file, "priority", p)),
                text(at, "maxretries").map(r -> number(file, "maxretries", r)).orElse(0),
                at,
                layers);
    }

    private static Layer layer(Path file, Element at) {
        var name = at.getAttribute("name");
        var command =
                text(at, "cmd").orElseThrow(() -> new SubmitException(file + ": the layer " + name + " has no <cmd>"));
        var frames = CueFrames.of(text(at, "range").orElse("1"))
                .orElseThrow(() -> new SubmitException(file + ": the layer " + name + " has a range that is none: "
                        + text(at, "range").orElse("")));
        var chunk =
                Math.max(1, text(at, "chunk").map(c -> number(file, "chunk", c)).orElse(1));
        return new Layer(name, at.getAttribute("type").equalsIgnoreCase("post"), command, frames, chunk, at);
    }

    private static Depend depend(Element at) {
        return new Depend(
                at.getAttribute("type").toUpperCase(java.util.Locale.ROOT),
                text(at, "depjob").orElse(""),
                text(at, "deplayer").orElse(""),
                text(at, "depframe").orElse(""),
                text(at, "onjob").orElse(""),
                text(at, "onlayer").orElse(""),
                text(at, "onframe").orElse(""));
    }

    private static int number(Path file, String what, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SubmitException(file + ": " + what + " must be a number: " + text);
        }
    }

    /// The text of a child; empty when there is none or nothing in it.
    static Optional<String> text(Element at, String name) {
        return children(at, name)
                .findFirst()
                .map(Element::getTextContent)
                .map(String::strip)
                .filter(t -> !t.isEmpty());
    }

    static java.util.stream.Stream<Element> children(Element at, String name) {
        var out = new ArrayList<Element>();
        for (Node child = at.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element e && e.getTagName().equals(name)) {
                out.add(e);
            }
        }
        return out.stream();
    }

    private static Element root(Path file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(file.toFile()).getDocumentElement();
        } catch (SAXException e) {
            var line = e instanceof org.xml.sax.SAXParseException p ? ":" + p.getLineNumber() : "";
            throw new SubmitException(file + line + ": is no XML that can be read: " + e.getMessage());
        } catch (IOException e) {
            throw new SubmitException(file + ": may not be read: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java reads no XML", e);
        }
    }
}
