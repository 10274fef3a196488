package io.reverser.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClicksTest {

    private static final String KEY = "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:dead";

    private final AlarmsWorld world = new AlarmsWorld();

    @BeforeEach
    void ring() {
        world.alarm("dead", "critical");
        world.set("dead", "ALARM");
        world.run();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void showsWhoLooksAfterIt() {
        click("alarm-care", "U0ADA", message());
        assertThat(message().content().attachments())
                .contains("👀 <@U0ADA> looks after it")
                .doesNotContain("alarm-care");
    }

    @Test
    void takesADoubleClickAsOne() {
        click("alarm-care", "U0ADA", message());
        Posted once = message();
        click("alarm-care", "U0ADA", message());
        assertThat(message()).isEqualTo(once);
        assertThat(world.workspace.whispers()).isEmpty();
    }

    @Test
    void tellsTheSecondWhoTheFirstWas() {
        click("alarm-care", "U0ADA", message());
        click("alarm-care", "U0BOB", message());
        assertThat(message().content().attachments()).contains("<@U0ADA>").doesNotContain("<@U0BOB>");
        assertThat(world.workspace.whispers()).containsExactly("<@U0ADA> looks after it already.");
    }

    @Test
    void staysTrueInSilenceAndCallsNobody() {
        click("alarm-silent-1h", "U0ADA", message());
        assertThat(message().content().attachments()).contains("🔕 silent until", "alarm-hear");
        int replies = world.replies(message()).size();
        world.set("dead", "OK");
        world.set("dead", "ALARM");
        world.run();
        assertThat(message().content().attachments()).contains("rang twice", "🔕 silent until");
        assertThat(world.replies(message()).stream().map(Posted::text)).noneMatch(text -> text.contains("<!subteam"));
        assertThat(world.replies(message()).stream()
                        .filter(reply -> !reply.text().isEmpty()))
                .hasSize(replies - 1);
        world.aws.clock().move(Duration.ofMinutes(61));
        world.set("dead", "INSUFFICIENT_DATA");
        world.set("dead", "ALARM");
        world.run();
        assertThat(world.replies(message()).stream().map(Posted::text)).anyMatch(text -> text.startsWith("🔴 *ALARM*"));
        assertThat(message().content().attachments()).doesNotContain("🔕");
    }

    /** Whoever wanted four hours of it does not mean until the next message. */
    @Test
    void staysSilentWhenItRingsAnewInAnotherMessage() {
        click("alarm-silent-4h", "U0ADA", message());
        world.set("dead", "OK");
        world.run();
        world.aws.clock().move(Duration.ofMinutes(20));
        world.set("dead", "ALARM");
        world.run();
        Posted second = world.messages(AlarmsWorld.CRITICAL).getLast();
        assertThat(second.ts()).isNotEqualTo(message().ts());
        assertThat(second.text()).startsWith("🔴").doesNotContain("<!subteam");
        assertThat(second.content().attachments()).contains("🔕 silent until", "alarm-hear");
        world.set("dead", "OK");
        world.run();
        world.aws.clock().move(Duration.ofHours(4));
        world.set("dead", "ALARM");
        world.run();
        assertThat(world.messages(AlarmsWorld.CRITICAL).getLast().text()).contains("<!subteam");
    }

    @Test
    void endsASilenceUntilItIsFineWhenItIs() {
        click("alarm-silent-until-ok", "U0ADA", message());
        assertThat(message().content().attachments()).contains("silent until it is fine");
        world.set("dead", "OK");
        world.set("dead", "ALARM");
        world.run();
        assertThat(message().content().attachments()).doesNotContain("🔕").doesNotContain("👀");
        assertThat(world.replies(message()).stream().map(Posted::text)).anyMatch(text -> text.contains("<!subteam"));
    }

    @Test
    void endsASilenceWhenSomebodyWantsTo() {
        click("alarm-silent-4h", "U0ADA", message());
        click("alarm-hear", "U0BOB", message());
        assertThat(message().content().attachments())
                .contains("alarm-silent-4h")
                .doesNotContain("🔕");
    }

    /** Somebody clicks on what somebody pasted, or on what is past. */
    @Test
    void doesNothingWhereTheButtonIsNotOnTheAlarmsMessage() {
        Posted before = message();
        world.work.send(click(world, "alarm-care", "U0ADA", before.channel(), "1.000001"));
        world.work.send(click(world, "alarm-care", "U0ADA", AlarmsWorld.USUAL, before.ts()));
        world.work.send(click(world, "alarm-everything", "U0ADA", before.channel(), before.ts()));
        world.run();
        assertThat(message()).isEqualTo(before);
        assertThat(world.workspace.whispers()).hasSize(3).allMatch(text -> text.contains("Nothing was changed"));
        world.set("dead", "OK");
        world.run();
        click("alarm-care", "U0ADA", message());
        assertThat(message().content().attachments()).doesNotContain("👀");
        assertThat(world.workspace.whispers()).hasSize(4);
    }

    @Test
    void letsWorkGoThatNobodyUnderstands() {
        world.work.send("{\"kind\": \"click\", \"action\": \"alarm-care\"}");
        world.work.send("not JSON");
        world.run();
        assertThat(world.work.size()).isZero();
    }

    private void click(String action, String user, Posted on) {
        world.work.send(click(world, action, user, on.channel(), on.ts()));
        world.run();
    }

    static String click(AlarmsWorld world, String action, String user, String channel, String ts) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "click")
                .put("action", action)
                .put("alarm", KEY)
                .put("channel", channel)
                .put("ts", ts)
                .put("user", user)
                .put("response", world.slack.responses() + "r")
                .put("at", world.aws.clock().instant().toString())
                .toString();
    }

    private Posted message() {
        return world.messages(AlarmsWorld.CRITICAL).getFirst();
    }
}
