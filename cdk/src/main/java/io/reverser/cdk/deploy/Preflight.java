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

/**
 * What would stop a deployment half way, found before anything is created.
 *
 * @param account to deploy into
 * @param settings of the environment
 */
record Preflight(Account account, Settings settings) {

    private static final int BOOTSTRAP_VERSION = 21;
    /** Virtual CPUs of running machines of the usual families. */
    private static final String CPUS = "L-1216C47A";

    /** Everything that is missing, in the words for the person who deploys; nothing when all is well. */
    List<String> missing() {
        try {
            String id = account.id();
            if (!id.equals(settings.account())) {
                return List.of(Wording.otherAccount(id, settings));
            }
        } catch (SdkClientException nobody) {
            return List.of(Wording.noCredentials());
        } catch (SdkException refused) {
            return List.of(Wording.badCredentials(String.valueOf(refused.getMessage())));
        }
        var missing = new ArrayList<String>();
        missing.addAll(asked("ssm:GetParameter", this::bootstrap));
        missing.addAll(asked("secretsmanager:GetSecretValue", this::secrets));
        missing.addAll(asked("ec2:DescribeAddresses", this::addresses));
        missing.addAll(asked("servicequotas:GetServiceQuota", this::machines));
        missing.addAll(asked("acm:DescribeCertificate", this::certificate));
        missing.addAll(asked("iam:ListOpenIDConnectProviders", this::github));
        return missing;
    }

    private List<String> bootstrap() {
        int version = account.bootstrapVersion().orElse(0);
        return version < BOOTSTRAP_VERSION ? List.of(Wording.notBootstrapped(version, settings)) : List.of();
    }

    private List<String> secrets() {
        return Stream.of(
                        secret(settings.operations().slackSecret(), "bot_token", "signing_secret"),
                        secret(settings.delivery().gitSecret(), "username", "password"))
                .flatMap(List::stream)
                .toList();
    }

    private List<String> secret(String name, String... keys) {
        return account.secret(name)
                .map(found -> Stream.of(keys)
                        .filter(key -> isEmpty(found.path(key)))
                        .map(key -> Wording.secretWithout(name, key))
                        .toList())
                .orElseGet(() -> List.of(Wording.noSecret(name, settings.region(), List.of(keys))));
    }

    private static boolean isEmpty(JsonNode value) {
        return value.asText("").isBlank();
    }

    /** Each NAT gateway takes one, unless the network is there already. */
    private List<String> addresses() {
        if (account.hasStack(settings.name() + "-network")) {
            return List.of();
        }
        Account.Addresses addresses = account.addresses();
        int free = addresses.allowed() - addresses.used();
        int wanted = settings.network().natGateways();
        return free < wanted ? List.of(Wording.fewAddresses(addresses, wanted)) : List.of();
    }

    /** As many as the autoscaler may start. */
    private List<String> machines() {
        var nodes = settings.cluster().nodes();
        int allowed = account.quota(CPUS);
        return account.cpus(nodes.type())
                .map(cpus -> cpus * nodes.most())
                .map(wanted -> wanted > allowed ? List.of(Wording.fewCpus(nodes, wanted, allowed)) : List.<String>of())
                .orElseGet(() -> List.of(Wording.noSuchMachine(nodes.type(), settings.region())));
    }

    private List<String> certificate() {
        var argocd = settings.argocd();
        return account.certificate(argocd.certificate())
                .map(found -> {
                    String any = argocd.host().replaceFirst("[^.]+", "*");
                    boolean covers = found.subjectAlternativeNames().contains(argocd.host())
                            || found.subjectAlternativeNames().contains(any);
                    return found.status() == CertificateStatus.ISSUED && covers
                            ? List.<String>of()
                            : List.of(Wording.uselessCertificate(argocd, found.statusAsString(), covers));
                })
                .orElseGet(() -> List.of(Wording.noCertificate(argocd)));
    }

    private List<String> github() {
        return account.trustsGitHub() && !account.hasStack(settings.name() + "-delivery")
                ? List.of(Wording.gitHubIsTrustedAlready(settings))
                : List.of();
    }

    /** Who may not even look is told so; it does not mean that something is missing, but nobody knows. */
    private static List<String> asked(String right, Supplier<List<String>> question) {
        try {
            return question.get();
        } catch (SdkException refused) {
            return List.of(Wording.cannotTell(right, String.valueOf(refused.getMessage())));
        }
    }
}
