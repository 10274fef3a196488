package io.reverser.runner.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.runner.process.SandboxJvm;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.database.MySqlServer;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Membership;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import io.reverser.simulators.tls.TestAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Runs a simulated Slack and a real MySQL server for {@code .ci/rehearsal/run}. */
public final class RehearsalServers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private RehearsalServers() {}

    /**
     * Starts the servers, prints one line of JSON with their addresses, and runs them until the standard input ends.
     * Arguments: a folder for data, Slack's bot token, the team ID, the channels and the users, separated by commas.
     *
     * <p>Each line of the standard input is a method of Slack's Web API and an error code, with which Slack rejects the
     * method's calls; an empty line ends all rejections.
     */
    public static void main(String[] arguments) throws IOException {
        SandboxJvm.prepare();
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        var workspace = new SlackWorkspace(InstantSource.system());
        for (String channel : arguments[3].split(",", -1)) {
            workspace.createChannel(channel);
        }
        for (String user : arguments[4].split(",", -1)) {
            workspace.addUser(new WorkspaceUser(user, user, arguments[2], Membership.MEMBER));
        }
        var faults = new FaultInjector();
        try (var slack = SlackEndpoint.start(workspace, faults, arguments[1]);
                DatabaseServer database =
                        MySqlServer.start(folder.resolve("mysql"), TestAuthority.create(folder.resolve("authority")))) {
            System.out.println(JSON.writeValueAsString(Map.of(
                    "slack", slack.uri(),
                    "responses", slack.responseUrlBase(),
                    "port", database.port(),
                    "authority", database.caFile().orElseThrow().toString(),
                    "administrator", DatabaseServer.ADMINISTRATOR,
                    "password", DatabaseServer.ADMINISTRATOR_PASSWORD)));
            rejectAsAsked(faults);
        }
    }

    private static void rejectAsAsked(FaultInjector faults) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            faults.clear();
            if (words.length == 2) {
                faults.rejectNext("Slack." + words[0], OK, words[1], Short.MAX_VALUE);
            }
            System.out.println(line);
        }
    }
}
