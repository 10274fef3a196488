package io.reverser.rotation.rotator.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationStepTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            createSecret,  CREATE
            create_secret, CREATE
            CreateSecret,  CREATE
            setSecret,     SET
            set_secret,    SET
            testSecret,    TEST
            TESTSECRET,    TEST
            finish_secret, FINISH
            """)
    void parsesEachSpelling(String name, RotationStep step) {
        assertThat(RotationStep.parse(name)).isEqualTo(step);
    }

    @Test
    void rejectsUnknownStep() {
        assertThatThrownBy(() -> RotationStep.parse("dropSecret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'dropSecret' is not a rotation step; expected createSecret, setSecret, testSecret or"
                        + " finishSecret");
    }
}
