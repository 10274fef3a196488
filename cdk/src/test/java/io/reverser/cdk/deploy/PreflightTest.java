package io.reverser.cdk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.cdk.settings.Settings;
import io.reverser.cdk.settings.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class PreflightTest {

    private static final Settings SETTINGS = SettingsFile.read(Path.of("config"), "prod");
    private static final String CANARY = "xoxb-canary-4711";

    private FakeAwsAccount aws;

    @BeforeEach
    void prepareAccount() throws IOException {
        aws = new FakeAwsAccount()
                .respond("GetCallerIdentity", 200, caller("444455556666"))
                .respond("GetParameter", 200, "{\"Parameter\": {\"Value\": \"28\"}}")
                .respond("GetSecretValue platform/slack", 200, value("bot_token", "signing_secret"))
                .respond("GetSecretValue platform/git", 200, value("username", "password"))
                .respond("DescribeStacks", 400, noStack())
                .respond("DescribeAccountAttributes", 200, attributes(5))
                .respond("DescribeAddresses", 200, addresses(2))
                .respond("GetServiceQuota", 200, "{\"Quota\": {\"Value\": 64.0}}")
                .respond("DescribeInstanceTypes", 200, machine(4))
                .respond("DescribeCertificate", 200, certificate("ISSUED", "*.prod.example.com"))
                .respond("ListOpenIDConnectProviders", 200, providers(""));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void findsNoProblemsInAPreparedAccount() {
        assertThat(findProblems()).isEmpty();
        assertThat(aws.operations()).allMatch(operation -> operation.matches("(Get|Describe|List)\\w+"));
    }

    @Test
    void reportsMissingCredentials() {
        AwsCredentialsProvider noCredentials = () -> {
            throw SdkClientException.create("Unable to load credentials");
        };
        var account = new AwsAccount(Region.EU_CENTRAL_1, noCredentials, Optional.of(URI.create("http://localhost:1")));
        assertThat(new Preflight(account, SETTINGS).findProblems())
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
                .containsExactly("CDK is not bootstrapped in eu-central-1:"
                        + " run (cd cdk && npx cdk bootstrap aws://444455556666/eu-central-1)");
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
        aws.respond("DescribeStacks prod-network", 200, stack());
        assertThat(findProblems()).isEmpty();
    }

    @Test
    void checksVcpuQuota() {
        aws.respond("GetServiceQuota", 200, "{\"Quota\": {\"Value\": 32.0}}");
        assertThat(findProblems())
                .singleElement()
                .asString()
                .startsWith("12 m7i.xlarge instances have 48 vCPUs, but the quota is 32: raise the quota");
        aws.respond(
                "DescribeInstanceTypes",
                200,
                "<DescribeInstanceTypesResponse><instanceTypeSet/></DescribeInstanceTypesResponse>");
        assertThat(findProblems())
                .containsExactly(
                        "region eu-central-1 does not offer the instance type m7i.xlarge (cluster.nodes.type)");
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

    @Test
    void reportsExistingGitHubOidcProvider() {
        aws.respond("ListOpenIDConnectProviders", 200, providers("token.actions.githubusercontent.com"));
        assertThat(findProblems())
                .singleElement()
                .asString()
                .contains("already has an OIDC identity provider for GitHub");
        aws.respond("DescribeStacks prod-delivery", 200, stack());
        assertThat(findProblems()).isEmpty();
    }

    /** A check that cannot run is reported, not ignored. */
    @Test
    void reportsMissingPermissions() {
        aws.respond("GetParameter", 400, "{\"__type\": \"AccessDeniedException\", \"message\": \"no\"}");
        assertThat(findProblems())
                .singleElement()
                .asString()
                .startsWith("preflight check failed; it needs the permission ssm:GetParameter");
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
        return new Preflight(aws.account(), SETTINGS).findProblems();
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

    private static String stack() {
        return """
                <DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>a</StackName></member></Stacks>
                </DescribeStacksResult></DescribeStacksResponse>""";
    }

    private static String noStack() {
        return error("ValidationError", "Stack with id a does not exist");
    }

    private static String error(String code, String message) {
        return "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                .formatted(code, message);
    }
}
