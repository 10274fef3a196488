package io.reverser.cdk.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ClusterVersionInformation;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

/** Read-only calls to the AWS account of the caller's credentials, and clients for other calls. Not thread-safe. */
public final class AwsAccount {

    private static final String BOOTSTRAP_VERSION_PARAMETER = "/cdk-bootstrap/hnb659fds/version";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Optional<URI> endpoint;
    private String lastCall = "";

    /** Elastic IP addresses: the quota, and how many are in use. */
    record ElasticIps(int quota, int inUse) {}

    /** Creates the account; nothing is called.
     *
     * @param endpoint a URL that replaces AWS's endpoints, if present
     */
    public AwsAccount(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {
        this.region = region;
        this.credentials = credentials;
        this.endpoint = endpoint;
    }

    /**
     * The account of the default credentials. The environment variable {@code AWS_ENDPOINT_URL} replaces AWS's endpoints.
     */
    public static AwsAccount fromEnvironment(String region) {
        return new AwsAccount(
                Region.of(region),
                DefaultCredentialsProvider.builder().build(),
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create));
    }

    /** The same account, with other credentials. */
    AwsAccount withCredentials(AwsCredentialsProvider other) {
        return new AwsAccount(region, other, endpoint);
    }

    /** The last call, like {@code ec2:DescribeAddresses}; if a method of this class failed, the call that failed. */
    String lastCall() {
        return lastCall;
    }

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

    /** Whether a secret exists, or was deleted and still reserves its name. */
    boolean hasSecret(String name) {
        try (var secrets = build(SecretsManagerClient.builder())) {
            secrets.describeSecret(request -> request.secretId(name));
            return true;
        } catch (ResourceNotFoundException missing) {
            return false;
        }
    }

    /** Whether a resource exists.
     *
     * @param type the resource type in CloudFormation, like {@code AWS::Logs::LogGroup}
     * @param identifier the primary identifier of the type
     */
    boolean hasResource(String type, String identifier) {
        lastCall = CloudControl.CALL;
        return new CloudControl(region, credentials, endpoint).hasResource(type, identifier);
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

    int countVpcs() {
        try (var ec2 = build(Ec2Client.builder())) {
            return (int) ec2.describeVpcsPaginator().vpcs().stream().count();
        }
    }

    int countEksClusters() {
        try (var eks = build(EksClient.builder())) {
            return (int) eks.listClustersPaginator().clusters().stream().count();
        }
    }

    /** When EKS ends or ended the standard support of a Kubernetes version; empty if it does not know the version. */
    Optional<Instant> fetchEndOfStandardSupport(String version) {
        try (var eks = build(EksClient.builder())) {
            return eks.describeClusterVersions(request -> request.clusterVersions(version)).clusterVersions().stream()
                    .map(ClusterVersionInformation::endOfStandardSupportDate)
                    .findFirst();
        }
    }

    /** The on-demand instances that run or start. */
    List<Instance> listOnDemandInstances() {
        try (var ec2 = build(Ec2Client.builder())) {
            return ec2
                    .describeInstancesPaginator(request -> request.filters(Filter.builder()
                            .name("instance-state-name")
                            .values("pending", "running")
                            .build()))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .filter(instance -> instance.instanceLifecycle() == null)
                    .toList();
        }
    }

    /** The value of a quota like {@code L-1216C47A} of a service like {@code ec2}. */
    int fetchQuota(String service, String code) {
        try (var quotas = build(ServiceQuotasClient.builder())) {
            return quotas.getServiceQuota(
                            request -> request.serviceCode(service).quotaCode(code))
                    .quota()
                    .value()
                    .intValue();
        } catch (NoSuchResourceException neverChanged) {
            return fetchDefaultQuota(service, code);
        }
    }

    private int fetchDefaultQuota(String service, String code) {
        try (var quotas = build(ServiceQuotasClient.builder())) {
            return quotas.getAWSDefaultServiceQuota(
                            request -> request.serviceCode(service).quotaCode(code))
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

    /** The availability zones that offer an instance type. */
    Set<String> listZonesOffering(String type) {
        try (var ec2 = build(Ec2Client.builder())) {
            return ec2
                    .describeInstanceTypeOfferingsPaginator(
                            request -> request.locationType(LocationType.AVAILABILITY_ZONE)
                                    .filters(Filter.builder()
                                            .name("instance-type")
                                            .values(type)
                                            .build()))
                    .instanceTypeOfferings()
                    .stream()
                    .map(InstanceTypeOffering::location)
                    .collect(Collectors.toSet());
        }
    }

    /** The availability zones that this account can use: their names and zone IDs. */
    Map<String, String> listZones() {
        try (var ec2 = build(Ec2Client.builder())) {
            return ec2
                    .describeAvailabilityZones(request -> request.filters(Filter.builder()
                            .name("zone-type")
                            .values("availability-zone")
                            .build()))
                    .availabilityZones()
                    .stream()
                    .collect(Collectors.toMap(AvailabilityZone::zoneName, AvailabilityZone::zoneId));
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

    /** The host names of all issued certificates; without key types, ACM would list only RSA keys of 2048 bits. */
    Set<String> listCertifiedHosts() {
        try (var certificates = build(AcmClient.builder())) {
            return certificates
                    .listCertificatesPaginator(request -> request.certificateStatuses(CertificateStatus.ISSUED)
                            .includes(filters -> filters.keyTypes(KeyAlgorithm.knownValues())))
                    .certificateSummaryList()
                    .stream()
                    .flatMap(found -> Stream.concat(
                            Stream.of(found.domainName()), found.subjectAlternativeNameSummaries().stream()))
                    .collect(Collectors.toSet());
        }
    }

    /** Whether the account has an OIDC provider for GitHub; an account can have only one. */
    boolean hasGitHubOidcProvider() {
        try (var iam = build(IamClient.builder())) {
            return iam.listOpenIDConnectProviders().openIDConnectProviderList().stream()
                    .anyMatch(provider -> provider.arn().endsWith("/token.actions.githubusercontent.com"));
        }
    }

    /** The ARN of the IAM role or user with the name at the end of an ARN; empty if there is none. */
    Optional<String> findPrincipal(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        try (var iam = build(IamClient.builder())) {
            return Optional.of(
                    arn.contains(":role/")
                            ? iam.getRole(request -> request.roleName(name))
                                    .role()
                                    .arn()
                            : iam.getUser(request -> request.userName(name))
                                    .user()
                                    .arn());
        } catch (NoSuchEntityException missing) {
            return Optional.empty();
        }
    }

    /** The status of a stack; empty if it does not exist. */
    Optional<StackStatus> fetchStackStatus(String name) {
        try (var stacks = build(CloudFormationClient.builder())) {
            return stacks.describeStacks(request -> request.stackName(name)).stacks().stream()
                    .map(stack -> stack.stackStatus())
                    .findFirst();
        } catch (CloudFormationException missing) {
            if (missing.statusCode() == 400
                    && String.valueOf(missing.getMessage()).contains("does not exist")) {
                return Optional.empty();
            }
            throw missing;
        }
    }

    /** Whether a stack has a resource of a type. */
    boolean hasStackResource(String stack, String type) {
        try (var stacks = build(CloudFormationClient.builder())) {
            return stacks.describeStackResources(request -> request.stackName(stack)).stackResources().stream()
                    .anyMatch(resource -> resource.resourceType().equals(type));
        }
    }

    /** The resources of a stack; none if the stack does not exist. */
    List<StackResourceSummary> listStackResources(String stack) {
        if (fetchStackStatus(stack).isEmpty()) {
            return List.of();
        }
        try (var stacks = build(CloudFormationClient.builder())) {
            return stacks
                    .listStackResourcesPaginator(request -> request.stackName(stack))
                    .stackResourceSummaries()
                    .stream()
                    .toList();
        }
    }

    /** A client of a service. Backs off when the service throttles it. */
    <B extends AwsClientBuilder<B, C>, C> C build(B client) {
        endpoint.ifPresent(client::endpointOverride);
        return client.region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(override ->
                        override.retryStrategy(RetryMode.ADAPTIVE_V2).addExecutionInterceptor(new CallRecorder()))
                .build();
    }

    private static JsonNode parseJson(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException messageContainsSecret) {
            return MissingNode.getInstance();
        }
    }

    /** Remembers the last call, because the SDK's exceptions do not name the call. */
    private final class CallRecorder implements ExecutionInterceptor {

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            lastCall =
                    attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME).toLowerCase(Locale.ROOT)
                            + ":"
                            + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        }
    }
}
