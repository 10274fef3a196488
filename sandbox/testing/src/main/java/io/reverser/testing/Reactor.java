package io.reverser.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All modules in Maven's build order. This is the order in the parent POM, but each module comes after its
 * dependencies.
 */
record Reactor(List<ReactorModule> modules) {

    static Reactor read(Path repository) {
        List<ReactorModule> named = Xml.texts(Xml.parse(repository.resolve("pom.xml")), "modules", "module").stream()
                .map(folder -> module(repository, folder))
                .toList();
        var ordered = new LinkedHashSet<ReactorModule>();
        named.forEach(module -> visit(module, named, ordered));
        return new Reactor(List.copyOf(ordered));
    }

    private static ReactorModule module(Path repository, String folder) {
        var pom = Xml.parse(repository.resolve(folder).resolve("pom.xml"));
        return new ReactorModule(
                folder,
                Xml.texts(pom, "artifactId").getFirst(),
                Xml.texts(pom, "dependencies", "dependency", "artifactId"));
    }

    private static void visit(ReactorModule module, List<ReactorModule> named, Set<ReactorModule> ordered) {
        for (String dependency : module.dependencies()) {
            named.stream()
                    .filter(other -> other.artifact().equals(dependency))
                    .forEach(other -> visit(other, named, ordered));
        }
        ordered.add(module);
    }

    /**
     * Finds a module by its folder or its artifact ID. The artifact ID may start with a colon, as in Maven's option
     * {@code -pl}.
     */
    Optional<ReactorModule> find(String word) {
        String folder = word.replaceFirst("^\\./", "").replaceFirst("/+$", "");
        String artifact = word.replaceFirst("^:", "");
        return modules.stream()
                .filter(module ->
                        module.folder().equals(folder) || module.artifact().equals(artifact))
                .findFirst();
    }

    /** These modules and all their dependencies. */
    List<ReactorModule> withUpstream(Collection<ReactorModule> some) {
        var found = new HashSet<>(some);
        for (ReactorModule module : modules.reversed()) {
            if (found.contains(module)) {
                dependencies(module).forEach(found::add);
            }
        }
        return inOrder(found);
    }

    /** These modules, and all modules that depend on them. */
    List<ReactorModule> withDownstream(Collection<ReactorModule> some) {
        var found = new HashSet<>(some);
        for (ReactorModule module : modules) {
            if (dependencies(module).anyMatch(found::contains)) {
                found.add(module);
            }
        }
        return inOrder(found);
    }

    List<ReactorModule> inOrder(Collection<ReactorModule> some) {
        return modules.stream().filter(some::contains).toList();
    }

    List<TestClass> testClasses(Path repository) {
        var classes = new ArrayList<TestClass>();
        modules.forEach(module -> classes.addAll(module.testClasses(repository)));
        return classes;
    }

    private Stream<ReactorModule> dependencies(ReactorModule module) {
        return modules.stream().filter(other -> module.dependencies().contains(other.artifact()));
    }
}
