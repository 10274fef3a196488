package io.reverser.cdk.deploy;

import io.reverser.cdk.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Whether EKS supports the Kubernetes version of the settings. The cluster's upgrade policy excludes extended support. */
record VersionChecks(AwsAccount account, Settings settings, Instant now) {

    private static final Duration NOTICE = Duration.ofDays(60);

    List<String> checkSupport() {
        return end().filter(now::isBefore).isPresent()
                ? List.of()
                : List.of(
                        DeployMessages.unsupportedKubernetes(settings.cluster().version()));
    }

    /** A warning in the last days of the support. */
    List<String> checkNotice() {
        return end()
                .filter(end -> end.isBefore(now.plus(NOTICE)))
                .map(end -> DeployMessages.endOfKubernetesSupport(
                        settings.cluster().version(), LocalDate.ofInstant(end, ZoneOffset.UTC)))
                .stream()
                .toList();
    }

    private Optional<Instant> end() {
        return account.fetchEndOfStandardSupport(settings.cluster().version());
    }
}
