package io.reverser.bench.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.bench.account.Moment;
import io.reverser.bench.soak.Work.Ask;
import io.reverser.bench.soak.Work.Course;
import io.reverser.simulators.slack.SlackApp;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * People who ask for access and decide about it. Whatever does not get through they try again, as people do; what they were
 * told is remembered.
 */
final class People {

    private static final Pattern ID = Pattern.compile("r-[2-9a-z]{10}");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PAUSE_MS = 300;
    private static final String COMMAND = "/cluster-access";
    private static final String CHIEF = "U0EVE";

    private final Stage stage;
    private final Map<String, Moment> asked = new ConcurrentHashMap<>();

    People(Stage stage) {
        this.stage = stage;
    }

    /** Names of requests that somebody was told of, and when. */
    Map<String, Moment> asked() {
        return Map.copyOf(asked);
    }

    /**
     * Asks, and sees to it that it takes its course.
     *
     * @throws StoryStuck when it does not
     */
    void live(Ask ask) throws InterruptedException {
        String id = ask(ask);
        Course course = ask.course();
        if (course == Course.TAKEN_BACK && isPending(ask, id)) {
            insist(
                    id,
                    "taken back",
                    () -> type(ask.who(), "cancel " + id),
                    () -> says(ask, id, "taken back", "granted"));
        } else if (course == Course.REFUSED && isPending(ask, id)) {
            insist(id, "refused", () -> refuse(id), () -> says(ask, id, "refused by"));
        } else {
            insist(id, "granted", () -> approve(ask, id), () -> says(ask, id, "granted until", "over ", "ended early"));
            if (course == Course.EXTENDED) {
                extend(ask, id);
            } else if (!course.isLast()) {
                insist(id, "ended", () -> type(ask.who(), "revoke " + id), () -> says(ask, id, "ended early"));
            }
        }
    }

    private String ask(Ask ask) throws InterruptedException {
        String text = "%s %dm the basket is slow".formatted(ask.what(), ask.minutes());
        String[] id = {""};
        insist(ask.what(), "asked", () -> id[0] = named(type(ask.who(), text)), () -> !id[0].isEmpty());
        asked.putIfAbsent(id[0], stage.now());
        return id[0];
    }

    /** The owner asks for more, and whoever would approve the access says yes. */
    private void extend(Ask ask, String id) throws InterruptedException {
        String until = until(ask, id);
        insist(
                id,
                "extended",
                () -> {
                    if (shown(id).noneMatchIn("Approve more time")) {
                        type(ask.who(), "extend " + id + " 10m not done yet");
                    }
                    approvers(ask).forEach(approver -> click(approver, id, "approve-extension"));
                },
                () -> !until(ask, id).equals(until));
    }

    private void approve(Ask ask, String id) {
        approvers(ask).forEach(approver -> click(approver, id, "approve"));
    }

    private static List<String> approvers(Ask ask) {
        return ask.who().equals("U0ADA") ? List.of("U0BOB", CHIEF) : List.of(CHIEF);
    }

    private void refuse(String id) {
        click(CHIEF, id, "refuse");
        workspace().views().reversed().stream()
                .filter(view -> view.contains(id))
                .findFirst()
                .ifPresent(view -> submit(view));
    }

    private void submit(String view) {
        try {
            stage.access()
                    .app()
                    .submit(CHIEF, new ObjectMapper().readTree(view), Map.of("reason", "not today, please"));
        } catch (JsonProcessingException garbled) {
            throw new IllegalStateException(garbled);
        } catch (IllegalStateException | UncheckedIOException unanswered) {
            // Whoever insists tries again.
        }
    }

    /** Where a message was posted twice, only one of them takes clicks. */
    private void click(String person, String id, String action) {
        for (Posted message : shown(id).messages()) {
            try {
                SlackApp app = stage.access().app();
                app.click(person, message, action, id);
            } catch (IllegalStateException | UncheckedIOException unanswered) {
                // Whoever insists clicks again.
            }
        }
    }

    private Shown shown(String id) {
        return new Shown(workspace().messages(stage.access().approvals()).stream()
                .filter(message -> message.blocks().contains(id))
                .toList());
    }

    /** Messages about a request. */
    private record Shown(List<Posted> messages) {

        boolean noneMatchIn(String text) {
            return messages.stream().noneMatch(message -> message.blocks().contains(text));
        }
    }

    private boolean isPending(Ask ask, String id) {
        return says(ask, id, "waits for approval");
    }

    private String until(Ask ask, String id) {
        String status = type(ask.who(), "status " + id);
        int begin = status.indexOf("granted until");
        return begin < 0 ? "" : status.substring(begin, status.indexOf('|', begin));
    }

    /** What the first line of its status says. */
    private boolean says(Ask ask, String id, String... any) {
        String status = type(ask.who(), "status " + id).lines().findFirst().orElse("");
        return List.of(any).stream().anyMatch(status::contains);
    }

    /** What the app answers; nothing where it does not. */
    private String type(String person, String text) {
        try {
            JsonNode answer = stage.access().app().slash(person, COMMAND, text);
            return answer.path("text").asText();
        } catch (IllegalStateException | UncheckedIOException unanswered) {
            return "";
        }
    }

    private static String named(String text) {
        return Optional.of(ID.matcher(text))
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group())
                .orElse("");
    }

    private SlackWorkspace workspace() {
        return stage.access().workspace();
    }

    private void insist(String about, String what, Runnable attempt, BooleanSupplier isDone)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isDone.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new StoryStuck("%s was not %s within %d minutes".formatted(about, what, PATIENCE.toMinutes()));
            }
            attempt.run();
            Thread.sleep(PAUSE_MS);
        }
    }
}
