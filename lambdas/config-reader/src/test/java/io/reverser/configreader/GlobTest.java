package io.reverser.configreader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            dev-database-cpu, dev-database-cpu,  true
            dev-database-cpu, dev-database-cpus, false
            dev-*,            dev-database-cpu,  true
            dev-*,            dev-,              true
            *-cpu,            dev-database-cpu,  true
            dev-*-cpu,        dev-database-cpu,  true
            dev-*-cpu,        dev-cpu,           false
            *,                dev-database-cpu,  true
            dev.database*,    dev-database-cpu,  false
            dev?,             devs,              false
            """)
    void matchesAnyCharactersForAnAsterisk(String glob, String text, boolean matches) {
        assertThat(Glob.matches(glob, text)).isEqualTo(matches);
    }
}
