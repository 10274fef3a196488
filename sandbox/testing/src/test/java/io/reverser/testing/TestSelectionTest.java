package io.reverser.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSelectionTest {

    private static final String ELSE_NOTHING =
            " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false";

    @TempDir
    private Path folder;

    private Reactor reactor;

    @BeforeEach
    void readReactor() throws IOException {
        reactor = SampleRepository.in(folder).reactor();
    }

    @Test
    void testsEverythingWithoutFilters() {
        assertThat(maven(TestSelection.of(reactor.modules()))).isEqualTo("verify");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            base/lib,       -pl base/lib -am verify
            :web,           '-pl base/lib,web -am verify'
            web alone,      '-pl base/lib,web,alone -am verify'
            """)
    void testsModulesWithTheirDependencies(String words, String expected) {
        assertThat(maven(named(words))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PageTest             | web            | one.web.PageTest                               | None              | test
            one.web.PageTest     | web            | one.web.PageTest                               | None              | test
            PageTest#shows       | web            | one.web.PageTest#shows                         | None              | test
            PageIT               | tests          | None                                           | one.tests.PageIT  | verify
            PageTest PageIT      | web,tests      | one.web.PageTest                               | one.tests.PageIT  | verify
            ArchitectureTest     | base/lib,web   | one.lib.ArchitectureTest,one.web.ArchitectureTest | None           | test
            web ArchitectureTest | web            | one.web.ArchitectureTest                       | None              | test
            """)
    void runsClassesAlone(String words, String modules, String surefire, String failsafe, String goal) {
        assertThat(maven(named(words)))
                .isEqualTo("-pl " + modules + " -am -Dtest=" + surefire + " -Dit.test=" + failsafe + ELSE_NOTHING + " "
                        + goal);
    }

    @Test
    void buildsUnchangedModulesWithoutTheirTests() {
        var changed = TestSelection.of(
                reactor.withDownstream(reactor.find("web").stream().toList()));

        assertThat(maven(changed))
                .isEqualTo("-pl web,tests -am -Dtest=one/web/**/*Test,one/tests/**/*Test"
                        + " -Dit.test=one/web/**/*IT,one/tests/**/*IT" + ELSE_NOTHING + " verify");
    }

    @Test
    void resumesWithoutTestsOfEarlierModules() {
        var resumed = TestSelection.of(reactor.modules()).from(":tests", reactor);

        assertThat(maven(resumed))
                .isEqualTo("-Dtest=one/tests/**/*Test,one/alone/**/*Test -Dit.test=one/tests/**/*IT,one/alone/**/*IT"
                        + ELSE_NOTHING + " verify");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AlonTest            | there is no module and no test class 'AlonTest'; did you mean AloneTest?
            page                | there is no module and no test class 'page'; did you mean PageIT or PageTest?
            bas/lib             | there is no module and no test class 'bas/lib'; did you mean base/lib or base-lib?
            zebra               | there is no module and no test class 'zebra'
            alone PageTest      | 'PageTest' is not in alone, but in web
            """)
    void suggestsNearNamesForUnknownWords(String words, String message) {
        assertThatThrownBy(() -> named(words))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    @Test
    void rejectsResumingFromAModuleThatIsNotTested() {
        assertThatThrownBy(() -> named("web").from("alone", reactor))
                .hasMessage("-rf needs a module of this run, not 'alone': base/lib,web");
    }

    private TestSelection named(String words) {
        return TestSelection.named(List.of(words.split(" ", -1)), reactor, folder);
    }

    private String maven(TestSelection selection) {
        return String.join(" ", selection.toMaven(reactor, folder));
    }
}
