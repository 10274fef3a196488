package io.reverser.cdk.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Before anything is created, finds the problems that would make a deployment fail halfway.
 *
 * @param account the account to deploy into
 * @param slack the Slack workspace of the environment
 * @param git the repository that Argo CD deploys from
 * @param settings of the environment
 * @param repository this repository's folder
 * @param templates the files of the environment's templates
 * @param now the current time
 */
public record Preflight(
        AwsAccount account,
        SlackWorkspace slack,
        GitRepository git,
        Settings settings,
        Path repository,
        List<Path> templates,
        Instant now) {

    private static final int MIN_BOOTSTRAP_VERSION = 21;

    public Preflight {
        templates = List.copyOf(templates);
    }

    /** All problems, as messages for the person who deploys; empty if there are none. */
    public List<String> findProblems() {
        Optional<String> problem = checkAccount(account, settings);
        if (problem.isPresent()) {
            return List.of(problem.get());
        }
        try {
            return findProblems(DeployedStacks.fetch(account, templates));
        } catch (SdkException refused) {
            return List.of(failedCheck(refused));
        }
    }

    /** What does not prevent the deployment, but should be known. */
    public List<String> findWarnings() {
        return run(new VersionChecks(account, settings, now)::checkNotice);
    }

    /** Whether the credentials are valid and for the account in the settings; empty if they are. */
    static Optional<String> checkAccount(AwsAccount account, Settings settings) {
        try {
            String id = account.fetchId();
            return id.equals(settings.account())
                    ? Optional.empty()
                    : Optional.of(DeployMessages.wrongAccount(id, settings));
        } catch (SdkClientException noCredentials) {
            return Optional.of(DeployMessages.noCredentials());
        } catch (SdkException rejected) {
            return Optional.of(DeployMessages.rejectedCredentials(String.valueOf(rejected.getMessage())));
        }
    }

    private List<String> findProblems(DeployedStacks stacks) {
        var tokens = new TokenChecks(slack, git, settings, repository);
        var capacity = new CapacityChecks(account, stacks, settings);
        var identities = new IdentityChecks(account, stacks, settings);
        var certificates = new CertificateChecks(account, settings, repository);
        var versions = new VersionChecks(account, settings, now);
        var problems = new ArrayList<String>();
        Stream.<Supplier<List<String>>>of(
                        this::checkBootstrap,
                        () -> stacks.findBlocked(settings.region()),
                        () -> checkNames(stacks),
                        () -> checkSecret(
                                settings.operations().slackSecret(), tokens::checkSlack, "bot_token", "signing_secret"),
                        () -> checkSecret(settings.delivery().gitSecret(), tokens::checkGit, "username", "password"),
                        capacity::checkZones,
                        capacity::checkInstanceType,
                        capacity::checkElasticIps,
                        capacity::checkVpcs,
                        capacity::checkEksClusters,
                        capacity::checkVcpus,
                        versions::checkSupport,
                        certificates::checkArgoCd,
                        certificates::checkReverser,
                        identities::checkPrincipals,
                        identities::checkGitHubOidcProvider)
                .forEach(check -> problems.addAll(run(check)));
        return problems;
    }

    private List<String> checkBootstrap() {
        int version = account.fetchBootstrapVersion().orElse(0);
        return version < MIN_BOOTSTRAP_VERSION ? List.of(DeployMessages.notBootstrapped(version, settings)) : List.of();
    }

    /** CloudFormation cannot create a resource whose name is taken, for example by the remains of a deleted stack. */
    private List<String> checkNames(DeployedStacks stacks) {
        return templates.stream()
                .filter(template -> stacks.isMissing(DeployedStacks.name(template)))
                .flatMap(template -> NamedResource.read(template, settings).stream()
                        .filter(resource -> resource.existsIn(account))
                        .map(resource ->
                                DeployMessages.takenName(resource, DeployedStacks.name(template), settings.region())))
                .toList();
    }

    /** Checks the keys of a secret, and if it has all, the token in it. */
    private List<String> checkSecret(String name, Function<JsonNode, List<String>> tokenCheck, String... keys) {
        Optional<JsonNode> secret = account.readSecret(name);
        if (secret.isEmpty()) {
            return List.of(DeployMessages.missingSecret(name, settings.region(), List.of(keys)));
        }
        List<String> missing = Stream.of(keys)
                .filter(key -> secret.get().path(key).asText("").isBlank())
                .map(key -> DeployMessages.missingSecretKey(name, key))
                .toList();
        return missing.isEmpty() ? tokenCheck.apply(secret.get()) : missing;
    }

    /**
     * Runs a check. If it cannot run, usually because a permission is missing, this is reported as a problem, although
     * the checked resource may be fine.
     */
    private List<String> run(Supplier<List<String>> check) {
        try {
            return check.get();
        } catch (SdkException refused) {
            return List.of(failedCheck(refused));
        }
    }

    private String failedCheck(SdkException refused) {
        return DeployMessages.failedCheck(account.lastCall(), String.valueOf(refused.getMessage()));
    }
}
