package io.reverser.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenOutputTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[INFO] Building CDK 1.0-SNAPSHOT                                      [18/19]",
                "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.3 s -- in one.ATest",
                "[\u001b[1;34mINFO\u001b[m] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.3 s -- in one.ATest",
                "[INFO] Config reader ...................................... SUCCESS [ 12.318 s]",
                "[INFO] CDK ................................................ SKIPPED",
                "[INFO] BUILD FAILURE",
                "[WARNING] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.3 s -- in one.ATest",
                "[ERROR] one.ATest.reads -- Time elapsed: 0.03 s <<< FAILURE!",
                "\tat one.ATest.reads(ATest.java:12)",
                "  symbol:   class Missing",
            })
    void showsProgressWarningsAndErrors(String line) {
        assertThat(MavenOutput.isShown(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[INFO] ",
                "[INFO] --- enforcer:3.6.2:enforce (enforce) @ cdk ---",
                "[INFO] Rule 2: org.apache.maven.enforcer.rules.RequirePluginVersions passed",
                "[INFO] Running one.ATest",
                "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0",
                "[INFO] Building jar: /tmp/cdk.jar",
                "[INFO]  T E S T S",
            })
    void hidesOtherInformation(String line) {
        assertThat(MavenOutput.isShown(line)).isFalse();
    }
}
