package io.reverser.access.command.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.access.command.slack.CommandText.Invalid;
import io.reverser.access.command.slack.CommandText.Mistake;
import io.reverser.access.policy.Namespaces;
import io.reverser.access.request.RequestId;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {

    private static final RequestId ID = RequestId.fromIdempotencyKey("a delivery");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prod view 1h the basket is slow             |             | PT1H    | the basket is slow
            prod VIEW 24h all day                       |             | PT24H   | all day
            prod view 1h30m ns=shop the basket is slow  | shop        | PT1H30M | the basket is slow
            prod view ns=shop,dev-1 45m look 2h ahead   | dev-1,shop  | PT45M   | look 2h ahead
            prod view ns=dev-* 1d “quotes” go           | dev-*       | PT24H   | quotes go
            """)
    void parsesARequestInOneLine(String typed, String namespaces, Duration duration, String reason) {
        Set<String> names = namespaces == null ? Set.of() : Set.of(namespaces.split(","));
        assertThat(CommandText.parse(typed))
                .isEqualTo(new CommandText.RequestAccess("prod", "view", new TreeSet<>(names), duration, reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0"})
    void opensTheFormWhenNothingIsTyped(String typed) {
        assertThat(CommandText.parse(typed)).isEqualTo(new CommandText.RequestForm());
    }

    @Test
    void parsesOtherCommands() {
        assertThat(CommandText.parse("help")).isEqualTo(new CommandText.Help());
        assertThat(CommandText.parse("WhoAmI")).isEqualTo(new CommandText.WhoAmI());
        assertThat(CommandText.parse("list")).isEqualTo(new CommandText.ListRequests());
        assertThat(CommandText.parse("status")).isEqualTo(new CommandText.ListRequests());
        assertThat(CommandText.parse("break-glass")).isEqualTo(new CommandText.BreakGlassForm());
        assertThat(CommandText.parse("status " + ID)).isEqualTo(new CommandText.Status(ID));
        assertThat(CommandText.parse("Status " + ID.value().toUpperCase(Locale.ROOT)))
                .isEqualTo(new CommandText.Status(ID));
        assertThat(CommandText.parse("cancel " + ID)).isEqualTo(new CommandText.Cancel(ID));
        assertThat(CommandText.parse("revoke " + ID + " all done")).isEqualTo(new CommandText.Revoke(ID, "all done"));
        assertThat(CommandText.parse("extend " + ID + " 30m not done"))
                .isEqualTo(new CommandText.Extend(ID, Duration.ofMinutes(30), "not done"));
    }

    @ParameterizedTest
    @CsvSource({
        "prod, MISSING_LEVEL, prod",
        "prod view, INVALID_DURATION, ''",
        "prod view soon please, INVALID_DURATION, soon",
        "prod view 0h why not, INVALID_DURATION, 0h",
        "prod view 1h, MISSING_REASON, ''",
        "prod view ns=Shop 1h why, INVALID_NAMESPACES, ns=Shop",
        "prod view ns=* 1h why, INVALID_NAMESPACES, ns=*",
        "prod view ns= 1h why, INVALID_NAMESPACES, ns=",
        "status 17, INVALID_REQUEST_ID, 17",
        "revoke, INVALID_REQUEST_ID, ''"
    })
    void saysWhatIsWrong(String typed, Mistake mistake, String found) {
        assertThat(CommandText.parse(typed)).isEqualTo(new Invalid(mistake, found));
    }

    @Test
    void limitsTheNumberOfNamespaces() {
        String twenty = IntStream.rangeClosed(1, Namespaces.MAX_COUNT)
                .mapToObj(i -> "dev-" + i)
                .collect(Collectors.joining(","));
        assertThat(CommandText.parse("prod edit 1h ns=" + twenty + " the basket is slow"))
                .isInstanceOf(CommandText.RequestAccess.class);
        assertThat(CommandText.parse("prod edit 1h ns=" + twenty + ",dev-0 the basket is slow"))
                .isEqualTo(new Invalid(Mistake.INVALID_NAMESPACES, "ns=" + twenty + ",dev-0"));
    }

    @ParameterizedTest
    @CsvSource({"soon, INVALID_DURATION, soon", "30m, MISSING_REASON, ''"})
    void saysWhatIsWrongWithAnExtension(String typed, Mistake mistake, String found) {
        assertThat(CommandText.parse("extend " + ID + " " + typed))
                .isEqualTo(new Invalid(mistake, found, Optional.of(ID)));
    }
}
