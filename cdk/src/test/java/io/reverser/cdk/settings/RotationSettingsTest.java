package io.reverser.cdk.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.rotation.plan.RotationPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationSettingsTest {

    private static final String SETTINGS = """
            {'channel': 'C0PLATFORM', 'strategy': 'alternating_users', 'users': ['reverser', 'reverser_2'],
             'rotate_after': '25d', 'max_age': '40d', 'bake': '0m', 'rollout_timeout': '20m',
             'blocking_alarms': ['dev-database-*', 'dev-reverser-no-pods'],
             'windows': [
               {'name': 'sunday night', 'zone': 'Europe/Berlin', 'days': ['SUN', 'MON'], 'start': '02:00', 'length': '3h', 'cutoff': '1h'},
               {'name': 'first saturday', 'zone': 'Europe/Berlin', 'cron': '0 22 * * SAT#1', 'length': '4h', 'cutoff': '1h'}],
             'blackouts': [{'from': '2026-12-20', 'to': '2027-01-06', 'reason': 'the year ends'}]}""";

    @Test
    void acceptsAllKeys() throws IOException {
        assertThat(problems(json(SETTINGS))).isEmpty();
    }

    @Test
    void hasDefaultBakeAndRolloutTimeout() throws IOException {
        ObjectNode settings = (ObjectNode) json(SETTINGS);
        settings.remove(List.of("bake", "rollout_timeout", "blackouts", "blocking_alarms"));
        RotationPlan plan =
                TestSettings.read(TestSettings.with("rotation", settings)).rotation();
        assertThat(plan.bake()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plan.rolloutTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(plan.blockingAlarms()).isEmpty();
    }

    /** Each row puts an invalid value at a JSON pointer in the settings, or removes the value there. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /channel | '#platform' | rotation.channel: found "#platform", expected a channel ID like C012AB3C4
            /chanel | 'C0A' | rotation.chanel: unknown key, did you mean channel?
            /strategy | 'rolling' | rotation.strategy: found "rolling", expected one of dual_password, alternating_users, single_user
            /strategy | 'single_user' | rotation.users: found ["reverser","reverser_2"], expected nothing, because only the strategy
            /users | ~~ | rotation.users: found nothing, expected two different users
            /users | ['a', 'a'] | rotation.users: found ["a","a"], expected two different users
            /users | ['a', 'b', 'c'] | rotation.users: found ["a","b","c"], expected two different users
            /users/1 | 'rév' | rotation.users[1]: found "rév", expected a MySQL user
            /users/1 | 'a_name_that_is_longer_than_32_chars' | rotation.users[1]: found "a_name_that_is_longer_than_32_chars", expected a MySQL user
            /users/1 | 'Reverser' | rotation.users[1]: found "Reverser", expected a MySQL user
            /rotate_after | 'soon' | rotation.rotate_after: found "soon", expected a duration
            /max_age | '25d' | rotation.max_age: found "25d", expected more than rotate_after, 25d
            /bake | '0' | rotation.bake: found "0", expected a duration
            /blocking_alarms/0 | 'a b' | rotation.blocking_alarms[0]: found "a b", expected the name of an alarm
            /windows | [] | rotation.windows: found [], expected a list with at least one entry
            /windows/1/name | 'sunday night' | rotation.windows: found [
            /windows/0/name | 'a name that is longer than forty characters are' | rotation.windows[0].name: found
            /windows/0/zone | 'CEST' | rotation.windows[0].zone: found "CEST", expected a time zone like Europe/Berlin
            /windows/0/zone | 'Europe/Berln' | rotation.windows[0].zone: found "Europe/Berln", expected a time zone like Europe/Berlin; did you mean Europe/Berlin?
            /windows/0/zone | '+01:00' | rotation.windows[0].zone: found "+01:00", expected a time zone
            /windows/0/days/1 | 'sunday' | rotation.windows[0].days[1]: found "sunday", expected a day like SUN
            /windows/0/days/1 | 'SUN' | rotation.windows[0].days: found ["SUN","SUN"], expected a list of different days
            /windows/0/start | '2:00' | rotation.windows[0].start: found "2:00", expected a time like "02:00", in quotation marks
            /windows/0/start | 120 | rotation.windows[0].start: found 120, expected a time
            /windows/0/start | '24:00' | rotation.windows[0].start: found "24:00", expected a time
            /windows/0/start | ~~ | rotation.windows[0].start: found nothing, expected a time like "02:00"
            /windows/0/cron | '0 2 * * *' | rotation.windows[0].cron: found "0 2 * * *", expected either cron, or days and start
            /windows/1/cron | ~~ | rotation.windows[1].days: found nothing, expected either cron, or days and start
            /windows/1/cron | '0 22 1-7 * SAT' | rotation.windows[1].cron: found "0 22 1-7 * SAT", expected minute, hour, day, month, day of the week: a day of the month or a day of the week, but not both
            /windows/1/cron | '0 2 30 2 *' | rotation.windows[1].cron: found "0 2 30 2 *", expected minute, hour, day, month, day of the week: a date that exists
            /windows/1/cron | '0 2 * * SAT#6' | rotation.windows[1].cron: found "0 2 * * SAT#6", expected minute
            /windows/1/cron | '60 2 * * *' | rotation.windows[1].cron: found "60 2 * * *", expected minute, hour, day, month, day of the week: Failed to parse
            /windows/1/cron | '0 2 * *' | rotation.windows[1].cron: found "0 2 * *", expected minute
            /windows/1/cron | '0 2 * * * 2026' | rotation.windows[1].cron: found "0 2 * * * 2026", expected minute
            /windows/1/cron | 'cron(0 2 * * ? *)' | rotation.windows[1].cron: found "cron(0 2 * * ? *)", expected minute
            /windows/1/cron | '0 */3 * * *' | rotation.windows[1].cron: found "0 */3 * * *", expected windows that start at least 2h apart and do not overlap; these start 3h apart
            /windows/1/cron | '* * * * *' | rotation.windows[1].cron: found "* * * * *", expected windows that start at least 2h apart and do not overlap; these start 1m apart
            /windows/0/length | '10m' | rotation.windows[0].length: found "10m", expected 15m to 1d
            /windows/0/length | '25h' | rotation.windows[0].length: found "25h", expected 15m to 1d
            /windows/0/length | '1h' | rotation.windows[0].cutoff: found "1h", expected less than the length, 1h
            /windows/0/cutoff | '10m' | rotation.windows[0].cutoff: found "10m", expected at least 20m, which is rollout_timeout plus bake
            /windows/0/cutoff | ~~ | rotation.windows[0].cutoff: found nothing, expected a duration
            /blackouts/0/from | '2026-02-30' | rotation.blackouts[0].from: found "2026-02-30", expected a date like 2026-12-20
            /blackouts/0/from | ~~ | rotation.blackouts[0].from: found nothing, expected a date like 2026-12-20
            /blackouts/0/to | 20261224 | rotation.blackouts[0].to: found 20261224, expected a date like 2026-12-20
            /blackouts/0 | 'Christmas' | rotation.blackouts[0]: found "Christmas", expected
            /blackouts/0/to | '2026-12-19' | rotation.blackouts[0].to: found "2026-12-19", expected a day from 2026-12-20 on, at most a year later
            /blackouts/0/to | '2062-01-06' | rotation.blackouts[0].to: found "2062-01-06", expected a day from 2026-12-20 on, at most a year later
            /blackouts/0/reason | '' | rotation.blackouts[0].reason: found "", expected a reason
            """)
    void reportsProblems(String place, String wrong, String problem) throws IOException {
        JsonNode settings = json(SETTINGS);
        String parent = place.substring(0, place.lastIndexOf('/'));
        String key = place.substring(place.lastIndexOf('/') + 1);
        switch (settings.at(parent)) {
            case ObjectNode object when wrong == null || wrong.isEmpty() -> object.remove(key);
            case ObjectNode object -> object.set(key, json(wrong));
            case ArrayNode list -> list.set(Integer.parseInt(key), json(wrong));
            default -> throw new AssertionError(place);
        }
        assertThat(problems(settings)).isNotEmpty().first().asString().startsWith(problem);
        assertThat(problems(settings).stream().filter(each -> !each.startsWith("rotation.users")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void reportsAllProblemsAtOnce() throws IOException {
        assertThat(problems(json("{'windows': [{}]}")))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "rotation.strategy",
                        "rotation.rotate_after",
                        "rotation.channel",
                        "rotation.max_age",
                        "rotation.windows[0].name",
                        "rotation.windows[0].zone",
                        "rotation.windows[0].length",
                        "rotation.windows[0].cutoff",
                        "rotation.windows[0].days");
    }

    private static List<String> problems(JsonNode rotation) throws IOException {
        return TestSettings.problems(TestSettings.with("rotation", rotation)).stream()
                .map(problem -> problem.replace("dev.yaml: ", ""))
                .toList();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
