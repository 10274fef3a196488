package io.reverser.access.change;

import io.reverser.access.change.EntryTags.Entry;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyFile;
import io.reverser.access.policy.Ruling;
import io.reverser.access.policy.Terms;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Approval;
import io.reverser.access.request.Ask;
import io.reverser.access.request.Change;
import io.reverser.access.request.Decision;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.Stored;
import io.reverser.access.request.TableDefinition;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsCredentials;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.Secrets;
import io.reverser.simulators.aws.AccessEntry;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.aws.Faults;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Person;
import io.reverser.simulators.slack.SlackWorkspace.Posted;
import io.reverser.simulators.slack.SlackWorkspace.Standing;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.Slack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** The function's inside against AWS and Slack over HTTP. What *command* writes, the tests write. */
final class World implements AutoCloseable {

    static final String ADA = "arn:aws:iam::111122223333:role/team/ada";
    static final String CHANNEL = "C0APPROVALS";
    static final String VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";

    final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    final Policy policy = PolicyFile.read(Path.of("src/test/resources/access.yaml"));
    final RequestTable table;
    final ClusterAccess clusters;
    final Progress progress;
    final Sweep sweep;
    private final SlackEndpoint slackEndpoint;
    private final Slack slack;

    World() {
        slackEndpoint = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
        workspace.open(CHANNEL);
        for (String id : List.of("U0ADA", "U0BOB", "U0EVE")) {
            workspace.join(new Person(id, id, "T0TEAM", Standing.MEMBER));
        }
        aws.eks().cluster("prod", "API");
        aws.eks().cluster("old", "CONFIG_MAP");
        aws.secrets().put("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"signing\"}");
        aws.secrets().put("mac", "{\"mac_key\":\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\"}");
        var api = new AwsApi(new AwsSettings(
                "eu-central-1",
                Optional.of(aws.uri()),
                Optional.of(new AwsCredentials.Key("change", "secret", Optional.empty())),
                Optional.empty()));
        aws.createTable(TableDefinition.of("access"));
        var secrets = new Secrets(api);
        table = new RequestTable(api, "access", aws.clock());
        slack = new Slack(slackEndpoint.uri(), new CachedCredentials(() -> secrets.text("slack"), aws.clock()));
        clusters = new ClusterAccess(client(EksClient.builder(), aws.uri()));
        var key = new MacKey(secrets, "mac");
        progress = new Progress(
                table,
                new Grants(clusters, new Expiry(client(SchedulerClient.builder(), aws.uri()), new Settings()), key),
                new Confirmation(policy, slack),
                new Announcements(slack, policy, Duration.ofMinutes(10)));
        sweep = new Sweep(progress, table, new EntryCheck(clusters, table, policy, key));
    }

    @Override
    public void close() {
        slack.close();
        slackEndpoint.close();
        aws.close();
    }

    Faults faults() {
        return aws.faults();
    }

    Instant now() {
        return aws.clock().instant();
    }

    void advance(RequestId id) {
        progress.advance(id, now());
    }

    /** Ada asks for a look at the cluster. */
    RequestId asked(String cluster) {
        var wish = wish(cluster, "view", Set.of(), Optional.empty());
        var pending = new Pending(
                new Ask(RequestId.of("delivery" + System.nanoTime()), wish, now()),
                List.of(),
                now().plus(Duration.ofHours(4)),
                false);
        table.write(Change.create(pending));
        return pending.id();
    }

    static Wish wish(String cluster, String level, Set<String> namespaces, Optional<String> incident) {
        return new Wish(
                "U0ADA", cluster, level, new TreeSet<>(namespaces), Optional.empty(), "the basket is slow", incident);
    }

    RequestId approved(String cluster) {
        RequestId id = asked(cluster);
        approve(id, "U0BOB");
        return id;
    }

    void approve(RequestId id, String... approvers) {
        Stored stored = stored(id);
        List<Approval> approvals =
                List.of(approvers).stream().map(by -> new Approval(by, now())).toList();
        Terms terms = terms(stored.request().ask().wish());
        table.write(Change.of(
                stored,
                ((Pending) stored.request()).approved(new Decision(Decision.Way.APPROVED, approvals, terms, now()))));
    }

    RequestId granted() {
        RequestId id = approved("prod");
        advance(id);
        return id;
    }

    Terms terms(Wish wish) {
        return switch (policy.rule(wish)) {
            case Ruling.NeedsApproval needed -> needed.terms();
            case Ruling.Automatic free -> free.terms();
            case Ruling.BreakGlass now -> now.terms();
            case Ruling.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    Stored stored(RequestId id) {
        return table.find(id).orElseThrow();
    }

    Request request(RequestId id) {
        return stored(id).request();
    }

    Optional<AccessEntry> entry() {
        return aws.eks().find("prod", ADA);
    }

    static Entry entryOfAda() {
        return new Entry("prod", ADA);
    }

    /** What the message about a request says now. */
    String shown(RequestId id) {
        String ts = stored(id).post().orElseThrow().ts();
        return workspace.messages(CHANNEL).stream()
                .filter(message -> message.ts().equals(ts))
                .map(Posted::blocks)
                .findFirst()
                .orElseThrow();
    }

    /** Every failure reaches the function, and so does a missing answer, soon. */
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(1)))
                .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("change", "secret"));
    }

    private record Settings() implements ChangeConfig.Schedule {

        @Override
        public String group() {
            return "cluster-access";
        }

        @Override
        public String roleArn() {
            return "arn:aws:iam::111122223333:role/schedules";
        }

        @Override
        public String functionArn() {
            return "arn:aws:lambda:eu-central-1:111122223333:function:change";
        }

        @Override
        public String deadLetterQueueArn() {
            return "arn:aws:sqs:eu-central-1:111122223333:undelivered";
        }

        @Override
        public int retries() {
            return 20;
        }

        @Override
        public Duration retriedAtMost() {
            return Duration.ofHours(1);
        }
    }
}
