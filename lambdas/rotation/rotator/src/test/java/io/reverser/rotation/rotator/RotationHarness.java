package io.reverser.rotation.rotator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
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
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The function in this process; around it a real database, an AWS, a cluster and a Slack that can fail. */
final class RotationHarness implements AutoCloseable {

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
    private static final Pattern OUTCOME = Pattern.compile("has changed|is as before|was not changed");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** A strategy, and the server that it is tried on. */
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
    private final String database = "w" + COUNTER.incrementAndGet();
    private final KubernetesApi api;
    private final TestConfig config;
    private final StringBuilder thrown = new StringBuilder();
    private final Map<MySqlCredentials, Boolean> logins = new HashMap<>();
    private int knownAccountChanges;
    private int callsBeforeAlarm;
    private Duration clockSkew = Duration.ZERO;
    private RotationHandler handler;

    /** With new pods that are not watched any further. */
    RotationHarness(Variant variant) {
        this(variant, "0m", Optional.empty());
    }

    /**
     * A secret of thirty days in a window.
     *
     * @param bake how long new pods are watched
     * @param reader host and port of a server that follows the other
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
        var clients = new AwsClients(awsEnvironment());
        secrets = clients.build(SecretsManagerClient.builder());
        aws.eks().createCluster("dev", "API");
        clients.build(EksClient.builder())
                .createAccessEntry(
                        request -> request.clusterName("dev").principalArn(ROLE).kubernetesGroups("rotation"));
        api = KubernetesApi.start("dev", cluster, aws, TestDatabases.AUTHORITY);
        api.registerAccessKey("test", "test", ROLE);
        pods = new TestPods(this::isLetIn);
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

    /** A new process, which knows nothing. */
    void restart() {
        handler = handler();
    }

    /** The function's clock is wrong from now on. */
    void setClockSkew(Duration by) {
        clockSkew = by;
    }

    /** A minute passes: Secrets Manager and the cluster do what is due, and the schedule calls the function. */
    void minute() {
        minute(new ArrayList<>());
    }

    /** The same; who is not let in meanwhile, and should be, is added. */
    void minute(List<String> problems) {
        aws.clock().move(MINUTE);
        aws.secretsManager().rotations().runDue();
        settleCluster();
        reconcile();
        checkLogins(problems);
        aws.secretsManager().rotations().runDue();
        checkLogins(problems);
        settleCluster();
        pods.logIn();
    }

    private void checkLogins(List<String> problems) {
        boolean isOneLetIn = Stream.of(SecretState.CURRENT, PREVIOUS)
                .flatMap(label -> findByLabel(label).stream())
                .anyMatch(secret -> isLetIn(secret.credentials()));
        if (!isOneLetIn) {
            problems.add("neither the current version nor the one before is let in");
        }
    }

    /** Asks the database again only when somebody may have changed an account since: a login costs more than all else. */
    private boolean isLetIn(MySqlCredentials credentials) {
        if (knownAccountChanges != connector.accountChanges()) {
            knownAccountChanges = connector.accountChanges();
            logins.clear();
        }
        return logins.computeIfAbsent(
                credentials, once -> canLogIn(DatabaseSecret.parse(current()).withCredentials(once)));
    }

    /** Whether a rotation has come to an end that everybody was told of. */
    boolean isFinished() {
        return rootMessages().stream()
                .anyMatch(message -> OUTCOME.matcher(message).find());
    }

    /** How it ended, as everybody was told; empty when it has not. */
    String outcome() {
        return rootMessages().stream()
                .map(OUTCOME::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .collect(Collectors.joining(", "));
    }

    /** What should not be so in the end. */
    List<String> violations() {
        var violations = new ArrayList<String>();
        DatabaseSecret now = DatabaseSecret.parse(current());
        if (!isFinished()) {
            violations.add("nobody was told of an end, but " + rootMessages());
        }
        if (!canLogIn(now)) {
            violations.add("the current version is not let in");
        }
        if (outcome().equals("has changed") && canLogIn(initialSecret())) {
            violations.add("the old password is let in");
        }
        if (!pods.allHave(now)) {
            violations.add("not all pods have the current password");
        }
        if (!pods.refused().isEmpty()) {
            violations.add("pods were refused: " + pods.refused());
        }
        if (rootMessages().size() != 1) {
            violations.add("there is not one message, but " + rootMessages());
        }
        if (threadReplies().size() != threadReplies().stream().distinct().count()) {
            violations.add("something was told twice: " + threadReplies());
        }
        String pending = aws.secretsManager().stagingLabels(SECRET).getOrDefault(SecretState.PENDING, "");
        if (!pending.isEmpty()) {
            violations.add("AWSPENDING is left");
        }
        return violations;
    }

    void minutes(int count) {
        for (int i = 0; i < count; i++) {
            minute();
        }
    }

    /** The schedule calls the function; what it throws, nobody hears. */
    void reconcile() {
        try {
            invoke("{\"kind\":\"reconcile\"}");
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
        return new AwsJsonClient(awsEnvironment())
                .call(
                        AwsJsonClient.Service.DYNAMODB,
                        "Scan",
                        JsonNodeFactory.instance.objectNode().put("TableName", config.table()))
                .toString();
    }

    /** Calls the function. */
    String invoke(String event) {
        try {
            return handler.handleRequest(JSON.readTree(event), TestContext.CONTEXT);
        } catch (JsonProcessingException wrongTest) {
            throw new IllegalArgumentException(wrongTest);
        }
    }

    /** The cluster does what is due. */
    void settleCluster() {
        for (int i = 0; i < CLUSTER_STEPS; i++) {
            cluster.reconcile();
        }
    }

    void move(Instant to) {
        aws.clock().move(Duration.between(aws.clock().instant(), to));
    }

    /** Somebody rotates by hand. */
    void rotateByHand() {
        secrets.rotateSecret(request -> request.secretId(SECRET));
        aws.secretsManager().rotations().runDue();
    }

    String current() {
        return aws.secretsManager().value(SECRET, SecretState.CURRENT).orElseThrow();
    }

    /** The value under a label, if there is one. */
    Optional<DatabaseSecret> findByLabel(String label) {
        return aws.secretsManager().value(SECRET, label).map(DatabaseSecret::parse);
    }

    /** Whether the database lets somebody in. */
    boolean canLogIn(DatabaseSecret secret) {
        return TestDatabases.switcher(variant.server(), new SingleUser()).canLogIn(secret);
    }

    /** The secret as it was in the beginning. */
    DatabaseSecret initialSecret() {
        return DatabaseSecret.parse(current()).withCredentials(new MySqlCredentials(database + "a", "canary-first"));
    }

    /** An account with rights, like those that the first user and the second have. */
    String user(String which) {
        return "%s%s@'%%'".formatted(database, which);
    }

    String database() {
        return database;
    }

    List<WorkspaceMessage> messages() {
        return workspace.messages(CHANNEL);
    }

    /** The messages that are in no thread, as text and blocks. */
    List<String> rootMessages() {
        return messages().stream()
                .filter(message -> message.threadTs().isEmpty())
                .map(message -> message.text() + message.content().attachments())
                .toList();
    }

    /** What the threads say, oldest first. */
    List<String> threadReplies() {
        return messages().stream()
                .filter(message -> message.threadTs().isPresent())
                .map(WorkspaceMessage::text)
                .toList();
    }

    /** An alarm that has to be quiet. */
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
        aws.cloudWatch().setAlarmState("dev-database-cpu", state, "because a test wants it");
    }

    /** How many calls there were when an alarm was set for the first time; 0 as long as none was. */
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
                config, awsEnvironment(), () -> aws.clock().instant().plus(clockSkew), connector);
        return new RotationHandler(
                producer.secret(), producer.steps(), producer.reconciler(), producer.publisher(), producer.lease());
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

    private AwsEnvironment awsEnvironment() {
        return AwsEnvironment.from(Map.of(
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
