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
    void readsEachSpelling(String name, RotationStep step) {
        assertThat(RotationStep.parse(name)).isEqualTo(step);
    }

    @Test
    void saysWhatItExpects() {
        assertThatThrownBy(() -> RotationStep.parse("dropSecret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'dropSecret' is no step of a rotation; expected createSecret, setSecret, testSecret or"
                        + " finishSecret");
    }
}
