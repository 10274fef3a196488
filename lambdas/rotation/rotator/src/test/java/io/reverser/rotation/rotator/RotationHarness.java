package io.reverser.rotation.rotator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.awssdk.AwsClients;
import io.reverser.rotation.rotator.database.SingleUser;
import io.reverser.rotation.rotator.database.TestDatabases;
import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import io.reverser.rotation.rotator.secret.SecretState;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.database.DatabaseServer;
import io.reverser.simulators.kubernetes.KubernetesCluster;
import io.reverser.simulators.kubernetes.api.KubernetesApi;
import io.reverser.simulators.kubernetes.object.ObjectName;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Runs the function in the process of the test, with a real database and simulators of AWS, Kubernetes and Slack that
 * can fail.
 */
final class RotationHarness implements AutoCloseable {

    static final String CHANNEL = "C0PLATFORM";
    static final String SECRET = "dev/reverser/database";
    static final String PREVIOUS = "AWSPREVIOUS";
    static final ObjectName APP = new ObjectName("reverser", "reverser");

    /** A time in the middle of a maintenance window. */
    static final Instant IN_THE_WINDOW = Instant.parse("2026-11-29T01:10:00Z");

    private static final ObjectName DATABASE = new ObjectName("reverser", "database");
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:rotation";
    private static final String ROLE = "arn:aws:iam::111122223333:role/rotation";
    private static final int PODS = 3;
    private static final int CLUSTER_STEPS = 8;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Pattern OUTCOME = Pattern.compile("has changed|was rolled back|was not changed");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** A rotation strategy, and the database server that it is tested on. */
    enum Variant {
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

    final Variant variant;
    final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    final SlackEndpoint slack = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
    final KubernetesCluster cluster = new KubernetesCluster(aws.clock());
    final FaultInjectingConnector connector = new FaultInjectingConnector(aws.faults());
    final TestPods pods;
    final SecretsManagerClient secrets;
    private final AwsClients clients;
    private final AwsClients operator;
    private final String database = "w" + COUNTER.incrementAndGet();
    private final KubernetesApi api;
    private final TestConfig config;
    private final StringBuilder thrown = new StringBuilder();
    private final Map<MySqlCredentials, Boolean> logins = new HashMap<>();
    private int knownAccountChanges;
    private int callsBeforeAlarm;
    private Duration clockSkew = Duration.ZERO;
    private RotationHandler handler;

    /** Starts an environment whose plan has no bake time. */
    RotationHarness(Variant variant) {
        this(variant, "0m", Optional.empty());
    }

    /**
     * Starts an environment in an open window, with a secret that is thirty days old.
     *
     * @param reader host and port of a replica
     */
    RotationHarness(Variant variant, String bake, Optional<String> reader) {
        this.variant = variant;
        move(IN_THE_WINDOW.minus(Duration.ofDays(30)));
        variant.server().executeAsAdministrator(setupStatements());
        aws.createTable(TableDefinitions.compositeKeyTable("rotation"));
        aws.secretsManager().putSecret("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"none\"}");
        aws.secretsManager()
                .putSecret(
                        "administrator",
                        "{\"username\":\"%s\",\"password\":\"%s\"}"
                                .formatted(TestDatabases.ADMINISTRATOR.user(), TestDatabases.ADMINISTRATOR.password()));
        aws.secretsManager().putSecret(SECRET, """
                {"other": "kept 🔑", "MYSQL_HOST": "127.0.0.1", "MYSQL_DATABASE": "%s", "MYSQL_USER": "%sa",
                 "MYSQL_PASSWORD": "canary-first"}""".formatted(database, database));
        workspace.createChannel(CHANNEL);
        config = new TestConfig(variant, bake, reader, slack.uri(), database);
        clients = clients("rotation-rotator");
        operator = clients("operator");
        secrets = operator.build(SecretsManagerClient.builder());
        aws.eks().createCluster("dev", "API");
        operator.build(EksClient.builder())
                .createAccessEntry(
                        request -> request.clusterName("dev").principalArn(ROLE).kubernetesGroups("rotation"));
        api = KubernetesApi.start("dev", cluster, aws, TestDatabases.AUTHORITY);
        api.registerAccessKey("rotation-rotator", "rotation-rotator", ROLE);
        pods = new TestPods(this::isAccepted);
        cluster.createExternalSecret(DATABASE, Duration.ofHours(1), this::current);
        cluster.createDeployment(APP, PODS, "database", pods);
        handler = handler();
        aws.secretsManager().rotations().setInvoker((function, payload) -> invoke(payload));
        secrets.rotateSecret(request -> request.secretId(SECRET)
                .rotationLambdaARN(FUNCTION)
                .rotationRules(rules -> rules.automaticallyAfterDays(1000L))
                .rotateImmediately(false));
        aws.secretsManager().rotations().runDue();
        settleCluster();
        move(IN_THE_WINDOW);
        settleCluster();
        aws.faults().clearCalls();
    }

    private AwsClients clients(String caller) {
        return new AwsClients(
                Region.EU_CENTRAL_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, caller)),
                Optional.of(aws.uri()));
    }

    /** Simulates the start of a new process: a handler without state. */
    void restart() {
        handler = handler();
    }

    void setClockSkew(Duration by) {
        clockSkew = by;
    }

    /** Lets a minute pass: Secrets Manager and the cluster do what is due, and the schedule calls the function. */
    void minute() {
        minute(new ArrayList<>());
    }

    /** Lets a minute pass, and adds a violation if the database accepts neither the current nor the previous login. */
    void minute(List<String> violations) {
        aws.clock().move(MINUTE);
        aws.secretsManager().rotations().runDue();
        settleCluster();
        reconcile();
        checkLogins(violations);
        aws.secretsManager().rotations().runDue();
        checkLogins(violations);
        settleCluster();
        pods.logIn();
    }

    private void checkLogins(List<String> violations) {
        boolean isOneAccepted = Stream.of(SecretState.CURRENT, PREVIOUS)
                .flatMap(label -> findByLabel(label).stream())
                .anyMatch(secret -> isAccepted(secret.credentials()));
        if (!isOneAccepted) {
            violations.add("the database accepts neither the current nor the previous version");
        }
    }

    /**
     * Whether the database accepts a login. Caches results until an account may have changed, because logging in is
     * slow.
     */
    private boolean isAccepted(MySqlCredentials credentials) {
        if (knownAccountChanges != connector.accountChanges()) {
            knownAccountChanges = connector.accountChanges();
            logins.clear();
        }
        return logins.computeIfAbsent(
                credentials, once -> canLogIn(DatabaseSecret.parse(current()).withCredentials(once)));
    }

    /** Whether Slack shows the outcome of a rotation. */
    boolean isFinished() {
        return rootMessages().stream()
                .anyMatch(message -> OUTCOME.matcher(message).find());
    }

    /** The outcome that Slack shows; empty when there is none yet. */
    String outcome() {
        return rootMessages().stream()
                .map(OUTCOME::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .collect(Collectors.joining(", "));
    }

    /** Violations of the invariants at the end of a rotation. */
    List<String> violations() {
        var violations = new ArrayList<String>();
        DatabaseSecret now = DatabaseSecret.parse(current());
        if (!isFinished()) {
            violations.add("Slack shows no outcome, but " + rootMessages());
        }
        if (!canLogIn(now)) {
            violations.add("the database rejects the current version");
        }
        if (outcome().equals("has changed") && canLogIn(initialSecret())) {
            violations.add("the database accepts the old password");
        }
        if (!pods.allHave(now)) {
            violations.add("not all pods have the current password");
        }
        if (!pods.refused().isEmpty()) {
            violations.add("pods were refused: " + pods.refused());
        }
        if (rootMessages().size() != 1) {
            violations.add("Slack shows not one message, but " + rootMessages());
        }
        if (threadReplies().size() != threadReplies().stream().distinct().count()) {
            violations.add("a reply was posted twice: " + threadReplies());
        }
        String pending = aws.secretsManager().stagingLabels(SECRET).getOrDefault(SecretState.PENDING, "");
        if (!pending.isEmpty()) {
            violations.add("AWSPENDING was not removed");
        }
        return violations;
    }

    void minutes(int count) {
        for (int i = 0; i < count; i++) {
            minute();
        }
    }

    /** Calls the function as the schedule does, and records what it throws. */
    void reconcile() {
        try {
            invoke("{\"kind\":\"reconcile\"}");
        } catch (RuntimeException failed) {
            // As in AWS, a failed call is not repeated at once: the schedule calls the function again in the next
            // minute.
            thrown.append(failed).append('\n');
        }
    }

    /** The exceptions that the function threw when the schedule called it. */
    String thrown() {
        return thrown.toString();
    }

    /** All items of the DynamoDB table, as text. */
    String table() {
        try (DynamoDbClient dynamoDb = operator.build(DynamoDbClient.builder())) {
            return dynamoDb.scan(scan -> scan.tableName(config.table())).items().toString();
        }
    }

    String invoke(String event) {
        try {
            return handler.handleRequest(JSON.readTree(event), TestContext.CONTEXT);
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }

    void settleCluster() {
        for (int i = 0; i < CLUSTER_STEPS; i++) {
            cluster.reconcile();
        }
    }

    void move(Instant to) {
        aws.clock().move(Duration.between(aws.clock().instant(), to));
    }

    /** Starts a rotation as an operator would. */
    void rotateByHand() {
        secrets.rotateSecret(request -> request.secretId(SECRET));
        aws.secretsManager().rotations().runDue();
    }

    String current() {
        return aws.secretsManager().value(SECRET, SecretState.CURRENT).orElseThrow();
    }

    Optional<DatabaseSecret> findByLabel(String label) {
        return aws.secretsManager().value(SECRET, label).map(DatabaseSecret::parse);
    }

    boolean canLogIn(DatabaseSecret secret) {
        return TestDatabases.switcher(variant.server(), new SingleUser()).canLogIn(secret);
    }

    /** The secret before any rotation. */
    DatabaseSecret initialSecret() {
        return DatabaseSecret.parse(current()).withCredentials(new MySqlCredentials(database + "a", "canary-first"));
    }

    /** The MySQL account of the first user ({@code a}) or of the second ({@code b}). */
    String user(String which) {
        return "%s%s@'%%'".formatted(database, which);
    }

    String database() {
        return database;
    }

    List<WorkspaceMessage> messages() {
        return workspace.messages(CHANNEL);
    }

    /** Slack messages outside threads, as text and blocks. */
    List<String> rootMessages() {
        return messages().stream()
                .filter(message -> message.threadTs().isEmpty())
                .map(message -> message.text() + message.content().attachments())
                .toList();
    }

    /** The texts of all Slack messages in threads, oldest first. */
    List<String> threadReplies() {
        return messages().stream()
                .filter(message -> message.threadTs().isPresent())
                .map(WorkspaceMessage::text)
                .toList();
    }

    /** Sets the state of a blocking alarm. */
    void setAlarm(String state) {
        if (callsBeforeAlarm == 0) {
            callsBeforeAlarm = aws.faults().calls().size();
        }
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
        aws.cloudWatch().putAlarm(configuration, Map.of());
        aws.cloudWatch().setAlarmState("dev-database-cpu", state, "set by a test");
    }

    /** The number of calls before the state of the alarm was first set; 0 if it was never set. */
    int callsBeforeAlarm() {
        return callsBeforeAlarm;
    }

    @Override
    public void close() {
        cluster.close();
        api.close();
        slack.close();
        aws.close();
        variant.server()
                .executeAsAdministrator("DROP DATABASE " + database, "DROP USER " + user("a") + ", " + user("b"));
    }

    private RotationHandler handler() {
        var producer = new RotationProducer(
                config, clients, () -> aws.clock().instant().plus(clockSkew), connector);
        return new RotationHandler(
                producer.secret(),
                producer.steps(),
                producer.reconciler(),
                producer.publisher(),
                producer.leases(),
                config);
    }

    private String[] setupStatements() {
        return new String[] {
            "CREATE DATABASE " + database,
            "CREATE USER %s IDENTIFIED BY 'canary-first'".formatted(user("a")),
            "CREATE USER %s IDENTIFIED BY 'canary-never'".formatted(user("b")),
            "GRANT SELECT, CREATE ON %s.* TO %s".formatted(database, user("a")),
            "GRANT SELECT, CREATE ON %s.* TO %s".formatted(database, user("b"))
        };
    }
}
