package io.reverser.access.granter;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverser.access.granter.entry.EksAccessEntries;
import io.reverser.access.granter.entry.EntryTags.EntryRef;
import io.reverser.access.granter.entry.TagSigningKey;
import io.reverser.access.granter.notification.RequestNotifier;
import io.reverser.access.policy.GrantTerms;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyDecision;
import io.reverser.access.policy.PolicyReader;
import io.reverser.access.policy.RequestedAccess;
import io.reverser.access.request.Approval;
import io.reverser.access.request.ApprovalRecord;
import io.reverser.access.request.Request;
import io.reverser.access.request.Request.Pending;
import io.reverser.access.request.RequestDetails;
import io.reverser.access.request.RequestId;
import io.reverser.access.request.RequestTable;
import io.reverser.access.request.RequestWrite;
import io.reverser.access.request.VersionedRequest;
import io.reverser.awsjsonclient.AwsCredentialsCache;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.SecretReader;
import io.reverser.simulators.aws.dynamodb.TableDefinitions;
import io.reverser.simulators.aws.eks.AccessEntry;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.fault.FaultInjector;
import io.reverser.simulators.slack.SlackEndpoint;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.Membership;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceUser;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * The components of the granter function, with simulators of AWS and Slack over HTTP. The tests write to the table what
 * the command function would write.
 */
final class GranterFixture implements AutoCloseable {

    static final String ADA = "arn:aws:iam::111122223333:role/team/ada";
    static final String CHANNEL = "C0APPROVALS";
    static final String VIEW = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";

    final AwsEndpoint aws = AwsEndpoint.start();
    final SlackWorkspace workspace = new SlackWorkspace(aws.clock());
    final Policy policy = policy();
    final RequestTable table;
    final EksAccessEntries accessEntries;
    final RequestReconciler reconciler;
    final AccessSweeper sweeper;
    private final SlackEndpoint slackEndpoint;
    private final SlackClient slack;

    GranterFixture() {
        slackEndpoint = SlackEndpoint.start(workspace, aws.faults(), "xoxb-test");
        workspace.createChannel(CHANNEL);
        for (String id : List.of("U0ADA", "U0BOB", "U0EVE")) {
            workspace.addUser(new WorkspaceUser(id, id, "T0TEAM", Membership.MEMBER));
        }
        aws.eks().createCluster("prod", "API");
        aws.eks().createCluster("old", "CONFIG_MAP");
        aws.secretsManager().putSecret("slack", "{\"bot_token\":\"xoxb-test\",\"signing_secret\":\"signing\"}");
        aws.secretsManager().putSecret("mac", "{\"mac_key\":\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\"}");
        var api = new AwsJsonClient(new AwsEnvironment(
                "eu-central-1",
                Optional.of(aws.uri()),
                Optional.of(new AwsCredentialsCache.AccessKey("access-granter", "secret", Optional.empty())),
                Optional.empty()));
        aws.createTable(TableDefinitions.requestTable("access"));
        var secrets = new SecretReader(api);
        table = new RequestTable(api, "access", aws.clock());
        slack = new SlackClient(
                slackEndpoint.uri(), new SlackCredentialsCache(() -> secrets.readText("slack"), aws.clock()));
        accessEntries = new EksAccessEntries(client(EksClient.builder(), aws.uri()));
        var signingKey = new TagSigningKey(secrets, "mac");
        reconciler = new RequestReconciler(
                table,
                new AccessGranter(
                        accessEntries,
                        new ExpirySchedule(client(SchedulerClient.builder(), aws.uri()), new TestScheduleConfig()),
                        signingKey),
                new GrantRevalidation(policy, slack),
                new RequestNotifier(slack, policy, Duration.ofMinutes(10)));
        sweeper = new AccessSweeper(reconciler, table, new EntryVerifier(accessEntries, table, policy, signingKey));
    }

    @Override
    public void close() {
        slack.close();
        slackEndpoint.close();
        aws.close();
    }

    FaultInjector faults() {
        return aws.faults();
    }

    Instant now() {
        return aws.clock().instant();
    }

    void reconcile(RequestId id) {
        reconciler.reconcile(id, now());
    }

    /** Stores Ada's request for view access to this cluster. */
    RequestId createRequest(String cluster) {
        var access = requestedAccess(cluster, "view", Set.of(), Optional.empty());
        var pending = new Pending(
                new RequestDetails(RequestId.fromIdempotencyKey("delivery" + System.nanoTime()), access, now()),
                List.of(),
                now().plus(Duration.ofHours(4)),
                false);
        table.write(RequestWrite.create(pending));
        return pending.id();
    }

    static RequestedAccess requestedAccess(
            String cluster, String level, Set<String> namespaces, Optional<String> incident) {
        return new RequestedAccess(
                "U0ADA", cluster, level, new TreeSet<>(namespaces), Optional.empty(), "the basket is slow", incident);
    }

    RequestId createApprovedRequest(String cluster) {
        RequestId id = createRequest(cluster);
        approve(id, "U0BOB");
        return id;
    }

    void approve(RequestId id, String... approvers) {
        VersionedRequest stored = load(id);
        List<Approval> approvals =
                List.of(approvers).stream().map(by -> new Approval(by, now())).toList();
        GrantTerms terms = terms(stored.request().details().access());
        table.write(RequestWrite.update(
                stored,
                ((Pending) stored.request())
                        .approve(new ApprovalRecord(ApprovalRecord.ApprovalMode.MANUAL, approvals, terms, now()))));
    }

    RequestId createGrantedRequest() {
        RequestId id = createApprovedRequest("prod");
        reconcile(id);
        return id;
    }

    GrantTerms terms(RequestedAccess access) {
        return switch (policy.evaluate(access)) {
            case PolicyDecision.NeedsApproval needed -> needed.terms();
            case PolicyDecision.Automatic automatic -> automatic.terms();
            case PolicyDecision.BreakGlass breakGlass -> breakGlass.terms();
            case PolicyDecision.Denied denied -> throw new IllegalArgumentException(denied.toString());
        };
    }

    VersionedRequest load(RequestId id) {
        return table.find(id).orElseThrow();
    }

    Request request(RequestId id) {
        return load(id).request();
    }

    Optional<AccessEntry> entry() {
        return aws.eks().findEntry("prod", ADA);
    }

    static EntryRef adaEntryRef() {
        return new EntryRef("prod", ADA);
    }

    /** The current blocks of the Slack message about a request. */
    String messageBlocks(RequestId id) {
        String ts = load(id).messageRef().orElseThrow().ts();
        return workspace.messages(CHANNEL).stream()
                .filter(message -> message.ts().equals(ts))
                .map(WorkspaceMessage::blocks)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Builds an AWS client without retries and with a short timeout, so that the function sees every injected fault
     * soon.
     */
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(3)))
                .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("access-granter", "secret"));
    }

    private record TestScheduleConfig() implements GranterConfig.Schedule {

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
            return "arn:aws:lambda:eu-central-1:111122223333:function:access-granter";
        }

        @Override
        public String deadLetterQueueArn() {
            return "arn:aws:sqs:eu-central-1:111122223333:dlq";
        }

        @Override
        public int maxRetries() {
            return 20;
        }

        @Override
        public Duration maxEventAge() {
            return Duration.ofHours(1);
        }
    }

    private static Policy policy() {
        try {
            return PolicyReader.read(new YAMLMapper()
                    .readTree(Path.of("src/test/resources/access.yaml").toFile())
                    .path("access"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
