package io.reverser.cdk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class PreflightTest {

    private static final Settings SETTINGS = SettingsFile.read(Path.of("config"), "prod");
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final String CANARY = "xoxb-canary-4711";
    private static final String SCOPES =
            "commands,chat:write,users:read,files:write,files:read,channels:history,groups:history";

    /** CloudFormation deletes these types with their stack or cluster, or overwrites them. */
    private static final Set<String> DELETED_OR_OVERWRITTEN = Set.of(
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::EKS::AccessEntry",
            "AWS::IAM::Policy",
            "AWS::IAM::ManagedPolicy");

    private static final String OVERLAY = "kustomize/overlays/prod/kustomization.yaml";
    private static final String IDS = """
            {"id": 2, "owner": {"id": 1}, "created_at": "2020-01-01T00:00:00Z"}""";

    @TempDir
    Path repository;

    private FakeAwsAccount aws;
    private List<Path> templates = List.of();

    @BeforeEach
    void prepareRepository() throws IOException {
        for (String file : List.of(OVERLAY, "docs/slack-app.yaml")) {
            Files.createDirectories(repository.resolve(file).resolveSibling(""));
            Files.copy(Path.of("..").resolve(file), repository.resolve(file));
        }
        templates = List.of(
                template("network", "AWS::S3::Bucket", "BucketName", "prod-access-logs"),
                template("delivery", "AWS::ECR::Repository", "RepositoryName", "prod/reverser"),
                template("cluster", "AWS::Logs::LogGroup", "LogGroupName", "/aws/eks/prod/cluster"),
                template("database", "AWS::SecretsManager::Secret", "Name", "prod/reverser/database"));
    }

    private Path template(String stack, String type, String property, String name) throws IOException {
        return Files.writeString(
                repository.resolve("prod-" + stack + ".template.json"),
                "{\"Resources\": {\"A\": {\"Type\": \"%s\", \"Properties\": {\"%s\": \"%s\"}}, \"B\": {\"Type\": \"%1$s\"}}}"
                        .formatted(type, property, name));
    }

    @BeforeEach
    void prepareAccount() throws IOException {
        aws = new FakeAwsAccount()
                .respond("GetCallerIdentity", 200, caller("444455556666"))
                .respond("GetParameter", 200, "{\"Parameter\": {\"Value\": \"28\"}}")
                .respond("GetSecretValue platform/slack", 200, value("bot_token", "signing_secret"))
                .respond("GetSecretValue platform/git", 200, value("username", "password"))
                .respond("DescribeStacks", 400, noStack())
                .respond("GetResource", 400, notFound("com.amazonaws.cloudapiservice#ResourceNotFoundException"))
                .respond("DescribeSecret", 400, notFound("ResourceNotFoundException"))
                .respond("DescribeAvailabilityZones", 200, zones("a", "b", "c"))
                .respond("DescribeInstanceTypeOfferings", 200, offerings("a", "b", "c"))
                .respond("DescribeAccountAttributes", 200, attributes(5))
                .respond("DescribeAddresses", 200, addresses(2))
                .respond("DescribeVpcs", 200, "<DescribeVpcsResponse><vpcSet><item/></vpcSet></DescribeVpcsResponse>")
                .respond("/clusters", 200, "{\"clusters\": [\"other\"]}")
                .respond("/cluster-versions", 200, supportedUntil("2027-03-27"))
                .respond("GetServiceQuota", 200, quota(5))
                .respond("GetServiceQuota L-1216C47A", 200, quota(64))
                .respond("DescribeInstanceTypes", 200, machine(4))
                .respond("DescribeInstances", 200, instances(""))
                .respond("DescribeCertificate", 200, certificate("ISSUED", "*.prod.example.com"))
                .respond("ListCertificates", 200, certificates("*.prod.example.com"))
                .respond("ListOpenIDConnectProviders", 200, providers(""))
                .respond("/slack/auth.test", 200, scopes(SCOPES), "{\"ok\": true, \"team_id\": \"T0EXAMPLE\"}")
                .respond("/slack/conversations.history", 200, "{\"ok\": true, \"messages\": []}")
                .respond("/git/info/refs", 200, "")
                .respond("/repos/example/reverser-platform", 200, IDS);
        for (String role : List.of(
                "platform-admin", "read-only", "reverser-developers", "people/ada", "people/bob", "people/eve")) {
            aws.respond("GetRole " + role.replace("people/", ""), 200, role(role));
        }
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void findsNoProblemsInAPreparedAccount() {
        assertThat(findProblems()).isEmpty();
        assertThat(aws.operations())
                .allMatch(
                        operation -> operation.matches(
                                "(Get|Describe|List)\\w+|/cluster(s|-versions)|/slack/(auth.test|conversations.history)|/git/info/refs|/repos/.+"))
                .contains("GetResource", "DescribeSecret", "/slack/conversations.history", "/git/info/refs");
        assertThat(aws.authorizations()).contains("Bearer " + CANARY);
        assertThat(preflight(aws.account()).findWarnings()).isEmpty();
    }

    @Test
    void reportsMissingCredentials() {
        AwsCredentialsProvider noCredentials = () -> {
            throw SdkClientException.create("Unable to load credentials");
        };
        var account = new AwsAccount(Region.EU_CENTRAL_1, noCredentials, Optional.of(URI.create("http://localhost:1")));
        assertThat(preflight(account).findProblems())
                .singleElement()
                .asString()
                .startsWith("no valid AWS credentials: log in, for example with aws sso login");
    }

    @Test
    void rejectsExpiredCredentials() {
        aws.respond(
                "GetCallerIdentity",
                403,
                error("ExpiredToken", "The security token included in the request is expired"));
        assertThat(findProblems())
                .singleElement()
                .asString()
                .contains("AWS rejected these credentials: log in again", "expired");
    }

    /** The most expensive mistake is to deploy prod with the credentials of another account. */
    @Test
    void stopsAtTheWrongAccount() {
        aws.respond("GetCallerIdentity", 200, caller("111122223333"));
        assertThat(findProblems())
                .containsExactly(
                        "wrong AWS account: the credentials are for 111122223333, but prod is configured for 444455556666"
                                + " (account in cdk/config/prod.yaml)");
        assertThat(aws.operations()).containsExactly("GetCallerIdentity");
    }

    @Test
    void reportsMissingBootstrap() {
        aws.respond("GetParameter", 400, "{\"__type\": \"ParameterNotFound\"}");
        assertThat(findProblems())
                .containsExactly("CDK is not bootstrapped in eu-central-1:" + " run ./platform bootstrap prod");
        aws.respond("GetParameter", 200, "{\"Parameter\": {\"Value\": \"14\"}}");
        assertThat(findProblems()).singleElement().asString().contains("not bootstrapped", "only with version 14");
    }

    @Test
    void reportsMissingSecretWithCommand() {
        aws.respond("GetSecretValue platform/slack", 400, "{\"__type\": \"ResourceNotFoundException\"}");
        assertThat(findProblems()).singleElement().asString().isEqualTo("""
                secret platform/slack does not exist: write {"bot_token": "…", "signing_secret": "…"} to a file and run
                    aws secretsmanager create-secret --region eu-central-1 --name platform/slack --secret-string file://<that file>""");
    }

    @Test
    void reportsMissingSecretKeysWithoutValues() {
        aws.respond(
                "GetSecretValue platform/slack",
                200,
                "{\"SecretString\": \"{\\\"bot_token\\\": \\\"" + CANARY + "\\\"}\"}");
        assertThat(findProblems()).containsExactly("secret platform/slack has no key signing_secret");
        aws.respond("GetSecretValue platform/slack", 200, "{\"SecretString\": \"" + CANARY + "\"}");
        assertThat(findProblems())
                .containsExactly(
                        "secret platform/slack has no key bot_token", "secret platform/slack has no key signing_secret")
                .noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void checksElasticIpQuota() {
        aws.respond("DescribeAddresses", 200, addresses(3));
        assertThat(findProblems())
                .singleElement()
                .asString()
                .startsWith(
                        "3 NAT gateways need 3 Elastic IP addresses, but 3 of the quota of 5 are in use: raise the quota");
        aws.respond("DescribeStacks prod-network", 200, stack("CREATE_COMPLETE"));
        assertThat(findProblems()).isEmpty();
    }

    /** The default quotas are five VPCs in a region, and 100 clusters. */
    @Test
    void checksQuotasOfVpcsAndClusters() {
        aws.respond("GetServiceQuota L-F678F1CE", 400, notFound("NoSuchResourceException"))
                .respond("GetAWSDefaultServiceQuota L-F678F1CE", 200, quota(1))
                .respond("GetServiceQuota L-1194D53C", 200, quota(1));
        assertThat(findProblems())
                .containsExactly(
                        "the quota VPCs per Region is 1, and 1 are in use, but the deployment needs one more: raise the"
                                + " quota in the console of Service Quotas",
                        "the quota EKS clusters is 1, and 1 are in use, but the deployment needs one more: raise the quota"
                                + " in the console of Service Quotas");
        aws.respond("DescribeStacks prod-network", 200, stack("UPDATE_COMPLETE"))
                .respond("DescribeStacks prod-cluster", 200, stack("UPDATE_COMPLETE"));
        assertThat(findProblems()).isEmpty();
    }

    /** Running instances count, but not Spot instances, other families and the nodes of the same cluster. */
    @Test
    void checksVcpuQuotaLessWhatRuns() {
        aws.respond("GetServiceQuota L-1216C47A", 200, quota(50))
                .respond(
                        "DescribeInstances",
                        200,
                        instances(
                                instance("m5.large", "")
                                        + instance("c7g.large", "<instanceLifecycle>spot</instanceLifecycle>")
                                        + instance("g5.large", "")
                                        + instance(
                                                "m7i.xlarge",
                                                "<tagSet><item><key>eks:cluster-name</key><value>prod</value></item></tagSet>")));
        assertThat(findProblems()).isEmpty();
        aws.respond("DescribeInstances", 200, instances(instance("m5.large", "").repeat(2)));
        assertThat(findProblems())
                .singleElement()
                .asString()
                .startsWith(
                        "12 m7i.xlarge instances have 48 vCPUs, but 4 of the quota of 50 are in use: raise the quota");
    }

    @Test
    void checksZones() {
        aws.respond("DescribeAvailabilityZones", 200, zones("a", "b", "d"));
        assertThat(findProblems())
                .containsExactly("EKS cannot use eu-central-1c (network.zones) in this account: choose three of"
                        + " eu-central-1a, eu-central-1b, eu-central-1d");
        aws.respond("DescribeAvailabilityZones", 200, zones("a", "b", "c", "d").replace("id-a", "use1-az3"));
        assertThat(findProblems())
                .containsExactly("EKS cannot use eu-central-1a (network.zones) in this account: choose three of"
                        + " eu-central-1b, eu-central-1c, eu-central-1d");
    }

    @Test
    void checksInstanceTypeInEachZone() {
        aws.respond("DescribeInstanceTypeOfferings", 200, offerings("a", "d"));
        assertThat(findProblems())
                .containsExactly(
                        "the instance type m7i.xlarge is not available in eu-central-1b, eu-central-1c: choose another"
                                + " cluster.nodes.type or other network.zones");
        aws.respond("DescribeInstanceTypeOfferings", 200, offerings());
        assertThat(findProblems())
                .containsExactly(
                        "region eu-central-1 does not offer the instance type m7i.xlarge (cluster.nodes.type)");
    }

    /** With the upgrade policy STANDARD, EKS creates no cluster with a version in extended support. */
    @Test
    void checksSupportOfKubernetesVersion() {
        List<String> unsupported =
                List.of("Kubernetes 1.35 (cluster.version) has no standard support from EKS: choose a"
                        + " later version; if the cluster exists, see Upgrade Kubernetes in docs/operations.md");
        aws.respond("/cluster-versions", 200, supportedUntil("2026-12-01"));
        assertThat(findProblems()).isEqualTo(unsupported);
        aws.respond("/cluster-versions", 200, "{\"clusterVersions\": []}");
        assertThat(findProblems()).isEqualTo(unsupported);
    }

    /** A deployment is still possible before EKS upgrades the cluster. */
    @Test
    void warnsBeforeTheEndOfKubernetesSupport() {
        aws.respond("/cluster-versions", 200, supportedUntil("2027-01-29"));
        assertThat(findProblems()).isEmpty();
        assertThat(preflight(aws.account()).findWarnings())
                .containsExactly(
                        "EKS ends its standard support of Kubernetes 1.35 (cluster.version) on 2027-01-29, and"
                                + " then upgrades the cluster by itself; upgrade it before: Upgrade Kubernetes in docs/operations.md");
        aws.respond("/cluster-versions", 200, supportedUntil("2027-01-30"));
        assertThat(preflight(aws.account()).findWarnings()).isEmpty();
    }

    @Test
    void checksCertificate() {
        aws.respond("DescribeCertificate", 200, certificate("PENDING_VALIDATION", "argocd.prod.example.com"));
        assertThat(findProblems())
                .containsExactly(
                        "the certificate in argocd.certificate must be ISSUED and cover argocd.prod.example.com;"
                                + " it is PENDING_VALIDATION and covers that name");
        aws.respond("DescribeCertificate", 200, certificate("ISSUED", "*.example.com"));
        assertThat(findProblems())
                .containsExactly(
                        "the certificate in argocd.certificate must be ISSUED and cover argocd.prod.example.com;"
                                + " it is ISSUED and does not cover that name");
        aws.respond("DescribeCertificate", 400, "{\"__type\": \"ResourceNotFoundException\"}");
        assertThat(findProblems())
                .singleElement()
                .asString()
                .matches("certificate arn:aws:acm:eu-central-1:\\S+ does not exist \\(argocd.certificate\\)");
    }

    /** The load balancer controller finds the certificate by the host name; without one, it creates no load balancer. */
    @Test
    void checksCertificateOfTheReverser() throws IOException {
        aws.respond("ListCertificates", 200, certificates("other.example.com\", \"*.example.com"));
        assertThat(findProblems()).singleElement().asString().isEqualTo("""
                no issued certificate in eu-central-1 covers the reverser's host reverser.prod.example.com, so that its load balancer would not be created: run
                    aws acm request-certificate --region eu-central-1 --domain-name reverser.prod.example.com --validation-method DNS
                and create the CNAME record that validates it""");
        aws.respond("ListCertificates", 200, certificates("reverser.prod.example.com"));
        assertThat(findProblems()).isEmpty();
        Files.delete(repository.resolve(OVERLAY));
        assertThat(findProblems())
                .singleElement()
                .asString()
                .startsWith("kustomize/overlays/prod/kustomization.yaml does not set the reverser's host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"patches: [", "patches: [{patch: '- {op: replace'}]"})
    void reportsMalformedOverlay(String overlay) throws IOException {
        Files.writeString(repository.resolve(OVERLAY), overlay);
        assertThat(findProblems()).singleElement().asString().isEqualTo("""
                kustomize/overlays/prod/kustomization.yaml, or a patch in it, is not valid YAML: correct it
                    (while parsing a flow sequence)""".replace(
                        "sequence", overlay.endsWith("[") ? "node" : "mapping"));
    }

    /** The remains of a deleted stack, and what CloudFormation retained when a creation was rolled back. */
    @ParameterizedTest
    @ValueSource(strings = {"", "ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"})
    void reportsTakenNamesWithTheCommandThatDeletes(String status) {
        if (!status.isEmpty()) {
            aws.respond("DescribeStacks", 200, stack(status));
        }
        aws.respond("GetResource /aws/eks/prod/cluster", 200, "{\"TypeName\": \"AWS::Logs::LogGroup\"}")
                .respond("GetResource prod-access-logs", 200, "{}")
                .respond("DescribeSecret prod/reverser/database", 200, "{\"DeletedDate\": 1}");
        assertThat(findProblems()).containsExactly("""
                bucket prod-access-logs already exists, and the stack prod-network, which creates it, does not. Unless its data is still needed, delete it:
                    aws s3 rb --force s3://prod-access-logs --region eu-central-1""", """
                log group /aws/eks/prod/cluster already exists, and the stack prod-cluster, which creates it, does not. Unless its data is still needed, delete it:
                    aws logs delete-log-group --log-group-name /aws/eks/prod/cluster --region eu-central-1""", """
                secret prod/reverser/database already exists, and the stack prod-database, which creates it, does not. Unless its data is still needed, delete it:
                    aws secretsmanager delete-secret --force-delete-without-recovery --secret-id prod/reverser/database --region eu-central-1""");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            AWS::RDS::DBCluster, DBClusterIdentifier, rds delete-db-cluster --final-db-snapshot-identifier a-final --db-cluster-identifier a
            AWS::SQS::Queue, QueueName, sqs delete-queue --queue-url https://sqs.eu-central-1.amazonaws.com/444455556666/a
            AWS::SNS::Topic, TopicName, sns delete-topic --topic-arn arn:aws:sns:eu-central-1:444455556666:a
            """)
    void namesTheCommandThatDeletes(String type, String property, String command) throws IOException {
        assertThat(NamedResource.read(template("database", type, property, "a"), SETTINGS))
                .extracting(resource -> resource.deleteCommand("eu-central-1"))
                .containsExactly("aws " + command + " --region eu-central-1");
    }

    @Test
    void ignoresNamesOfExistingStacks() {
        aws.respond("DescribeStacks", 200, stack("UPDATE_COMPLETE")).respond("GetResource", 200, "{}");
        assertThat(findProblems()).isEmpty();
        assertThat(aws.operations()).doesNotContain("GetResource");
    }

    @Test
    void retriesWhenCloudControlThrottles() {
        aws.respond("GetResource prod/reverser", 400, notFound("ThrottlingException"));
        assertThat(findProblems())
                .singleElement()
                .asString()
                .startsWith("preflight check failed, because the call cloudformation:GetResource failed");
        assertThat(aws.operations()).filteredOn("GetResource"::equals).hasSize(1 + 4);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            DELETE_FAILED, delete-stack
            UPDATE_ROLLBACK_FAILED, continue-update-rollback
            UPDATE_IN_PROGRESS, wait stack-update-complete
            ROLLBACK_IN_PROGRESS, wait stack-create-complete
            UPDATE_ROLLBACK_IN_PROGRESS, wait stack-rollback-complete
            DELETE_IN_PROGRESS, wait stack-delete-complete
            """)
    void reportsStacksThatCloudFormationDoesNotChange(String status, String command) {
        aws.respond("DescribeStacks prod-cluster", 200, stack(status));
        assertThat(findProblems()).singleElement().asString().isEqualTo("""
                CloudFormation does not change the stack prod-cluster, whose status is %s; first run
                    aws cloudformation %s --region eu-central-1 --stack-name prod-cluster""".formatted(status, command));
    }

    @Test
    void checksPrincipals() {
        aws.respond("GetRole read-only", 404, error("NoSuchEntity", "The role cannot be found"))
                .respond("GetRole platform-admin", 200, role("operations/platform-admin"))
                .respond("GetRole ada", 404, error("NoSuchEntity", "The role cannot be found"));
        assertThat(findProblems())
                .containsExactly(
                        "arn:aws:iam::444455556666:role/platform-admin does not exist (cluster.standing_access): with its"
                                + " path, the principal of this name is"
                                + " arn:aws:iam::444455556666:role/operations/platform-admin",
                        "arn:aws:iam::444455556666:role/read-only does not exist (cluster.standing_access), and EKS refuses"
                                + " access entries for it: create it, or correct the setting",
                        "arn:aws:iam::444455556666:role/people/ada does not exist (access.people), and EKS refuses access"
                                + " entries for it: create it, or correct the setting");
    }

    /** Only the other account could tell whether its principals exist. */
    @Test
    void doesNotLookUpPrincipalsOfOtherAccounts(@TempDir Path config) throws IOException {
        Files.copy(Path.of("config/settings.schema.json"), config.resolve("settings.schema.json"));
        Files.writeString(
                config.resolve("prod.yaml"),
                Files.readString(Path.of("config/prod.yaml"))
                        .replace("444455556666:role/read-only", "999999999999:user/read-only")
                        .replace("444455556666:role/reverser-developers", "444455556666:user/eve"));
        aws.respond("GetUser eve", 200, """
                <GetUserResponse><GetUserResult><User><Arn>arn:aws:iam::444455556666:user/eve</Arn></User></GetUserResult></GetUserResponse>""");
        assertThat(preflight(aws.account(), SettingsFile.read(config, "prod")).findProblems())
                .isEmpty();
    }

    @Test
    void checksSlackToken() {
        aws.respond("/slack/auth.test", 200, "{\"ok\": false, \"error\": \"token_revoked\"}");
        assertThat(findProblems())
                .containsExactly(
                        "Slack rejected the bot_token in the secret platform/slack (token_revoked): copy it again"
                                + " from the page OAuth & Permissions of the Slack app");
        aws.respond("/slack/auth.test", 200, scopes(SCOPES), "{\"ok\": true, \"team_id\": \"T0OTHER\"}");
        assertThat(findProblems())
                .containsExactly(
                        "the bot_token in the secret platform/slack belongs to the Slack workspace T0OTHER, but"
                                + " access.slack.team is T0EXAMPLE: use the token of an app in that workspace, or correct the"
                                + " setting");
        aws.respond("/slack/auth.test", 503, "");
        assertThat(findProblems()).containsExactly("""
                preflight check failed; Slack cannot be reached: check the network and its proxy
                    (HTTP 503)""");
    }

    @Test
    void checksSlackScopesAndChannels() {
        aws.respond(
                        "/slack/auth.test",
                        200,
                        scopes("commands,chat:write,files:write,channels:history,groups:history"),
                        "{\"ok\": true, \"team_id\": \"T0EXAMPLE\"}")
                .respond("/slack/conversations.history C0ONCALL", 200, "{\"ok\": false, \"error\": \"not_in_channel\"}")
                .respond(
                        "/slack/conversations.history C0PLATFORM",
                        200,
                        "{\"ok\": false, \"error\": \"channel_not_found\"}");
        assertThat(findProblems())
                .containsExactly(
                        "the Slack app lacks the scopes files:read, users:read: update it from the manifest"
                                + " docs/slack-app.yaml, install it again, and copy its new bot_token into the secret"
                                + " platform/slack",
                        "the Slack app is not in the channel C0ONCALL (alarms.routes), or there is no such channel: invite"
                                + " the app with /invite in the channel",
                        "the Slack app is not in the channel C0PLATFORM (rotation.channel), or there is no such channel:"
                                + " invite the app with /invite in the channel");
    }

    @Test
    void checksGitToken() {
        aws.respond("/git/info/refs", 401, "");
        assertThat(findProblems())
                .containsExactly(
                        "GitHub rejected the username and password in the secret platform/git: create a new token,"
                                + " and write it into the secret");
        aws.respond("/git/info/refs", 403, "Write access to repository not granted.");
        assertThat(findProblems())
                .containsExactly(
                        "the token in the secret platform/git cannot push to example/reverser-platform (HTTP 403):"
                                + " give it read and write access to the contents of this repository, or correct"
                                + " delivery.repository");
    }

    /** AWS compares the subject of a workflow's token with the roles' trust policies. */
    @Test
    void reportsIdsThatWorkflowTokensContain() {
        aws.respond("/repos/example/reverser-platform", 200, IDS.replace("2020-01-01", "2026-07-16"));
        assertThat(findProblems())
                .containsExactly(
                        "GitHub's OIDC tokens for example/reverser-platform contain IDs that the settings do not"
                                + " have, so that AWS would reject them: set delivery.owner_id: 1 and delivery.repository_id: 2");
        aws.respond("/repos/example/reverser-platform", 404, "");
        assertThat(findProblems()).isEmpty();
    }

    @Test
    void reportsExistingGitHubOidcProvider(@TempDir Path config) throws IOException {
        Files.copy(Path.of("config/settings.schema.json"), config.resolve("settings.schema.json"));
        Files.writeString(
                config.resolve("prod.yaml"),
                Files.readString(Path.of("config/prod.yaml"))
                        .replace("delivery:\n", "delivery:\n  existing_oidc_provider: true\n"));
        Settings existing = SettingsFile.read(config, "prod");
        assertThat(preflight(aws.account(), existing).findProblems())
                .singleElement()
                .asString()
                .startsWith(
                        "the account has no OIDC identity provider for GitHub: set delivery.existing_oidc_provider: false");
        aws.respond("ListOpenIDConnectProviders", 200, providers("token.actions.githubusercontent.com"));
        assertThat(preflight(aws.account(), existing).findProblems()).isEmpty();
        aws.respond("DescribeStacks prod-delivery", 200, stack("CREATE_COMPLETE"))
                .respond("DescribeStackResources prod-delivery", 200, stackResources("AWS::IAM::Role"));
        assertThat(preflight(aws.account(), existing).findProblems()).isEmpty();
        aws.respond("DescribeStackResources prod-delivery", 200, stackResources("AWS::IAM::OIDCProvider"));
        assertThat(preflight(aws.account(), existing).findProblems())
                .containsExactly(
                        "the stack prod-delivery created the OIDC identity provider for GitHub and would now delete"
                                + " it: remove delivery.existing_oidc_provider from the settings");
        aws.respond("DescribeStacks prod-delivery", 400, noStack());
        assertThat(findProblems())
                .singleElement()
                .asString()
                .endsWith("can have only one: set delivery.existing_oidc_provider: true");
        aws.respond("DescribeStacks prod-delivery", 200, stack("CREATE_COMPLETE"));
        assertThat(findProblems()).isEmpty();
    }

    /** A check that cannot run is reported, not ignored, and with the call that AWS refused. */
    @Test
    void reportsRefusedCalls() {
        String denied = "{\"__type\": \"AccessDeniedException\", \"message\": \"no\"}";
        aws.respond("GetParameter", 400, denied)
                .respond("GetResource", 400, denied)
                .respond("DescribeAccountAttributes", 403, error("UnauthorizedOperation", "not authorized"))
                .respond("GetServiceQuota L-1194D53C", 400, denied)
                .respond("GetRole ada", 403, error("AccessDenied", "not authorized"));
        assertThat(findProblems())
                .hasSize(5)
                .allMatch(problem -> problem.startsWith("preflight check failed, because the call "))
                .extracting(problem -> problem.replaceAll("(?s).*the call (\\S+) failed.*", "$1"))
                .containsExactly(
                        "ssm:GetParameter",
                        "cloudformation:GetResource",
                        "ec2:DescribeAccountAttributes",
                        "servicequotas:GetServiceQuota",
                        "iam:GetRole");
    }

    @Test
    void stopsIfStacksCannotBeRead() {
        aws.respond("DescribeStacks", 403, error("AccessDenied", "not authorized"));
        assertThat(findProblems())
                .singleElement()
                .asString()
                .startsWith("preflight check failed, because the call cloudformation:DescribeStacks failed");
    }

    /** Whatever fails, no message contains the value of a secret. */
    @Test
    void neverPrintsSecrets() {
        for (String answer : List.of("", CANARY, "{}")) {
            for (int status : List.of(200, 403)) {
                Stream.of("/slack/auth.test", "/git/info/refs", "/repos/example/reverser-platform")
                        .forEach(operation -> aws.respond(operation, status, answer));
                assertThat(findProblems()).isNotEmpty().noneMatch(problem -> problem.contains(CANARY));
            }
        }
    }

    /** A type of resource that gets a name for the first time must be checked as well. */
    @Test
    void checksTheNamesOfAllTypesThatCanRemain() throws IOException {
        SynthesizedApp prod = SynthesizedApp.of("prod");
        Set<String> checked;
        try (var files = Files.newDirectoryStream(prod.out(), "*.template.json")) {
            checked = StreamSupport.stream(files.spliterator(), false)
                    .flatMap(template -> NamedResource.read(template, SETTINGS).stream())
                    .map(NamedResource::name)
                    .collect(Collectors.toSet());
        }
        assertThat(prod.templates().values().stream()
                        .flatMap(template -> template.path("Resources").valueStream())
                        .filter(resource -> !DELETED_OR_OVERWRITTEN.contains(
                                resource.path("Type").asText()))
                        .flatMap(resource -> resource.path("Properties").propertyStream())
                        .filter(property -> property.getKey().matches("\\w*Name|DBClusterIdentifier")
                                && property.getValue().isTextual()
                                && property.getValue().asText().contains("prod"))
                        .map(property -> property.getValue().asText()))
                .isNotEmpty()
                .allMatch(checked::contains);
    }

    @Test
    void reportsAllProblemsAtOnce() {
        aws.respond("GetParameter", 400, "{\"__type\": \"ParameterNotFound\"}")
                .respond("GetSecretValue", 400, "{\"__type\": \"ResourceNotFoundException\"}")
                .respond("GetSecretValue platform/slack", 400, "{\"__type\": \"ResourceNotFoundException\"}")
                .respond("GetSecretValue platform/git", 400, "{\"__type\": \"ResourceNotFoundException\"}")
                .respond("DescribeAddresses", 200, addresses(5));
        assertThat(findProblems()).hasSize(4);
    }

    private List<String> findProblems() {
        return preflight(aws.account()).findProblems();
    }

    private Preflight preflight(AwsAccount account) {
        return preflight(account, SETTINGS);
    }

    private Preflight preflight(AwsAccount account, Settings settings) {
        return new Preflight(
                account,
                new SlackWorkspace(aws.url("/slack/")),
                new GitRepository(aws.url("/git"), aws.url("/repos/example/reverser-platform")),
                settings,
                repository,
                templates,
                NOW);
    }

    private static Map<String, String> scopes(String scopes) {
        return Map.of("x-oauth-scopes", scopes);
    }

    private static String notFound(String type) {
        return "{\"__type\": \"%s\", \"message\": \"no\"}".formatted(type);
    }

    private static String quota(int value) {
        return "{\"Quota\": {\"Value\": %d.0}}".formatted(value);
    }

    private static String supportedUntil(String day) {
        return "{\"clusterVersions\": [{\"clusterVersion\": \"1.35\", \"endOfStandardSupportDate\": %d}]}"
                .formatted(Instant.parse(day + "T00:00:00Z").getEpochSecond());
    }

    private static String zones(String... letters) {
        return Stream.of(letters)
                .map(letter ->
                        "<item><zoneName>eu-central-1%s</zoneName><zoneId>id-%1$s</zoneId></item>".formatted(letter))
                .collect(Collectors.joining(
                        "",
                        "<DescribeAvailabilityZonesResponse><availabilityZoneInfo>",
                        "</availabilityZoneInfo></DescribeAvailabilityZonesResponse>"));
    }

    private static String offerings(String... letters) {
        return Stream.of(letters)
                .map("<item><location>eu-central-1%s</location></item>"::formatted)
                .collect(Collectors.joining(
                        "",
                        "<DescribeInstanceTypeOfferingsResponse><instanceTypeOfferingSet>",
                        "</instanceTypeOfferingSet></DescribeInstanceTypeOfferingsResponse>"));
    }

    private static String instances(String instances) {
        return "<DescribeInstancesResponse><reservationSet><item><instancesSet>%s</instancesSet></item></reservationSet></DescribeInstancesResponse>"
                .formatted(instances);
    }

    private static String instance(String type, String more) {
        return "<item><instanceType>%s</instanceType><cpuOptions><coreCount>1</coreCount><threadsPerCore>2</threadsPerCore></cpuOptions>%s</item>"
                .formatted(type, more);
    }

    private static String certificates(String names) {
        return "{\"CertificateSummaryList\": [{\"DomainName\": \"a.example.org\", \"SubjectAlternativeNameSummaries\": [\"%s\"]}]}"
                .formatted(names);
    }

    private static String role(String path) {
        return "<GetRoleResponse><GetRoleResult><Role><Arn>arn:aws:iam::444455556666:role/%s</Arn></Role></GetRoleResult></GetRoleResponse>"
                .formatted(path);
    }

    private static String caller(String account) {
        return "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>%s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
                .formatted(account);
    }

    private static String value(String... keys) {
        return "{\"SecretString\": \"{\\\"%s\\\": \\\"%s\\\"}\"}"
                .formatted(String.join("\\\": \\\"" + CANARY + "\\\", \\\"", keys), CANARY);
    }

    private static String attributes(int addresses) {
        return """
                <DescribeAccountAttributesResponse><accountAttributeSet><item><attributeName>vpc-max-elastic-ips</attributeName>
                <attributeValueSet><item><attributeValue>%d</attributeValue></item></attributeValueSet></item></accountAttributeSet>
                </DescribeAccountAttributesResponse>""".formatted(addresses);
    }

    private static String addresses(int used) {
        return "<DescribeAddressesResponse><addressesSet>%s</addressesSet></DescribeAddressesResponse>"
                .formatted("<item><publicIp>203.0.113.1</publicIp></item>".repeat(used));
    }

    private static String machine(int cpus) {
        return """
                <DescribeInstanceTypesResponse><instanceTypeSet><item><vCpuInfo><defaultVCpus>%d</defaultVCpus></vCpuInfo></item>
                </instanceTypeSet></DescribeInstanceTypesResponse>""".formatted(cpus);
    }

    private static String certificate(String status, String name) {
        return "{\"Certificate\": {\"Status\": \"%s\", \"SubjectAlternativeNames\": [\"%s\"]}}".formatted(status, name);
    }

    private static String providers(String host) {
        return """
                <ListOpenIDConnectProvidersResponse><ListOpenIDConnectProvidersResult><OpenIDConnectProviderList><member>
                <Arn>arn:aws:iam::444455556666:oidc-provider/%s</Arn></member></OpenIDConnectProviderList>
                </ListOpenIDConnectProvidersResult></ListOpenIDConnectProvidersResponse>""".formatted(host);
    }

    private static String stack(String status) {
        return """
                <DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>a</StackName><StackStatus>%s</StackStatus>
                </member></Stacks></DescribeStacksResult></DescribeStacksResponse>""".formatted(status);
    }

    private static String stackResources(String type) {
        return """
                <DescribeStackResourcesResponse><DescribeStackResourcesResult><StackResources><member><ResourceType>%s</ResourceType>
                </member></StackResources></DescribeStackResourcesResult></DescribeStackResourcesResponse>""".formatted(type);
    }

    private static String noStack() {
        return error("ValidationError", "Stack with id a does not exist");
    }

    private static String error(String code, String message) {
        return "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                .formatted(code, message);
    }
}
