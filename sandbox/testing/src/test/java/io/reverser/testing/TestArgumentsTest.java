package io.reverser.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestArgumentsTest {

    @Test
    void passesOptionsToMaven() {
        var arguments = parse("cdk", "-o", "-T", "4", "-Dgolden=write", "PageIT");

        assertThat(arguments.words()).containsExactly("cdk", "PageIT");
        assertThat(arguments.maven()).containsExactly("-o", "-T", "4", "-Dgolden=write");
    }

    @Test
    void takesTheModuleToResumeFrom() {
        assertThat(parse("-rf", ":cdk", "-X").resumeFrom()).contains(":cdk");
        assertThatThrownBy(() -> parse("-rf")).hasMessage("-rf needs a module, like -rf :cdk");
    }

    @Test
    void rejectsWordsBesideChanged() {
        assertThat(parse("--changed", "-o").changed()).isTrue();
        assertThatThrownBy(() -> parse("--changed", "cdk"))
                .hasMessage("--changed selects the modules itself: remove 'cdk'");
    }

    private static TestArguments parse(String... arguments) {
        return TestArguments.parse(List.of(arguments));
    }
}
