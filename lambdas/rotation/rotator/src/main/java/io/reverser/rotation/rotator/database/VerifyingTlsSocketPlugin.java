package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.tls.CertificateAuthorities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * Trusts only the certificate authorities in the connection property {@code serverSslCert}. The driver's own plugin
 * also accepts an unknown certificate from a MariaDB server that proves knowledge of the password afterwards.
 */
public final class VerifyingTlsSocketPlugin extends DefaultTlsSocketPlugin {

    /** The value of the connection property that selects this plugin. */
    static final String TYPE = "verified";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public TrustManager[] getTrustManager(Configuration settings, ExceptionFactory failures, HostAddress host)
            throws SQLException {
        try (InputStream file = Files.newInputStream(Path.of(settings.serverSslCert()))) {
            return CertificateAuthorities.trustManagers(file);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new SQLException(
                    "Cannot read the certificate authorities in " + settings.serverSslCert(), "08000", unreadable);
        }
    }
}
