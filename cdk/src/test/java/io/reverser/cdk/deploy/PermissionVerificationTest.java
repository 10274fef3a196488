package io.reverser.cdk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.SynthesizedApp;
import io.reverser.cdk.deploy.FakeAwsAccount.Call;
import io.reverser.cdk.deploy.FakeAwsAccount.Response;
import io.reverser.cdk.deploy.PermissionTable.Expectation;
import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PermissionVerificationTest {

    private static final Settings SETTINGS = SettingsFile.read(Path.of("config"), "dev");
    private static final Set<String> ARN_TYPES = Set.of(
            "AWS::Lambda::Alias",
            "AWS::SNS::Topic",
            "AWS::SecretsManager::Secret",
            "AWS::SecretsManager::SecretTargetAttachment");
    private static final Pattern PRINCIPAL = Pattern.compile("\"principalArn\":\"([^\"]+)\"");
    private static final String ADA = "arn:aws:iam::111122223333:role/people/ada";

    private final Set<String> entries = new ConcurrentSkipListSet<>();
    private final Set<String> roles = new ConcurrentSkipListSet<>();
    /** Flips the answers about these roles and actions. */
    private final Set<String> wrong = new ConcurrentSkipListSet<>();

    /** What the table expects to be allowed. */
    private final Set<String> allowed = new HashSet<>();

    private FakeAwsAccount aws;

    /** Whether EKS looks at the groups of a new entry. */
    private boolean checksGroups = true;

    @BeforeEach
    void prepareAccount() throws IOException {
        SynthesizedApp app = SynthesizedApp.of("dev");
        aws = new FakeAwsAccount()
                .respond("GetCallerIdentity", 200, """
                        <GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account>
                        </GetCallerIdentityResult></GetCallerIdentityResponse>""")
                .respond("DescribeStacks", 200, """
                        <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
                        <StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks></DescribeStacksResult>
                        </DescribeStacksResponse>""")
                .handle("ListStackResources", call -> new Response(200, stackResources(app, call)))
                .handle("SimulatePrincipalPolicy", call -> new Response(200, simulate(call)))
                .respond("ListRolePolicies", 200, """
                        <ListRolePoliciesResponse><ListRolePoliciesResult><PolicyNames><member>granter</member></PolicyNames>
                        <IsTruncated>false</IsTruncated></ListRolePoliciesResult></ListRolePoliciesResponse>""")
                .respond("GetRolePolicy", 200, """
                        <GetRolePolicyResponse><GetRolePolicyResult><PolicyDocument>%7B%7D</PolicyDocument>
                        </GetRolePolicyResult></GetRolePolicyResponse>""")
                .respond("ListAttachedRolePolicies", 200, """
                        <ListAttachedRolePoliciesResponse><ListAttachedRolePoliciesResult><AttachedPolicies><member>
                        <PolicyArn>arn:aws:iam::111122223333:policy/overflow</PolicyArn></member></AttachedPolicies>
                        <IsTruncated>false</IsTruncated></ListAttachedRolePoliciesResult></ListAttachedRolePoliciesResponse>""")
                .respond("AttachRolePolicy", 200, "<AttachRolePolicyResponse/>")
                .respond("DetachRolePolicy", 200, "<DetachRolePolicyResponse/>")
                .respond("PutRolePolicy", 200, "<PutRolePolicyResponse/>")
                .respond("DeleteRolePolicy", 200, "<DeleteRolePolicyResponse/>")
                .handle("CreateRole", this::createRole)
                .handle("DeleteRole", this::deleteRole)
                .respond("AssumeRole", 200, """
                        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>PROBE</AccessKeyId>
                        <SecretAccessKey>none</SecretAccessKey><SessionToken>none</SessionToken>
                        <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>""")
                .handle("/clusters/dev/access-entries", this::accessEntries);
        PermissionTable table = PermissionTable.read();
        table.expectations(SETTINGS, PermissionVerification.fetchArns(aws.account(), SETTINGS, table.stacks())).stream()
                .filter(Expectation::allowed)
                .forEach(expected -> expected.actions()
                        .forEach(action -> allowed.add(question(
                                expected.role(),
                                action,
                                expected.resource(),
                                expected.context().entrySet().stream()
                                        .flatMap(key -> Stream.concat(Stream.of(key.getKey()), key.getValue().stream()))
                                        .collect(Collectors.toCollection(TreeSet::new))))));
        aws.operations().clear();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void findsNoProblemsInADeployedEnvironment() {
        PermissionVerification.Report report = verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.summary())
                .matches(
                        "[23]\\d{3} answers of AWS about \\d+ roles of dev, and 5 calls to EKS with the policies of granter");
        assertThat(DeployMessages.verificationResult(report)).startsWith("platform: all permissions are as expected: ");
    }

    @Test
    void reportsAMissingPermission() {
        wrong.add("functions/AccessSchedulerRole lambda:InvokeFunction");
        assertThat(verify().problems())
                .contains("functions/AccessSchedulerRole needs lambda:InvokeFunction on"
                        + " arn:aws:lambda:eu-central-1:111122223333:AccessGranterLive, but AWS answers implicitDeny:"
                        + " compare the role's policies with docs/permissions.md");
    }

    @Test
    void reportsAPermissionThatARoleMustNotHave() {
        wrong.add("app/ReverserRole secretsmanager:PutSecretValue");
        assertThat(verify().problems())
                .contains(
                        "app/ReverserRole may call secretsmanager:PutSecretValue on"
                                + " arn:aws:secretsmanager:eu-central-1:111122223333:Application, but must not: pods read the secret");
    }

    @Test
    void reportsACallThatEksShouldDeny() {
        checksGroups = false;
        assertThat(verify().problems()).containsExactly("""
                EKS should deny with the policies of granter: an entry in a Kubernetes group
                    (EKS accepted it)""", """
                EKS should allow with the policies of granter: an entry for a person in the settings
                    (taken)""");
    }

    @Test
    void deletesWhatItCreates() {
        checksGroups = false;
        verify();
        assertThat(entries).isEmpty();
        assertThat(roles).isEmpty();
        assertThat(aws.operations())
                .contains("CreateRole", "AttachRolePolicy", "PutRolePolicy", "AssumeRole")
                .endsWith(
                        "ListAttachedRolePolicies",
                        "DetachRolePolicy",
                        "ListRolePolicies",
                        "DeleteRolePolicy",
                        "DeleteRole");
    }

    @Test
    void needsAPersonWithoutAccess() {
        entries.addAll(SETTINGS.access().principalArns());
        assertThat(verify().problems())
                .containsExactly(
                        "everyone in access.people has an access entry in the cluster dev, so that no call with the policies of granter was tried: run the command again when one of the entries has expired");
        assertThat(entries).contains(ADA);
    }

    @Test
    void reportsAnEnvironmentThatIsNotDeployed() {
        aws.respond("DescribeStacks", 400, """
                <ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>""");
        assertThat(verify().problems())
                .singleElement()
                .asString()
                .startsWith("dev is not completely deployed in eu-central-1; ")
                .endsWith(" resources are missing: run ./platform deploy dev");
    }

    @Test
    void stopsAtTheWrongAccount() {
        aws.respond("GetCallerIdentity", 200, """
                <GetCallerIdentityResponse><GetCallerIdentityResult><Account>444455556666</Account>
                </GetCallerIdentityResult></GetCallerIdentityResponse>""");
        assertThat(verify().problems()).singleElement().asString().startsWith("wrong AWS account: ");
        assertThat(aws.operations()).containsExactly("GetCallerIdentity");
    }

    @Test
    void reportsACallThatAwsRefuses() {
        aws.handle("SimulatePrincipalPolicy", call -> new Response(403, """
                <ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"""));
        assertThat(verify().problems())
                .singleElement()
                .asString()
                .startsWith("the call iam:SimulatePrincipalPolicy failed, so that nothing more was verified");
    }

    private PermissionVerification.Report verify() {
        return new PermissionVerification(aws.account(), SETTINGS).run();
    }

    private static String stackResources(SynthesizedApp app, Call call) {
        String stack = FakeAwsAccount.field(call.body(), "StackName").replace("dev-", "");
        return app.template(stack).path("Resources").properties().stream()
                .map(resource ->
                        "<member><LogicalResourceId>%s</LogicalResourceId><PhysicalResourceId>%s</PhysicalResourceId><ResourceType>%s</ResourceType></member>"
                                .formatted(
                                        resource.getKey(),
                                        physicalId(stack, resource.getKey(), resource.getValue()),
                                        resource.getValue().path("Type").asText()))
                .collect(Collectors.joining(
                        "",
                        "<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>",
                        "</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>"));
    }

    private static String physicalId(String stack, String id, JsonNode resource) {
        String name = id.replaceAll("[0-9A-F]{8}$", "");
        String type = resource.path("Type").asText();
        return switch (type) {
            case "AWS::IAM::Role" -> stack + "-" + name;
            default ->
                ARN_TYPES.contains(type)
                        ? "arn:aws:%s:eu-central-1:111122223333:%s"
                                .formatted(type.contains("Secret") ? "secretsmanager" : "lambda", name)
                        : name;
        };
    }

    /** Answers as the table expects, except about what is in {@code wrong}. */
    private String simulate(Call call) {
        Map<String, String> form = FakeAwsAccount.parseForm(call.body());
        String role = form.getOrDefault("PolicySourceArn", "")
                .replaceFirst(".*:role/", "")
                .replaceFirst("-", "/");
        var context = new TreeSet<String>();
        form.forEach((key, value) -> {
            if (key.contains(".ContextKeyValues.") || key.endsWith(".ContextKeyName")) {
                context.add(value);
            }
        });
        return form.entrySet().stream()
                .filter(field -> field.getKey().startsWith("ActionNames."))
                .map(Map.Entry::getValue)
                .map(action -> "<member><EvalActionName>%s</EvalActionName><EvalDecision>%s</EvalDecision></member>"
                        .formatted(
                                action,
                                wrong.contains(role + " " + action)
                                                != allowed.contains(question(
                                                        role,
                                                        action,
                                                        form.getOrDefault("ResourceArns.member.1", ""),
                                                        context))
                                        ? "allowed"
                                        : "implicitDeny"))
                .collect(Collectors.joining(
                        "",
                        "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>",
                        "</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>"));
    }

    private static String question(String role, String action, String resource, Set<String> context) {
        return String.join(" ", role, action, resource, context.toString());
    }

    private Response createRole(Call call) {
        String name = FakeAwsAccount.field(call.body(), "RoleName");
        roles.add(name);
        return new Response(
                200,
                "<CreateRoleResponse><CreateRoleResult><Role><Arn>arn:aws:iam::111122223333:role/%s</Arn></Role></CreateRoleResult></CreateRoleResponse>"
                        .formatted(name));
    }

    private Response deleteRole(Call call) {
        return roles.remove(FakeAwsAccount.field(call.body(), "RoleName"))
                ? new Response(200, "<DeleteRoleResponse/>")
                : new Response(
                        404,
                        "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>");
    }

    /** EKS with the permissions of granter for the credentials of the role, and all permissions for others. */
    private Response accessEntries(Call call) {
        String principal =
                URLDecoder.decode(call.path().replaceFirst(".*/access-entries/?", ""), StandardCharsets.UTF_8);
        return switch (call.method()) {
            case "GET" ->
                new Response(
                        200,
                        entries.stream()
                                .map("\"%s\""::formatted)
                                .collect(Collectors.joining(",", "{\"accessEntries\": [", "]}")));
            case "POST" -> create(call);
            default ->
                entries.remove(principal)
                        ? new Response(200, "{}")
                        : new Response(404, "{\"__type\": \"ResourceNotFoundException\", \"message\": \"none\"}");
        };
    }

    private Response create(Call call) {
        boolean isKnown = SETTINGS.access().principalArns().stream().anyMatch(call.body()::contains);
        if (!isKnown
                || !call.body().contains("cluster-access:managed")
                || (checksGroups && call.body().contains("kubernetesGroups"))) {
            return new Response(403, "{\"__type\": \"AccessDeniedException\", \"message\": \"no\"}");
        }
        Matcher principal = PRINCIPAL.matcher(call.body());
        return principal.find() && entries.add(principal.group(1))
                ? new Response(200, "{}")
                : new Response(409, "{\"__type\": \"ResourceInUseException\", \"message\": \"taken\"}");
    }
}
