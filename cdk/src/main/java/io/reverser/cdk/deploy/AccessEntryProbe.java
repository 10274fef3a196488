package io.reverser.cdk.deploy;

import io.reverser.cdk.settings.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.CreateAccessEntryRequest;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Makes real calls to EKS with the policies of granter. A role with a copy of the policies, which the caller can assume,
 * creates an access entry for a person who has none. The entry has no access policy and no group, so that it gives no
 * access. The entry and the role are deleted afterwards.
 */
final class AccessEntryProbe {

    private static final String GRANTER = "functions/AccessGranterRole";
    private static final String MANAGED_TAG = "cluster-access:managed";
    private static final int FORBIDDEN = 403;
    /** IAM needs some seconds until a new role works everywhere. */
    private static final Duration PROPAGATION_TIMEOUT = Duration.ofMinutes(1);

    private final AwsAccount account;
    private final Settings settings;
    private final String cluster;
    private final String roleName;
    private final List<String> problems = new ArrayList<>();

    /** The principals whose entries this probe created and did not delete. */
    private final Set<String> created = new HashSet<>();

    private int calls;

    AccessEntryProbe(AwsAccount account, Settings settings) {
        this.account = account;
        this.settings = settings;
        cluster = settings.cluster().name();
        roleName = settings.name() + "-permission-probe";
    }

    /** The number of calls that were made with the policies. */
    int calls() {
        return calls;
    }

    /** The calls that did not end as expected, as messages. */
    List<String> findProblems(Map<String, String> arns) {
        String granter = String.valueOf(arns.get(GRANTER)).replaceFirst(".*/", "");
        try (var iam = account.build(IamClient.builder());
                var eks = account.build(EksClient.builder())) {
            Optional<String> person = findPersonWithoutEntry(eks);
            if (person.isEmpty()) {
                return List.of(DeployMessages.noPersonForProbe(cluster));
            }
            deleteRole(iam);
            try {
                String roleArn = createRole(iam, granter);
                try (var probe = assume(roleArn).build(EksClient.builder())) {
                    awaitPropagation(() -> probe.listAccessEntries(request -> request.clusterName(cluster)));
                    makeCalls(probe, roleArn, person.get());
                }
            } finally {
                created.forEach(principal -> deleteEntry(eks, principal));
                deleteRole(iam);
            }
        }
        return problems;
    }

    private Optional<String> findPersonWithoutEntry(EksClient eks) {
        Set<String> taken = new HashSet<>();
        eks.listAccessEntriesPaginator(request -> request.clusterName(cluster))
                .accessEntries()
                .forEach(taken::add);
        return settings.access().principalArns().stream()
                .filter(principal -> !taken.contains(principal))
                .reduce((former, last) -> last);
    }

    private void makeCalls(EksClient probe, String roleArn, String person) {
        expectDenied("an entry for a principal that is not in the settings", probe, entry(roleArn));
        expectDenied("an entry without the tag", probe, entry(person).tags(Map.of()));
        expectDenied("an entry in a Kubernetes group", probe, entry(person).kubernetesGroups("rotation"));
        expect(true, "an entry for a person in the settings", () -> create(probe, entry(person)));
        expect(true, "deleting this entry", () -> {
            probe.deleteAccessEntry(request -> request.clusterName(cluster).principalArn(person));
            created.remove(person);
        });
    }

    private CreateAccessEntryRequest.Builder entry(String principal) {
        return CreateAccessEntryRequest.builder()
                .clusterName(cluster)
                .principalArn(principal)
                .type("STANDARD")
                .tags(Map.of(MANAGED_TAG, "v1"));
    }

    private void expectDenied(String what, EksClient probe, CreateAccessEntryRequest.Builder entry) {
        expect(false, what, () -> create(probe, entry));
    }

    private void create(EksClient probe, CreateAccessEntryRequest.Builder entry) {
        CreateAccessEntryRequest request = entry.build();
        probe.createAccessEntry(request);
        created.add(request.principalArn());
    }

    private void expect(boolean allowed, String what, Runnable call) {
        calls++;
        Optional<AwsServiceException> failure = failure(call);
        if (allowed
                ? failure.isPresent()
                : failure.filter(AccessEntryProbe::isDenied).isEmpty()) {
            problems.add(DeployMessages.unexpectedCall(
                    what,
                    allowed,
                    failure.map(denied -> denied.awsErrorDetails().errorMessage())
                            .orElse("EKS accepted it")));
        }
    }

    private static Optional<AwsServiceException> failure(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (AwsServiceException failed) {
            return Optional.of(failed);
        }
    }

    private static boolean isDenied(AwsServiceException failure) {
        return failure.statusCode() == FORBIDDEN;
    }

    /** Creates the role with a copy of granter's policies, for the caller's account to assume. */
    private String createRole(IamClient iam, String granter) {
        String trust = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                 "Principal": {"AWS": "arn:aws:iam::%s:root"}}]}""".formatted(settings.account());
        String arn = iam.createRole(request -> request.roleName(roleName)
                        .assumeRolePolicyDocument(trust)
                        .description("Deleted at the end of ./platform verify-permissions")
                        .tags(Tag.builder()
                                .key("platform")
                                .value("permission-probe")
                                .build()))
                .role()
                .arn();
        // CDK divides large policies into inline and managed ones.
        iam.listAttachedRolePolicies(request -> request.roleName(granter))
                .attachedPolicies()
                .forEach(policy -> iam.attachRolePolicy(
                        request -> request.roleName(roleName).policyArn(policy.policyArn())));
        for (String policy :
                iam.listRolePolicies(request -> request.roleName(granter)).policyNames()) {
            String document = iam.getRolePolicy(
                            request -> request.roleName(granter).policyName(policy))
                    .policyDocument();
            iam.putRolePolicy(request -> request.roleName(roleName)
                    .policyName(policy)
                    .policyDocument(URLDecoder.decode(document, StandardCharsets.UTF_8)));
        }
        return arn;
    }

    private AwsAccount assume(String roleArn) {
        try (var sts = account.build(StsClient.builder())) {
            Credentials session = awaitPropagation(
                    () -> sts.assumeRole(request -> request.roleArn(roleArn).roleSessionName("probe"))
                            .credentials());
            return account.withCredentials(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                    session.accessKeyId(), session.secretAccessKey(), session.sessionToken())));
        }
    }

    /** Repeats a call while it is denied. */
    private static <T> T awaitPropagation(Supplier<T> call) {
        Instant end = Instant.now().plus(PROPAGATION_TIMEOUT);
        while (true) {
            try {
                return call.get();
            } catch (AwsServiceException failure) {
                if (!isDenied(failure) || Instant.now().isAfter(end)) {
                    throw failure;
                }
            }
            try {
                Thread.sleep(Duration.ofSeconds(2));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private void deleteEntry(EksClient eks, String principal) {
        try {
            eks.deleteAccessEntry(request -> request.clusterName(cluster).principalArn(principal));
        } catch (ResourceNotFoundException none) {
            // Another process, such as granter's sweep, deleted it meanwhile.
        }
    }

    private void deleteRole(IamClient iam) {
        try {
            iam.listAttachedRolePolicies(request -> request.roleName(roleName))
                    .attachedPolicies()
                    .forEach(policy -> iam.detachRolePolicy(
                            request -> request.roleName(roleName).policyArn(policy.policyArn())));
            iam.listRolePolicies(request -> request.roleName(roleName))
                    .policyNames()
                    .forEach(policy -> iam.deleteRolePolicy(
                            request -> request.roleName(roleName).policyName(policy)));
            iam.deleteRole(request -> request.roleName(roleName));
        } catch (NoSuchEntityException none) {
            // An earlier run deleted it.
        }
    }
}
