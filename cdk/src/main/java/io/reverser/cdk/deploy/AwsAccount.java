package io.reverser.cdk.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

/** Read-only calls to the AWS account of the caller's credentials.
 *
 * @param endpoint a URL that replaces AWS's endpoints, if present
 */
public record AwsAccount(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {

    private static final String BOOTSTRAP_VERSION_PARAMETER = "/cdk-bootstrap/hnb659fds/version";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Elastic IP addresses: the quota, and how many are in use. */
    record ElasticIps(int quota, int inUse) {}

    /** The account ID. */
    String fetchId() {
        try (var sts = build(StsClient.builder())) {
            return sts.getCallerIdentity().account();
        }
    }

    /** The version of the CDK bootstrap stack; empty if the region is not bootstrapped. */
    Optional<Integer> fetchBootstrapVersion() {
        try (var ssm = build(SsmClient.builder())) {
            return Optional.of(Integer.valueOf(ssm.getParameter(request -> request.name(BOOTSTRAP_VERSION_PARAMETER))
                    .parameter()
                    .value()));
        } catch (ParameterNotFoundException notBootstrapped) {
            return Optional.empty();
        }
    }

    /** The keys and values of a secret; no keys if the secret is not JSON. The values must not be printed. */
    Optional<JsonNode> readSecret(String name) {
        try (var secrets = build(SecretsManagerClient.builder())) {
            return Optional.of(parseJson(
                    secrets.getSecretValue(request -> request.secretId(name)).secretString()));
        } catch (ResourceNotFoundException missing) {
            return Optional.empty();
        }
    }

    ElasticIps countElasticIps() {
        try (var ec2 = build(Ec2Client.builder())) {
            int allowed = ec2
                    .describeAccountAttributes(request -> request.attributeNamesWithStrings("vpc-max-elastic-ips"))
                    .accountAttributes()
                    .stream()
                    .map(AccountAttribute::attributeValues)
                    .mapToInt(values -> Integer.parseInt(values.getFirst().attributeValue()))
                    .findFirst()
                    .orElse(0);
            return new ElasticIps(allowed, ec2.describeAddresses().addresses().size());
        }
    }

    /** The value of an EC2 quota like {@code L-1216C47A}. */
    int fetchEc2Quota(String code) {
        try (var quotas = build(ServiceQuotasClient.builder())) {
            return quotas.getServiceQuota(request -> request.serviceCode("ec2").quotaCode(code))
                    .quota()
                    .value()
                    .intValue();
        }
    }

    /** The number of vCPUs of an instance type; empty if the region does not offer it. */
    Optional<Integer> fetchVcpus(String type) {
        try (var ec2 = build(Ec2Client.builder())) {
            return ec2
                    .describeInstanceTypes(request -> request.filters(
                            Filter.builder().name("instance-type").values(type).build()))
                    .instanceTypes()
                    .stream()
                    .map(found -> found.vCpuInfo().defaultVCpus())
                    .findFirst();
        }
    }

    /** A certificate; empty if it does not exist. */
    Optional<CertificateDetail> describeCertificate(String arn) {
        try (var certificates = build(AcmClient.builder())) {
            return Optional.of(certificates
                    .describeCertificate(request -> request.certificateArn(arn))
                    .certificate());
        } catch (software.amazon.awssdk.services.acm.model.ResourceNotFoundException missing) {
            return Optional.empty();
        }
    }

    /** Whether the account has an OIDC provider for GitHub; an account can have only one. */
    boolean hasGitHubOidcProvider() {
        try (var iam = IamClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .applyMutation(client -> endpoint.ifPresent(client::endpointOverride))
                .build()) {
            return iam.listOpenIDConnectProviders().openIDConnectProviderList().stream()
                    .anyMatch(provider -> provider.arn().endsWith("/token.actions.githubusercontent.com"));
        }
    }

    /** Whether a stack exists. */
    boolean hasStack(String name) {
        try (var stacks = build(CloudFormationClient.builder())) {
            return stacks.describeStacks(request -> request.stackName(name)).hasStacks();
        } catch (CloudFormationException missing) {
            if (missing.statusCode() == 400
                    && String.valueOf(missing.getMessage()).contains("does not exist")) {
                return false;
            }
            throw missing;
        }
    }

    private <B extends AwsClientBuilder<B, C>, C> C build(B client) {
        endpoint.ifPresent(client::endpointOverride);
        return client.region(region).credentialsProvider(credentials).build();
    }

    private static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException messageContainsSecret) {
            return MissingNode.getInstance();
        }
    }
}
