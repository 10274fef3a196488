package io.reverser.bench.soak.observation;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.bench.reconciliation.AlarmReconciliation;
import io.reverser.bench.reconciliation.AlarmReconciliation.AlarmMessage;
import io.reverser.bench.reconciliation.AlarmReconciliation.DeadLetter;
import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.reconciliation.FailureReconciliation;
import io.reverser.bench.reconciliation.GrantReconciliation;
import io.reverser.bench.reconciliation.GrantReconciliation.EntryLifetime;
import io.reverser.bench.reconciliation.GrantReconciliation.State;
import io.reverser.bench.reconciliation.RotationReconciliation;
import io.reverser.bench.reconciliation.VisitReconciliation;
import io.reverser.bench.soak.environment.AccessTableReader;
import io.reverser.bench.soak.environment.RotationTableReader;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.rotation.RotatedSecret;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the final state of everything that the soak changed, after the last fault. */
public final class ResultCollector {

    private static final String TAG_PREFIX = "cluster-access:";
    private static final int ACCESS_DENIED = 1045;

    private final SoakEnvironment environment;

    public ResultCollector(SoakEnvironment environment) {
        this.environment = environment;
    }

    /** Writes the final Slack messages and the items of the alarms table, so that a lost message can be traced. */
    public void writeLogs(Path folder) throws IOException {
        List<String> posted = Stream.of(
                        AlarmsSandbox.ALARMS_CHANNEL,
                        AlarmsSandbox.ON_CALL_CHANNEL,
                        RotationSandbox.PLATFORM_CHANNEL,
                        environment.access().approvalsChannel())
                .flatMap(channel -> environment.access().workspace().messages(channel).stream())
                .map(WorkspaceMessage::toString)
                .toList();
        Files.write(folder.resolve("slack.log"), posted);
        var api = environment.newAwsClient();
        JsonNode table = api.call(
                AwsJsonClient.Service.DYNAMODB,
                "Scan",
                api.newObject().put("TableName", "alarms").put("ConsistentRead", true));
        Files.write(
                folder.resolve("alarms.log"),
                table.path("Items").valueStream().map(JsonNode::toString).toList());
    }

    public GrantReconciliation collectGrants(
            Map<String, DualTimestamp> submitted, List<GrantReconciliation.Sweep> sweeps) {
        List<EntryLifetime> entries = Stream.concat(
                        environment.aws().eks().deletedEntries().stream()
                                .flatMap(one -> toLifetime(one.entry(), Optional.of(one.deletedAt())).stream()),
                        environment.aws().eks().entries().stream()
                                .flatMap(one -> toLifetime(one, Optional.empty()).stream()))
                .toList();
        var table = new AccessTableReader(
                environment.newAwsClient(), environment.aws().clock());
        List<GrantReconciliation.Grant> grants = table.readGrants();
        return new GrantReconciliation(
                submitted,
                grants,
                entries,
                sweeps,
                new GrantReconciliation.SlackMessages(approvalMessages(grants), directMessageCounts()));
    }

    public AlarmReconciliation collectAlarms() {
        List<AlarmReconciliation.StateChange> changes = environment.aws().cloudWatch().stateChanges().stream()
                .map(change -> new AlarmReconciliation.StateChange(
                        "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + change.name(),
                        change.state(),
                        change.at()))
                .toList();
        List<AlarmMessage> messages = Stream.of(AlarmsSandbox.ALARMS_CHANNEL, AlarmsSandbox.ON_CALL_CHANNEL)
                .flatMap(channel -> environment.access().workspace().messages(channel).stream())
                .map(message -> new AlarmMessage(
                        message.threadTs().isEmpty(),
                        message.text(),
                        message.blocks() + message.content().attachments(),
                        message.content().metadata()))
                .toList();
        List<DeadLetter> deadLetters = environment.alarms().deadLetterQueue().peek().stream()
                .map(letter -> new DeadLetter(
                        letter.path("body").asText(),
                        letter.at("/messageAttributes/reason/StringValue").asText()))
                .toList();
        return new AlarmReconciliation(changes, messages, deadLetters);
    }

    public VisitReconciliation collectVisits(ResponseLog responses, List<VisitReconciliation.PodKill> podKills) {
        var lossLogLines = new TreeMap<String, DualTimestamp>();
        readPodLogs()
                .filter(line -> line.contains("Stopped with the visits of"))
                .forEach(line -> lossLogLines.put(line, environment.now()));
        return new VisitReconciliation(
                responses.answered(), responses.unanswered(), readStoredVisits(), podKills, lossLogLines);
    }

    public FailureReconciliation collectFailures(ResponseLog responses, List<VisitReconciliation.PodKill> podKills) {
        return new FailureReconciliation(
                responses.failures(),
                podKills.stream().map(VisitReconciliation.PodKill::killedAt).toList());
    }

    public RotationReconciliation collectRotations(int requested) {
        RotatedSecret secret = environment.rotation().secret();
        ReverserCredentials current = secret.readCurrent();
        List<String> podsWithOtherCredentials = environment.rotation().pods().stream()
                .filter(pod -> !pod.credentials().equals(Optional.of(current)))
                .map(pod -> pod.name())
                .toList();
        long deniedLogins = readPodLogs()
                .filter(line -> line.contains("MySQL error " + ACCESS_DENIED))
                .count();
        var finalState = new RotationReconciliation.FinalState(
                canLogIn(current),
                secret.readPrevious().filter(this::canLogIn).isPresent(),
                secret.isRotating(),
                podsWithOtherCredentials,
                deniedLogins);
        List<String> slackMessages =
                environment.access().workspace().messages(RotationSandbox.PLATFORM_CHANNEL).stream()
                        .filter(message -> message.threadTs().isEmpty())
                        .map(WorkspaceMessage::text)
                        .toList();
        return new RotationReconciliation(
                requested,
                new RotationTableReader(environment.newAwsClient()).readRotations(),
                slackMessages,
                finalState);
    }

    /** The number of visits in the database, by address. */
    public Map<String, Long> readStoredVisits() {
        var visits = new TreeMap<String, Long>();
        try (var connection = environment.database().server().connectAsAdministrator();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT address, visits FROM visit")) {
            while (rows.next()) {
                visits.put(compressed(rows.getBytes(1)), rows.getLong(2));
            }
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("Cannot read the visits", failure);
        }
        return visits;
    }

    /**
     * Formats an IPv6 address as the load generator does (two groups, {@code ::}, and the last group), so that
     * addresses can be compared as text.
     */
    private static String compressed(byte[] address) throws IOException {
        String[] groups = InetAddress.getByAddress(address).getHostAddress().split(":", -1);
        String last = groups[groups.length - 1];
        return "%s:%s::%s".formatted(groups[0], groups[1], last.equals("0") ? "" : last);
    }

    private static Optional<EntryLifetime> toLifetime(AccessEntry entry, Optional<Instant> deleted) {
        return Optional.ofNullable(entry.tags().get(TAG_PREFIX + "request-id"))
                .map(request -> new EntryLifetime(
                        request,
                        entry.created(),
                        deleted,
                        Instant.parse(entry.tags().getOrDefault(TAG_PREFIX + "expires-at", Instant.EPOCH.toString()))));
    }

    private Map<String, List<String>> approvalMessages(List<GrantReconciliation.Grant> grants) {
        List<String> all = environment
                .access()
                .workspace()
                .messages(environment.access().approvalsChannel())
                .stream()
                .map(WorkspaceMessage::blocks)
                .toList();
        return grants.stream()
                .map(GrantReconciliation.Grant::id)
                .collect(Collectors.toMap(
                        id -> id,
                        id -> all.stream().filter(blocks -> blocks.contains(id)).toList()));
    }

    private Map<String, Long> directMessageCounts() {
        var words = Map.of(
                State.GRANT_EXPIRED, "has expired", State.REVOKED, "was revoked", State.REJECTED, "was rejected");
        var direct = new HashMap<String, Long>();
        environment
                .access()
                .workspace()
                .users()
                .forEach(user -> words.forEach((state, text) -> direct.put(
                        user.id() + " " + state,
                        environment.access().workspace().messages(user.id()).stream()
                                .filter(message -> message.text().contains(text))
                                .count())));
        return direct;
    }

    private boolean canLogIn(ReverserCredentials credentials) {
        DatabaseServer server = environment.database().server();
        try {
            server.connect(credentials.user(), credentials.password()).close();
            return true;
        } catch (SQLException refused) {
            if (refused.getErrorCode() != ACCESS_DENIED) {
                throw new IllegalStateException("Cannot query the database", refused);
            }
            return false;
        }
    }

    private Stream<String> readPodLogs() {
        try (var files = Files.list(environment.rotation().podLogs())) {
            return files.toList().stream().flatMap(file -> readLines(file).stream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
