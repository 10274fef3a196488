package io.reverser.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.aws.AwsApi;
import io.reverser.bench.account.AlarmBook;
import io.reverser.bench.account.AlarmBook.Letter;
import io.reverser.bench.account.AlarmBook.Post;
import io.reverser.bench.account.CallBook;
import io.reverser.bench.account.GrantBook;
import io.reverser.bench.account.GrantBook.Entry;
import io.reverser.bench.account.GrantBook.State;
import io.reverser.bench.account.Moment;
import io.reverser.bench.account.RotationBook;
import io.reverser.bench.account.VisitBook;
import io.reverser.runner.AlarmsSandbox;
import io.reverser.runner.Login;
import io.reverser.runner.RotatedSecret;
import io.reverser.runner.RotationSandbox;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.aws.AccessEntry;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
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

/** Looks at everything that there is at the end, when nothing is made to fail any more. */
final class Accountant {

    private static final String PREFIX = "cluster-access:";
    private static final int ACCESS_DENIED = 1045;

    private final Stage stage;

    Accountant(Stage stage) {
        this.stage = stage;
    }

    /** Everything that stands in Slack at the end and all that is in the table of alarms, for whoever looks for a loss. */
    void write(Path folder) throws IOException {
        List<String> said = Stream.of(
                        AlarmsSandbox.ALARMS,
                        AlarmsSandbox.ON_CALL,
                        RotationSandbox.PLATFORM,
                        stage.access().approvals())
                .flatMap(channel -> stage.access().workspace().messages(channel).stream())
                .map(Posted::toString)
                .toList();
        Files.write(folder.resolve("slack.log"), said);
        var api = stage.api();
        JsonNode table = api.call(
                AwsApi.Service.DYNAMODB,
                "Scan",
                api.object().put("TableName", "alarms").put("ConsistentRead", true));
        Files.write(
                folder.resolve("alarms.log"),
                table.path("Items").valueStream().map(JsonNode::toString).toList());
    }

    GrantBook grants(Map<String, Moment> asked, List<GrantBook.Sweep> sweeps) {
        List<Entry> entries = Stream.concat(
                        stage.aws().eks().deleted().stream()
                                .flatMap(one -> entry(one.entry(), Optional.of(one.at())).stream()),
                        stage.aws().eks().entries().stream().flatMap(one -> entry(one, Optional.empty()).stream()))
                .toList();
        var table = new AccessTable(stage.api(), stage.aws().clock());
        List<GrantBook.Grant> grants = table.grants();
        return new GrantBook(asked, grants, entries, sweeps, new GrantBook.Said(channel(grants), direct()));
    }

    AlarmBook alarms() {
        List<AlarmBook.Change> changes = stage.aws().cloudWatch().changes().stream()
                .map(change -> new AlarmBook.Change(
                        "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + change.name(),
                        change.state(),
                        change.at()))
                .toList();
        List<Post> posts = Stream.of(AlarmsSandbox.ALARMS, AlarmsSandbox.ON_CALL)
                .flatMap(channel -> stage.access().workspace().messages(channel).stream())
                .map(message -> new Post(
                        message.thread().isEmpty(),
                        message.text(),
                        message.blocks() + message.content().attachments(),
                        message.content().metadata()))
                .toList();
        List<Letter> letters = stage.alarms().dead().peek().stream()
                .map(letter -> new Letter(
                        letter.path("body").asText(),
                        letter.at("/messageAttributes/reason/StringValue").asText()))
                .toList();
        return new AlarmBook(changes, posts, letters);
    }

    VisitBook visits(Callers callers, List<VisitBook.Death> deaths) {
        var lastWords = new TreeMap<String, Moment>();
        logLines()
                .filter(line -> line.contains("Stopped with the visits of"))
                .forEach(line -> lastWords.put(line, stage.now()));
        return new VisitBook(callers.answered(), callers.unanswered(), stored(), deaths, lastWords);
    }

    CallBook calls(Callers callers, List<VisitBook.Death> deaths) {
        return new CallBook(
                callers.failures(), deaths.stream().map(VisitBook.Death::when).toList());
    }

    RotationBook rotations(int wanted) {
        RotatedSecret secret = stage.rotation().secret();
        Login current = secret.current();
        List<String> strays = stage.rotation().pods().stream()
                .filter(pod -> !pod.login().equals(Optional.of(current)))
                .map(pod -> pod.name())
                .toList();
        long refused = logLines()
                .filter(line -> line.contains("MySQL error " + ACCESS_DENIED))
                .count();
        var atTheEnd = new RotationBook.AtTheEnd(
                isLetIn(current),
                secret.previous().filter(this::isLetIn).isPresent(),
                secret.isRotating(),
                strays,
                refused);
        List<String> story = stage.access().workspace().messages(RotationSandbox.PLATFORM).stream()
                .filter(message -> message.thread().isEmpty())
                .map(Posted::text)
                .toList();
        return new RotationBook(wanted, new RotationTable(stage.api()).rotations(), story, atTheEnd);
    }

    /** What the database has, by address. */
    Map<String, Long> stored() {
        var visits = new TreeMap<String, Long>();
        try (var connection = stage.database().server().connectAsAdministrator();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT address, visits FROM visit")) {
            while (rows.next()) {
                visits.put(compressed(rows.getBytes(1)), rows.getLong(2));
            }
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("The visits cannot be read", failure);
        }
        return visits;
    }

    /** As callers write theirs: the traffic's addresses have two groups, an empty middle, and one group. */
    private static String compressed(byte[] address) throws IOException {
        String[] groups = InetAddress.getByAddress(address).getHostAddress().split(":", -1);
        String last = groups[groups.length - 1];
        return "%s:%s::%s".formatted(groups[0], groups[1], last.equals("0") ? "" : last);
    }

    private static Optional<Entry> entry(AccessEntry entry, Optional<Instant> deleted) {
        return Optional.ofNullable(entry.tags().get(PREFIX + "request-id"))
                .map(request -> new Entry(
                        request,
                        entry.created(),
                        deleted,
                        Instant.parse(entry.tags().getOrDefault(PREFIX + "expires-at", Instant.EPOCH.toString()))));
    }

    private Map<String, List<String>> channel(List<GrantBook.Grant> grants) {
        List<String> all = stage.access().workspace().messages(stage.access().approvals()).stream()
                .map(Posted::blocks)
                .toList();
        return grants.stream()
                .map(GrantBook.Grant::id)
                .collect(Collectors.toMap(
                        id -> id,
                        id -> all.stream().filter(blocks -> blocks.contains(id)).toList()));
    }

    private Map<String, Long> direct() {
        var words = Map.of(State.OVER, "is over", State.ENDED_EARLY, "was ended early", State.REFUSED, "is refused");
        var direct = new HashMap<String, Long>();
        stage.access()
                .workspace()
                .people()
                .forEach(person -> words.forEach((state, text) -> direct.put(
                        person.id() + " " + state,
                        stage.access().workspace().messages(person.id()).stream()
                                .filter(message -> message.text().contains(text))
                                .count())));
        return direct;
    }

    private boolean isLetIn(Login login) {
        DatabaseServer server = stage.database().server();
        try {
            server.connect(login.user(), login.password()).close();
            return true;
        } catch (SQLException refused) {
            if (refused.getErrorCode() != ACCESS_DENIED) {
                throw new IllegalStateException("The database cannot be asked", refused);
            }
            return false;
        }
    }

    private Stream<String> logLines() {
        try (var files = Files.list(stage.rotation().logs())) {
            return files.toList().stream().flatMap(file -> lines(file).stream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
