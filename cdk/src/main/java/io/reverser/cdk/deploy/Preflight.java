package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.acm.model.CertificateStatus;

/** Before anything is created, finds the problems that would make a deployment fail halfway.
 *
 * @param account the account to deploy into
 * @param settings of the environment
 */
public record Preflight(AwsAccount account, Settings settings) {

    private static final int MIN_BOOTSTRAP_VERSION = 21;
    /** Quota of vCPUs of running on-demand standard instances. */
    private static final String VCPU_QUOTA_CODE = "L-1216C47A";

    /** All problems, as messages for the person who deploys; empty if there are none. */
    public List<String> findProblems() {
        try {
            String id = account.fetchId();
            if (!id.equals(settings.account())) {
                return List.of(DeployMessages.wrongAccount(id, settings));
            }
        } catch (SdkClientException noCredentials) {
            return List.of(DeployMessages.noCredentials());
        } catch (SdkException rejected) {
            return List.of(DeployMessages.rejectedCredentials(String.valueOf(rejected.getMessage())));
        }
        var problems = new ArrayList<String>();
        problems.addAll(check("ssm:GetParameter", this::checkBootstrap));
        problems.addAll(check("secretsmanager:GetSecretValue", this::checkSecrets));
        problems.addAll(check("ec2:DescribeAddresses", this::checkElasticIps));
        problems.addAll(check("servicequotas:GetServiceQuota", this::checkVcpus));
        problems.addAll(check("acm:DescribeCertificate", this::checkCertificate));
        problems.addAll(check("iam:ListOpenIDConnectProviders", this::checkGitHubOidcProvider));
        return problems;
    }

    private List<String> checkBootstrap() {
        int version = account.fetchBootstrapVersion().orElse(0);
        return version < MIN_BOOTSTRAP_VERSION ? List.of(DeployMessages.notBootstrapped(version, settings)) : List.of();
    }

    private List<String> checkSecrets() {
        return Stream.of(
                        checkSecret(settings.operations().slackSecret(), "bot_token", "signing_secret"),
                        checkSecret(settings.delivery().gitSecret(), "username", "password"))
                .flatMap(List::stream)
                .toList();
    }

    private List<String> checkSecret(String name, String... keys) {
        return account.readSecret(name)
                .map(found -> Stream.of(keys)
                        .filter(key -> isEmpty(found.path(key)))
                        .map(key -> DeployMessages.missingSecretKey(name, key))
                        .toList())
                .orElseGet(() -> List.of(DeployMessages.missingSecret(name, settings.region(), List.of(keys))));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.asText("").isBlank();
    }

    /** Each NAT gateway needs an Elastic IP address. If the network stack exists, it already has its addresses. */
    private List<String> checkElasticIps() {
        if (account.hasStack(settings.name() + "-network")) {
            return List.of();
        }
        AwsAccount.ElasticIps addresses = account.countElasticIps();
        int free = addresses.quota() - addresses.inUse();
        int required = settings.network().natGateways();
        return free < required ? List.of(DeployMessages.notEnoughElasticIps(addresses, required)) : List.of();
    }

    /** Compares the quota with the vCPUs of all nodes that the autoscaler may start. */
    private List<String> checkVcpus() {
        var nodes = settings.cluster().nodes();
        int quota = account.fetchEc2Quota(VCPU_QUOTA_CODE);
        return account.fetchVcpus(nodes.type())
                .map(cpus -> cpus * nodes.max())
                .map(required -> required > quota
                        ? List.of(DeployMessages.notEnoughVcpus(nodes, required, quota))
                        : List.<String>of())
                .orElseGet(() -> List.of(DeployMessages.unknownInstanceType(nodes.type(), settings.region())));
    }

    private List<String> checkCertificate() {
        var argocd = settings.argocd();
        return account.describeCertificate(argocd.certificate())
                .map(found -> {
                    String wildcard = argocd.host().replaceFirst("[^.]+", "*");
                    boolean covers = found.subjectAlternativeNames().contains(argocd.host())
                            || found.subjectAlternativeNames().contains(wildcard);
                    return found.status() == CertificateStatus.ISSUED && covers
                            ? List.<String>of()
                            : List.of(DeployMessages.unusableCertificate(argocd, found.statusAsString(), covers));
                })
                .orElseGet(() -> List.of(DeployMessages.missingCertificate(argocd)));
    }

    private List<String> checkGitHubOidcProvider() {
        return account.hasGitHubOidcProvider() && !account.hasStack(settings.name() + "-delivery")
                ? List.of(DeployMessages.existingGitHubOidcProvider(settings))
                : List.of();
    }

    /**
     * Runs a check. If it cannot run, usually because a permission is missing, this is reported as a problem, although
     * the checked resource may be fine.
     */
    private static List<String> check(String permission, Supplier<List<String>> finder) {
        try {
            return finder.get();
        } catch (SdkException denied) {
            return List.of(DeployMessages.failedCheck(permission, String.valueOf(denied.getMessage())));
        }
    }
}
