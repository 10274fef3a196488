package io.reverser.testing;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Selects the modules whose tests can fail because of changed files. */
final class ChangedFiles {

    /**
     * Files and folders that the tests of another module read, each with this module. The names of folders end with a
     * slash.
     */
    private static final Map<String, String> READERS = Map.of(
            ".github/", "cdk",
            "docs/runbooks/", "cdk",
            "helm-values/", "cdk",
            "kustomize/", "cdk",
            "reverser/", "cdk",
            "docs/operations.md", "cdk",
            "docs/settings.md", "cdk",
            "lambdas/access/policy/src/test/resources/access.yaml", "cdk",
            "sandbox/runner/src/main/resources/io/reverser/runner/functions/access.yaml", "cdk",
            "docs/slack-app.yaml", "sandbox/simulators");

    /** Files and folders that no test reads. The script {@code .ci/run} checks some of them. */
    private static final List<String> UNREAD =
            List.of("docs/", ".ci/", ".dockerignore", ".editorconfig", ".gitignore", "LICENSE");

    /** The module whose tests read the POMs and the test sources of all modules. */
    private static final String READS_ALL = "sandbox/testing";

    private ChangedFiles() {}

    /**
     * The modules that contain a changed file, and those whose tests read one. A changed file in neither group, such as
     * the parent POM, selects all modules, unless no test reads the file.
     */
    static List<ReactorModule> touched(Collection<String> files, Reactor reactor) {
        var folders = new LinkedHashSet<String>();
        for (String file : files) {
            var some = touchedBy(file, reactor);
            if (some.isEmpty() && !isUnread(file)) {
                return reactor.modules();
            }
            folders.addAll(some);
        }
        return reactor.modules().stream()
                .filter(module -> folders.contains(module.folder()))
                .toList();
    }

    private static Set<String> touchedBy(String file, Reactor reactor) {
        var folders = new LinkedHashSet<String>();
        READERS.forEach((read, reader) -> {
            if (file.equals(read) || (read.endsWith("/") && file.startsWith(read))) {
                folders.add(reader);
            }
        });
        reactor.modules().stream()
                .map(ReactorModule::folder)
                .filter(folder -> file.startsWith(folder + "/") && !isDocument(file))
                .forEach(folders::add);
        if (!folders.isEmpty() && (file.endsWith("/pom.xml") || file.contains("/src/test/"))) {
            folders.add(READS_ALL);
        }
        return folders;
    }

    private static boolean isUnread(String file) {
        return isDocument(file)
                || UNREAD.stream()
                        .anyMatch(unread -> file.equals(unread) || (unread.endsWith("/") && file.startsWith(unread)));
    }

    private static boolean isDocument(String file) {
        return file.endsWith(".md") && !file.contains("/src/");
    }
}
