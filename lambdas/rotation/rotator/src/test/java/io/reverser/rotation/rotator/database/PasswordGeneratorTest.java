package io.reverser.rotation.rotator.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordGeneratorTest {

    @Test
    void usesEachKindOfCharacterAndNoSpecialOnes() {
        assertThat(Stream.generate(PasswordGenerator::generate).limit(500)).allSatisfy(password -> {
            assertThat(password).hasSize(40).matches("[A-Za-z0-9][A-Za-z0-9._~-]*");
            assertThat(password).containsPattern("[a-z]").containsPattern("[A-Z]");
            assertThat(password).containsPattern("[0-9]").containsPattern("[._~-]");
            assertThat(URI.create("mysql://u:" + password + "@host/db").getRawUserInfo())
                    .isEqualTo("u:" + password);
        });
    }

    @Test
    void generatesDifferentPasswords() {
        assertThat(Stream.generate(PasswordGenerator::generate).limit(500)).doesNotHaveDuplicates();
    }
}
