package io.reverser.rotation.rotator.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * Trusts the authorities of {@code serverSslCert} and no others. The driver's own plugin also accepts an unknown
 * certificate from a MariaDB server that then proves that it knows the password.
 */
public final class VerifyingTlsSocketPlugin extends DefaultTlsSocketPlugin {

    /** By which a connection asks for it. */
    static final String TYPE = "verified";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public TrustManager[] getTrustManager(Configuration settings, ExceptionFactory failures, HostAddress host)
            throws SQLException {
        try (InputStream file = Files.newInputStream(Path.of(settings.serverSslCert()))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority " + store.size(), authority);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new SQLException("The authorities cannot be read: " + settings.serverSslCert(), "08000", unreadable);
        }
    }
}
