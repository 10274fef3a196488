package io.reverser.runner;

import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.functions.SimulatedBackends;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All messages of a Slack workspace as text: each channel with its messages, and the replies of each thread below the
 * thread's first message.
 */
final class Transcript {

    private static final List<String> CHANNELS = List.of(
            SimulatedBackends.APPROVALS_CHANNEL,
            AlarmsSandbox.ALARMS_CHANNEL,
            AlarmsSandbox.ON_CALL_CHANNEL,
            RotationSandbox.PLATFORM_CHANNEL);

    private final SlackWorkspace workspace;

    Transcript(SlackWorkspace workspace) {
        this.workspace = workspace;
    }

    /** The text of the current messages, without empty channels. */
    String text() {
        List<String> channels = new ArrayList<>(CHANNELS);
        workspace.users().stream().map(WorkspaceUser::id).forEach(channels::add);
        return channels.stream()
                .filter(channel -> !workspace.messages(channel).isEmpty())
                .map(channel -> channel + "\n" + channel(workspace.messages(channel)))
                .collect(Collectors.joining());
    }

    private static String channel(List<WorkspaceMessage> messages) {
        return messages.stream()
                .filter(message -> message.threadTs().isEmpty())
                .flatMap(root -> Stream.concat(
                        Stream.of("  " + line(root)),
                        messages.stream()
                                .filter(reply -> reply.threadTs()
                                        .filter(root.ts()::equals)
                                        .isPresent())
                                .map(reply -> "    " + line(reply))))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /**
     * The first line of a message's notification text, without times. A message without a notification text is a
     * picture.
     */
    private static String line(WorkspaceMessage message) {
        return message.text().lines().findFirst().orElse("a picture").replaceAll(" ?<!date[^>]*>", "");
    }
}
