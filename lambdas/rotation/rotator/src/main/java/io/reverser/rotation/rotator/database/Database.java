package io.reverser.rotation.rotator.database;

import io.reverser.rotation.rotator.secret.DatabaseSecret;
import io.reverser.rotation.rotator.secret.MySqlCredentials;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Connects to the database, only over verified TLS. */
public final class Database {

    private static final int ACCESS_DENIED_ERROR = 1045;
    private static final String CONNECT_TIMEOUT_MS = "5000";
    private static final String SOCKET_TIMEOUT_MS = "15000";

    private final Connector connector;
    private final Path caBundle;
    private final int port;

    /** Opens a connection; {@link DriverManager} in production. */
    public interface Connector {
        Connection connect(String url, Properties properties) throws SQLException;
    }

    /**
     * Connections are opened later, when a method needs one.
     *
     * @param caBundle PEM file of the certificate authorities to trust
     * @param port the default port, for hosts without one
     */
    public Database(Connector connector, Path caBundle, int port) {
        this.connector = connector;
        this.caBundle = caBundle;
        this.port = port;
    }

    /**
     * Whether a server accepts a login.
     *
     * @param host a host, or a host and a port
     * @throws DatabaseException when the server neither accepts nor rejects the login
     */
    public boolean canLogIn(String host, String database, MySqlCredentials credentials) {
        try (Connection connection = connect(host, database, credentials)) {
            return connection.isValid(1);
        } catch (SQLException failure) {
            if (failure.getErrorCode() == ACCESS_DENIED_ERROR) {
                return false;
            }
            throw new DatabaseException("Could not log in to " + host + " as " + credentials.user(), failure);
        }
    }

    /** Whether the database server in a secret accepts the login in the secret. */
    boolean canLogIn(DatabaseSecret secret) {
        return canLogIn(secret.host(), secret.database(), secret.credentials());
    }

    /** The account that the server selects for the login in the secret. */
    MySqlAccount findAccount(DatabaseSecret secret) {
        try (Connection connection = connect(secret.host(), secret.database(), secret.credentials());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT CURRENT_USER()")) {
            rows.next();
            String account = rows.getString(1);
            int at = account.lastIndexOf('@');
            return new MySqlAccount(account.substring(0, at), account.substring(at + 1));
        } catch (SQLException failure) {
            throw new DatabaseException(
                    "Could not log in to " + secret.host() + " as "
                            + secret.credentials().user(),
                    failure);
        }
    }

    /** Opens an administrator session; a lock allows one session at a time for each database. */
    AdminSession openAdminSession(DatabaseSecret secret, MySqlCredentials administrator) {
        String host = secret.host();
        try {
            return AdminSession.open(connect(host, "", administrator), secret.database());
        } catch (SQLException failure) {
            throw new DatabaseException("Could not log in to " + host + " as the administrator", failure);
        }
    }

    private Connection connect(String host, String database, MySqlCredentials credentials) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", credentials.user());
        properties.setProperty("password", credentials.password());
        properties.setProperty("sslMode", "verify-full");
        properties.setProperty("tlsSocketType", VerifyingTlsSocketPlugin.TYPE);
        properties.setProperty("serverSslCert", caBundle.toString());
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_MS);
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_MS);
        properties.setProperty("allowLocalInfile", "false");
        String hostAndPort = host.contains(":") ? host : host + ":" + port;
        return connector.connect("jdbc:mariadb://" + hostAndPort + "/" + database, properties);
    }
}
