package io.reverser.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private SampleRepository repository;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = SampleRepository.in(folder);
    }

    @Test
    void countsModulesAndClasses() throws IOException {
        report("base/lib/target/surefire-reports/TEST-one.lib.LibTest.xml", START, """
                <testsuite name="one.lib.LibTest" time="1,002.5" tests="3" errors="0" skipped="1" failures="0">
                  <properties><property name="a" value="b"/></properties>
                  <testcase name="reads" classname="one.lib.LibTest" time="0.5"/>
                  <testcase name="reads(String)[2]" classname="one.lib.LibTest" time="0.5"/>
                  <testcase name="draws" classname="one.lib.LibTest" time="0"><skipped message="no Node"/></testcase>
                </testsuite>
                """);
        report("tests/target/failsafe-reports/TEST-one.tests.PageIT.xml", START.plusSeconds(9), """
                <testsuite name="one.tests.PageIT" time="2.04" tests="1" errors="0" skipped="0" failures="0">
                  <testcase name="shows" classname="one.tests.PageIT" time="2.0"/>
                </testsuite>
                """);

        assertThat(text()).isEqualTo("""

                  In tests  Passed  Failed  Skipped  Module
                  1002.5 s       2       0        1  base/lib
                     2.0 s       1       0        0  tests

                  The slowest classes
                  1002.5 s  LibTest in base/lib
                     2.0 s  PageIT in tests

                tests: 3 passed, 0 failed, 1 skipped, in 31 min 5 s
                """);
    }

    @Test
    void ignoresReportsOfEarlierRuns() throws IOException {
        report("web/target/surefire-reports/TEST-one.web.OldNameTest.xml", START.minusSeconds(1), "<testsuite/>");

        assertThat(text()).isEqualTo("\ntests: 0 passed, 0 failed, 0 skipped, in 31 min 5 s\n");
    }

    @Test
    void showsFailuresWithOutputAndTheCommandThatRepeatsThem() throws IOException {
        report("web/target/surefire-reports/TEST-one.web.PageTest.xml", START, """
                <testsuite name="one.web.PageTest" time="0.1" tests="3" errors="1" skipped="0" failures="1">
                  <testcase name="shows(int)[2]" classname="one.web.PageTest" time="0.1">
                    <failure message="&#10;expected: 1&#10; but was: 2" type="java.lang.AssertionError">stack</failure>
                  </testcase>
                  <testcase name="hides" classname="one.web.PageTest" time="0.1">
                    <error type="java.io.IOException">java.io.IOException
                \tat one.web.PageTest.hides(PageTest.java:3)</error>
                  </testcase>
                  <testcase name="draws" classname="one.web.PageTest" time="0.1"/>
                </testsuite>
                """);
        repository.write(
                "web/target/surefire-reports/one.web.PageTest-output.txt",
                IntStream.rangeClosed(1, 50).mapToObj(line -> "line " + line).collect(Collectors.joining("\n")));

        assertThat(text()).contains("""
                        FAILED: one.web.PageTest in web
                          shows(int)[2]: expected: 1 but was: 2
                          hides: java.io.IOException
                          the end of web/target/surefire-reports/one.web.PageTest-output.txt:
                            | line 11
                        """).endsWith("""
                            | line 50
                          to repeat it: ./platform test PageTest

                        tests: 1 passed, 2 failed, 0 skipped, in 31 min 5 s
                        """);
    }

    @Test
    void repeatsAClassWhoseNameIsNotUniqueInItsModule() throws IOException {
        report("web/target/surefire-reports/TEST-one.web.ArchitectureTest.xml", START, """
                <testsuite name="one.web.ArchitectureTest" time="0.1" tests="1" errors="0" skipped="0" failures="1">
                  <testcase name="holds" classname="one.web.ArchitectureTest" time="0.1"><failure message="no"/></testcase>
                </testsuite>
                """);

        assertThat(text()).contains("to repeat it: ./platform test web ArchitectureTest\n");
    }

    @Test
    void showsTheSharedOutputOfClassesThatRunInParallel() throws IOException {
        repository.write("web/src/test/resources/junit-platform.properties", "");
        report("web/target/surefire-reports/TEST-one.web.PageTest.xml", START.plusSeconds(20), """
                <testsuite name="one.web.PageTest" time="0.1" tests="1" errors="0" skipped="0" failures="1">
                  <testcase name="shows" classname="one.web.PageTest" time="0.1"><failure message="no"/></testcase>
                </testsuite>
                """);
        report("web/target/surefire-reports/one.web.ArchitectureTest-output.txt", START.plusSeconds(5), "alone");
        report("web/target/surefire-reports/one.web.FormTest-output.txt", START.plusSeconds(21), "together");

        assertThat(text())
                .contains("  the end of web/target/surefire-reports/one.web.FormTest-output.txt:\n    | together\n");
    }

    @Test
    void countsACrashedClassAsFailed() throws IOException {
        report("web/target/surefire-reports/one.web.PageTest-output.txt", START, "last words");

        assertThat(text())
                .contains("(class): the class did not finish: its process crashed or was killed, see above")
                .contains("    | last words\n")
                .contains("tests: 0 passed, 1 failed, 0 skipped");
    }

    private void report(String file, Instant written, String xml) throws IOException {
        repository.write(file, xml);
        Files.setLastModifiedTime(folder.resolve(file), FileTime.from(written));
    }

    private String text() {
        var reactor = repository.reactor();
        var results = new SurefireReports(folder, START).read(reactor.modules());
        return new TestReport(folder, reactor.testClasses(folder), results, Duration.ofSeconds(1865)).text();
    }
}
