package io.reverser.cdk.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | alarms.channel: found nothing, expected a channel ID like C012AB3C4",
                "{'channel': '#alarms'} | alarms.channel: found \"#alarms\", expected a channel ID like C012AB3C4",
                "{'channel': 'C0A', 'chanel': 'C0B'} | alarms.chanel: unknown key",
                "{'channel': 'C0A', 'mention': ['@here']} | alarms.mention[0]: found \"@here\", expected the ID of a user",
                "{'channel': 'C0A', 'routes': []} | alarms.routes: found [], expected a list with at least one entry",
                "{'channel': 'C0A', 'routes': [{'name': 'x', 'channel': 'C0B'}]} | alarms.routes[0].names: found nothing, expected names or tags",
                "{'channel': 'C0A', 'routes': [{'name': 'x', 'channel': 'C0B', 'names': ['a b']}]} | alarms.routes[0].names[0]: found \"a b\", expected the name of an alarm",
                "{'channel': 'C0A', 'routes': [{'name': 'x', 'channel': 'C0B', 'tags': {'a': 1}}]} | alarms.routes[0].tags.a: found 1, expected the value",
                "{'channel': 'C0A', 'routes': [{'channel': 'C0B', 'names': ['a']}]} | alarms.routes[0].name: found nothing, expected a name"
            })
    void reportsProblems(String settings, String problem) throws IOException {
        assertThat(TestSettings.problems(
                        TestSettings.with("alarms", new ObjectMapper().readTree(settings.replace('\'', '"')))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("dev.yaml: " + problem);
    }
}
