package io.reverser.runner;

import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Person;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that stands in a Slack, as text: the rooms, their messages, and below each its thread. */
final class Transcript {

    private static final List<String> CHANNELS = List.of(
            AccessSurroundings.APPROVALS, AlarmsSandbox.ALARMS, AlarmsSandbox.ON_CALL, RotationSandbox.PLATFORM);

    private final SlackWorkspace workspace;

    Transcript(SlackWorkspace workspace) {
        this.workspace = workspace;
    }

    /** As it is now; rooms without any message are left out. */
    String text() {
        List<String> rooms = new ArrayList<>(CHANNELS);
        workspace.people().stream().map(Person::id).forEach(rooms::add);
        return rooms.stream()
                .filter(room -> !workspace.messages(room).isEmpty())
                .map(room -> room + "\n" + room(workspace.messages(room)))
                .collect(Collectors.joining());
    }

    private static String room(List<Posted> messages) {
        return messages.stream()
                .filter(message -> message.thread().isEmpty())
                .flatMap(root -> Stream.concat(
                        Stream.of("  " + line(root)),
                        messages.stream()
                                .filter(reply ->
                                        reply.thread().filter(root.ts()::equals).isPresent())
                                .map(reply -> "    " + line(reply))))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** The first line of what notifications say, without the time; a message without words is a picture. */
    private static String line(Posted message) {
        return message.text().lines().findFirst().orElse("a picture").replaceAll(" ?<!date[^>]*>", "");
    }
}
