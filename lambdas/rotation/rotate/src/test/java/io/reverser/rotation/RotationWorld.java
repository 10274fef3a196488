package io.reverser.rotation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.KeyedTable;
import io.reverser.simulators.DatabaseServer;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import io.reverser.simulators.kubernetes.ObjectName;
import io.reverser.simulators.kubernetes.api.KubernetesApi;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function in this process; around it a real database, an AWS, a cluster and a Slack that can fail. */
final class RotationWorld implements AutoCloseable {

    static final String CHANNEL = "C0PLATFORM";
    static final String SECRET = "dev/reverser/database";
    static final String PREVIOUS = "AWSPREVIOUS";
    static final ObjectName APP = new ObjectName("reverser", "reverser");

    /** In the middle of a window. */
    static final Instant IN_THE_WINDOW = Instant.parse("2026-11-29T01:10:00Z");

    private static final ObjectName DATABASE = new ObjectName("reverser", "database");
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:rotation";
    private static final String ROLE = "arn:aws:iam::111122223333:role/rotation";
    private static final int PODS = 3;
    private static final int CLUSTER_STEPS = 8;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Pattern END = Pattern.compile("has changed|is as before|was not changed");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger WORLDS = new AtomicInteger();

    /** A way to exchange logins, and the server that it is tried on. */
    enum Way {
        DUAL_PASSWORD_ON_MYSQL,
        ALTERNATING_USERS_ON_MYSQL,
        ALTERNATING_USERS_ON_MARIADB,
        SINGLE_USER_ON_MARIADB;

        DatabaseServer server() {
            return name().endsWith("MYSQL") ? TestDatabases.MYSQL : TestDatabases.MARIADB;
        }

        String strategy() {
            return name().replaceFirst("_ON_.*", "").toLowerCase(Locale.ROOT);
        }
    }

    final Way way;
    final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    final SlackEndpoint slack = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
    final KubernetesCluster cluster = new KubernetesCluster(aws.clock());
    final FaultyDatabases databases = new FaultyDatabases(aws.faults());
    final TestPods pods;
    final SecretsManagerClient secrets;
    private final String database = "w" + WORLDS.incrementAndGet();
    private final KubernetesApi api;
    private final TestConfig config;
    private final StringBuilder thrown = new StringBuilder();
    private Duration clockIsOff = Duration.ZERO;
    private RotationHandler handler;

    /** With new pods that are not watched any further. */
    RotationWorld(Way way) {
        this(way, "0m", Optional.empty());
    }

    /**
     * A secret of thirty days in a window.
     *
     * @param bake how long new pods are watched
     * @param reader host and port of a server that follows the other
     */
    RotationWorld(Way way, String bake, Optional<String> reader) {
        this.way = way;
        move(IN_THE_WINDOW.minus(Duration.ofDays(30)));
        way.server().administer(statements());
        aws.createTable(KeyedTable.of("rotation"));
        aws.secrets().put("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"none\"}");
        aws.secrets()
                .put(
                        "administrator",
                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                                .formatted(TestDatabases.ADMINISTRATOR.user(), TestDatabases.ADMINISTRATOR.password()));
        aws.secrets().put(SECRET, """
                {"other": "kept 🔑", "MYSQL_HOST": "127.0.0.1", "MYSQL_DATABASE": "%s", "MYSQL_USER": "%sa",
                 "MYSQL_PASSWORD": "canary-first"}""".formatted(database, database));
        workspace.open(CHANNEL);
        config = new TestConfig(way, bake, reader, slack.uri(), database);
        var clients = new Clients(place());
        secrets = clients.build(SecretsManagerClient.builder());
        aws.eks().cluster("dev", "API");
        clients.build(EksClient.builder())
                .createAccessEntry(
                        request -> request.clusterName("dev").principalArn(ROLE).kubernetesGroups("rotation"));
        api = KubernetesApi.start("dev", cluster, aws, TestDatabases.AUTHORITY);
        api.know("test", "test", ROLE);
        pods = new TestPods(way.server());
        cluster.synchronise(DATABASE, Duration.ofHours(1), this::current);
        cluster.deploy(APP, PODS, "database", pods);
        handler = handler();
        aws.secrets().rotations().calls((function, payload) -> handle(payload));
        secrets.rotateSecret(request -> request.secretId(SECRET)
                .rotationLambdaARN(FUNCTION)
                .rotationRules(rules -> rules.automaticallyAfterDays(1000L))
                .rotateImmediately(false));
        aws.secrets().rotations().runDue();
        settle();
        move(IN_THE_WINDOW);
        settle();
        aws.faults().forgetCalls();
    }

    /** A new process, which knows nothing. */
    void restart() {
        handler = handler();
    }

    /** The function's clock is wrong from now on. */
    void clockIsOff(Duration by) {
        clockIsOff = by;
    }

    /** A minute passes: Secrets Manager and the cluster do what is due, and the schedule calls the function. */
    void minute() {
        minute(new ArrayList<>());
    }

    /** The same; who is not let in meanwhile, and should be, is noted. */
    void minute(List<String> problems) {
        aws.clock().move(MINUTE);
        aws.secrets().rotations().runDue();
        settle();
        look();
        check(problems);
        aws.secrets().rotations().runDue();
        check(problems);
        settle();
        pods.logIn();
    }

    private void check(List<String> problems) {
        boolean letsIn = Stream.of(SecretState.CURRENT, PREVIOUS)
                .flatMap(label -> labelled(label).stream())
                .anyMatch(this::letsIn);
        if (!letsIn) {
            problems.add("neither the current version nor the one before is let in");
        }
    }

    /** Whether a rotation has come to an end that everybody was told of. */
    boolean isOver() {
        return stories().stream().anyMatch(story -> END.matcher(story).find());
    }

    /** How it ended, as everybody was told; empty when it has not. */
    String end() {
        return stories().stream()
                .map(END::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .collect(Collectors.joining(", "));
    }

    /** What should not be so in the end. */
    List<String> wrong() {
        var wrong = new ArrayList<String>();
        DatabaseSecret now = DatabaseSecret.read(current());
        if (!isOver()) {
            wrong.add("nobody was told of an end, but " + stories());
        }
        if (!letsIn(now)) {
            wrong.add("the current version is not let in");
        }
        if (end().equals("has changed") && letsIn(first())) {
            wrong.add("the old password is let in");
        }
        if (!pods.allHave(now)) {
            wrong.add("not all pods have the current password");
        }
        if (!pods.refused().isEmpty()) {
            wrong.add("pods were refused: " + pods.refused());
        }
        if (stories().size() != 1) {
            wrong.add("there is not one message, but " + stories());
        }
        if (lines().size() != lines().stream().distinct().count()) {
            wrong.add("something was told twice: " + lines());
        }
        String pending = aws.secrets().labels(SECRET).getOrDefault(SecretState.PENDING, "");
        if (!pending.isEmpty()) {
            wrong.add("AWSPENDING is left");
        }
        return wrong;
    }

    void minutes(int count) {
        for (int i = 0; i < count; i++) {
            minute();
        }
    }

    /** The schedule calls the function; what it throws, nobody hears. */
    void look() {
        try {
            handle("{\"kind\":\"reconcile\"}");
        } catch (RuntimeException failed) {
            // As in AWS: the next minute is the retry.
            thrown.append(failed).append('\n');
        }
    }

    /** What it threw. */
    String thrown() {
        return thrown.toString();
    }

    /** Everything that stands in the table. */
    String table() {
        return new AwsApi(place())
                .call(
                        AwsApi.Service.DYNAMODB,
                        "Scan",
                        JsonNodeFactory.instance.objectNode().put("TableName", config.table()))
                .toString();
    }

    /** Calls the function. */
    String handle(String event) {
        try {
            return handler.handleRequest(JSON.readTree(event), TestContext.CONTEXT);
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }

    /** The cluster does what is due. */
    void settle() {
        for (int i = 0; i < CLUSTER_STEPS; i++) {
            cluster.step();
        }
    }

    void move(Instant to) {
        aws.clock().move(Duration.between(aws.clock().instant(), to));
    }

    /** Somebody rotates by hand. */
    void rotateByHand() {
        secrets.rotateSecret(request -> request.secretId(SECRET));
        aws.secrets().rotations().runDue();
    }

    String current() {
        return aws.secrets().value(SECRET, SecretState.CURRENT).orElseThrow();
    }

    /** The value under a label, if there is one. */
    Optional<DatabaseSecret> labelled(String label) {
        return aws.secrets().value(SECRET, label).map(DatabaseSecret::read);
    }

    /** Whether the database lets somebody in. */
    boolean letsIn(DatabaseSecret secret) {
        return TestDatabases.exchange(way.server(), new SingleUser()).letsIn(secret);
    }

    /** The secret as it was in the beginning. */
    DatabaseSecret first() {
        return DatabaseSecret.read(current()).with(new Login(database + "a", "canary-first"));
    }

    /** An account with rights, like those that the first user and the second have. */
    String user(String which) {
        return "%s%s@'%%'".formatted(database, which);
    }

    String database() {
        return database;
    }

    List<Posted> messages() {
        return workspace.messages(CHANNEL);
    }

    /** The messages that are in no thread, as text and blocks. */
    List<String> stories() {
        return messages().stream()
                .filter(message -> message.thread().isEmpty())
                .map(message -> message.text() + message.content().attachments())
                .toList();
    }

    /** What the threads say, oldest first. */
    List<String> lines() {
        return messages().stream()
                .filter(message -> message.thread().isPresent())
                .map(Posted::text)
                .toList();
    }

    /** An alarm that has to be quiet. */
    void alarm(String state) {
        var configuration = JsonNodeFactory.instance
                .objectNode()
                .put("AlarmName", "dev-database-cpu")
                .put("Namespace", "AWS/RDS")
                .put("MetricName", "CPUUtilization")
                .put("Statistic", "Maximum")
                .put("Period", 60)
                .put("EvaluationPeriods", 3)
                .put("ComparisonOperator", "GreaterThanThreshold")
                .put("Threshold", 90);
        aws.cloudWatch().put(configuration, Map.of());
        aws.cloudWatch().set("dev-database-cpu", state, "because a test wants it");
    }

    @Override
    public void close() {
        cluster.close();
        api.close();
        slack.close();
        aws.close();
        way.server().administer("DROP DATABASE " + database, "DROP USER " + user("a") + ", " + user("b"));
    }

    private RotationHandler handler() {
        return new RotationHandler(Wiring.desk(
                config, place(), new Wiring.Doors(() -> aws.clock().instant().plus(clockIsOff), databases)));
    }

    private String[] statements() {
        return new String[] {
            "CREATE DATABASE " + database,
            "CREATE USER %s IDENTIFIED BY 'canary-first'".formatted(user("a")),
            "CREATE USER %s IDENTIFIED BY 'canary-never'".formatted(user("b")),
            "GRANT SELECT, CREATE ON %s.* TO %s".formatted(database, user("a")),
            "GRANT SELECT, CREATE ON %s.* TO %s".formatted(database, user("b"))
        };
    }

    private AwsSettings place() {
        return AwsSettings.from(Map.of(
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "AWS_ENDPOINT_URL",
                aws.uri().toString()));
    }
}
