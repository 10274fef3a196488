package io.reverser.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules and test classes that a run of {@code ./platform test} selects.
 *
 * @param modules the modules to test, in Maven's order
 * @param tests the test classes or methods to run; if empty, all test classes of the modules
 */
record TestSelection(List<ReactorModule> modules, List<ChosenTest> tests) {

    /** A selected test class, or a selected method of a test class. */
    record ChosenTest(TestClass type, Optional<String> method) {

        String pattern() {
            return type.name() + method.map(name -> "#" + name).orElse("");
        }
    }

    private static final Pattern CLASS = Pattern.compile("((?:\\w+\\.)*[A-Z]\\w*)(?:#(\\w+))?");

    /** A class name that matches no test, so that Surefire or Failsafe runs nothing. */
    private static final String NONE = "None";

    static TestSelection of(List<ReactorModule> modules) {
        return new TestSelection(modules, List.of());
    }

    /**
     * Selects tests by the names of modules and test classes. If only modules are named, their dependencies are tested,
     * too. If only classes are named, they are tested in every module that contains them; if both are named, the
     * classes are tested only in the named modules.
     */
    static TestSelection named(List<String> words, Reactor reactor, Path repository) {
        var modules = new ArrayList<ReactorModule>();
        var classes = new ArrayList<String>();
        for (String word : words) {
            reactor.find(word).ifPresentOrElse(modules::add, () -> classes.add(word));
        }
        if (classes.isEmpty()) {
            return of(reactor.withUpstream(modules));
        }
        List<TestClass> known = reactor.testClasses(repository);
        List<ChosenTest> tests = classes.stream()
                .flatMap(word -> find(word, known, modules, reactor).stream())
                .toList();
        var owners = tests.stream().map(test -> test.type().module()).toList();
        return new TestSelection(reactor.inOrder(owners), tests);
    }

    private static List<ChosenTest> find(
            String word, List<TestClass> known, List<ReactorModule> modules, Reactor reactor) {
        var parts = CLASS.matcher(word);
        if (!parts.matches()) {
            throw unknown(word, known, reactor);
        }
        var named = known.stream()
                .filter(type ->
                        type.name().equals(parts.group(1)) || type.simpleName().equals(parts.group(1)))
                .toList();
        if (named.isEmpty()) {
            throw unknown(word, known, reactor);
        }
        var tests = named.stream()
                .filter(type -> modules.isEmpty() || modules.contains(type.module()))
                .map(type -> new ChosenTest(type, Optional.ofNullable(parts.group(2))))
                .toList();
        if (tests.isEmpty()) {
            throw new RefusedException("'%s' is not in %s, but in %s"
                    .formatted(
                            word,
                            folders(modules),
                            folders(named.stream().map(TestClass::module).toList())));
        }
        return tests;
    }

    private static RefusedException unknown(String word, List<TestClass> known, Reactor reactor) {
        Stream<String> names = Stream.of(
                        reactor.modules().stream().map(ReactorModule::folder),
                        reactor.modules().stream().map(ReactorModule::artifact),
                        known.stream().map(TestClass::simpleName))
                .flatMap(some -> some)
                .distinct();
        var near = NearNames.of(word, names.toList());
        return new RefusedException("there is no module and no test class '%s'%s"
                .formatted(word, near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
    }

    /** Returns a selection without the modules that Maven builds before a module. */
    TestSelection from(String word, Reactor reactor) {
        ReactorModule first = reactor.find(word)
                .filter(modules::contains)
                .orElseThrow(() -> new RefusedException(
                        "-rf needs a module of this run, not '" + word + "': " + folders(modules)));
        var rest = modules.subList(modules.indexOf(first), modules.size());
        return new TestSelection(
                rest,
                tests.stream()
                        .filter(test -> rest.contains(test.type().module()))
                        .toList());
    }

    /** The arguments for Maven: it builds what the selected tests need, and runs no other tests. */
    List<String> toMaven(Reactor reactor, Path repository) {
        var built = reactor.withUpstream(modules);
        var arguments = new ArrayList<String>();
        if (built.size() < reactor.modules().size()) {
            arguments.addAll(List.of("-pl", folders(modules), "-am"));
        }
        if (!tests.isEmpty()) {
            arguments.addAll(only(
                    patterns(test -> !test.type().needsPackages()),
                    patterns(test -> test.type().needsPackages())));
        } else if (built.size() > modules.size()) {
            List<String> packages = modules.stream()
                    .flatMap(module -> commonPackage(module.testClasses(repository)).stream())
                    .toList();
            arguments.addAll(only(
                    packages.stream().map(folder -> folder + "/**/*Test").toList(),
                    packages.stream().map(folder -> folder + "/**/*IT").toList()));
        }
        boolean needsPackages =
                tests.isEmpty() || tests.stream().anyMatch(test -> test.type().needsPackages());
        arguments.add(needsPackages ? "verify" : "test");
        return arguments;
    }

    private List<String> patterns(Predicate<ChosenTest> condition) {
        return tests.stream().filter(condition).map(ChosenTest::pattern).toList();
    }

    private static List<String> only(List<String> surefire, List<String> failsafe) {
        return List.of(
                "-Dtest=" + (surefire.isEmpty() ? NONE : String.join(",", surefire)),
                "-Dit.test=" + (failsafe.isEmpty() ? NONE : String.join(",", failsafe)),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dfailsafe.failIfNoSpecifiedTests=false");
    }

    /** The folder of the package that all test classes of a module share; no other module has this package. */
    private static Optional<String> commonPackage(List<TestClass> classes) {
        return classes.stream()
                .map(TestClass::packageName)
                .reduce(TestSelection::commonPackage)
                .map(name -> name.replace('.', '/'));
    }

    private static String commonPackage(String one, String other) {
        String[] left = one.split("\\.", -1);
        String[] right = other.split("\\.", -1);
        int mismatch = Arrays.mismatch(left, right);
        return String.join(".", Arrays.asList(left).subList(0, mismatch < 0 ? left.length : mismatch));
    }

    static String folders(Collection<ReactorModule> modules) {
        return modules.stream().map(ReactorModule::folder).collect(Collectors.joining(","));
    }
}
