package io.reverser.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the selection of modules with the real modules of this repository. */
class ChangedFilesTest {

    private static final Path REPOSITORY = Path.of("..", "..");
    private static final Reactor REACTOR = Reactor.read(REPOSITORY);

    /**
     * A pattern for paths in a test's source code to files outside the module: {@code "../docs/a"} or {@code "..",
     * "..", "docs", "a"}.
     */
    private static final Pattern OUTSIDE =
            Pattern.compile("\"\\.\\.(?:/\\.\\.)?/([^\"]+)\"|\"\\.\\.\", \"\\.\\.\", ((?:\"[^\"]+\"(?:, )?)+)");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lambdas/slack/src/main/java/A.java      | lambdas/slack
            lambdas/slack/src/test/java/ATest.java  | lambdas/slack, sandbox/testing
            lambdas/slack/pom.xml                   | lambdas/slack, sandbox/testing
            kustomize/base/deployment.yaml          | cdk
            helm-values/argo-cd.yaml                | cdk
            .github/workflows/image.yml             | cdk
            docs/runbooks/database-cpu.md           | cdk
            docs/slack-app.yaml                     | sandbox/simulators
            reverser/Dockerfile                     | cdk, reverser
            """)
    void selectsTheModulesWhoseTestsReadAFile(String file, String modules) {
        assertThat(touched(file)).containsExactlyInAnyOrder(modules.split(", ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "platform", "mvnw", ".mvn/jvm.config", "a-new-folder/file"})
    void selectsAllModulesForAFileThatAllModulesDependOn(String file) {
        assertThat(touched(file)).hasSameSizeAs(REACTOR.modules());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"README.md", "cdk/README.md", "docs/adr/README.md", "docs/images/tour.png", ".ci/run", "LICENSE"
            })
    void selectsNothingForAFileThatNoTestReads(String file) {
        assertThat(touched(file)).isEmpty();
    }

    @Test
    void listsEveryFileOutsideOfAModuleThatItsTestsRead() throws IOException {
        int found = 0;
        for (TestFile test : testFiles()) {
            var paths = OUTSIDE.matcher(test.text());
            while (paths.find()) {
                String path = outside(paths);
                if (Files.exists(REPOSITORY.resolve(path)) && !path.contains("/target/")) {
                    found++;
                    assertThat(touched(Files.isDirectory(REPOSITORY.resolve(path)) ? path + "/file" : path))
                            .as("%s reads %s", test.name(), path)
                            .contains(test.module());
                }
            }
        }
        assertThat(found).isGreaterThan(5);
    }

    private record TestFile(String module, String name, String text) {}

    private static List<TestFile> testFiles() throws IOException {
        try (var files = Files.walk(REPOSITORY)) {
            var paths = files.map(file -> REPOSITORY.relativize(file).toString())
                    .filter(file -> file.contains("/src/test/") && file.endsWith(".java"))
                    .toList();
            return paths.stream()
                    .map(file -> new TestFile(file.substring(0, file.indexOf("/src/test/")), file, read(file)))
                    .filter(file -> !file.module().equals("sandbox/testing"))
                    .toList();
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(REPOSITORY.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String outside(Matcher path) {
        return path.group(1) != null
                ? path.group(1)
                : path.group(2).replaceAll("\"|,? $", "").replace(", ", "/");
    }

    private static List<String> touched(String file) {
        return ChangedFiles.touched(List.of(file), REACTOR).stream()
                .map(ReactorModule::folder)
                .collect(Collectors.toList());
    }
}
