package io.reverser.cdk.deploy;

import io.reverser.cdk.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.acm.model.CertificateStatus;

/** Whether both host names have a certificate; the load balancer of a host without one is never created. */
record CertificateChecks(AwsAccount account, Settings settings, Path repository) {

    List<String> checkArgoCd() {
        var argocd = settings.argocd();
        return account.describeCertificate(argocd.certificate())
                .map(found -> {
                    boolean covers = covers(found.subjectAlternativeNames(), argocd.host());
                    return found.status() == CertificateStatus.ISSUED && covers
                            ? List.<String>of()
                            : List.of(DeployMessages.unusableCertificate(argocd, found.statusAsString(), covers));
                })
                .orElseGet(() -> List.of(DeployMessages.missingCertificate(argocd)));
    }

    /** The AWS Load Balancer Controller looks for an issued certificate with the host name of the Ingress. */
    List<String> checkReverser() {
        Optional<String> host;
        try {
            host = ReverserIngress.readHost(repository, settings.name());
        } catch (IOException malformed) {
            return List.of(DeployMessages.malformedOverlay(settings.name(), String.valueOf(malformed.getMessage())));
        }
        if (host.isEmpty()) {
            return List.of(DeployMessages.missingOverlay(settings.name()));
        }
        return covers(account.listCertifiedHosts(), host.get())
                ? List.of()
                : List.of(DeployMessages.noCertificateFor(host.get(), settings));
    }

    private static boolean covers(Collection<String> names, String host) {
        return names.contains(host) || names.contains(host.replaceFirst("[^.]+", "*"));
    }
}
