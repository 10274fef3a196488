package io.reverser.rotation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The database, over TLS that is verified or not at all. */
final class Database {

    private static final int REFUSED = 1045;
    private static final String CONNECT_MS = "5000";
    private static final String ANSWER_MS = "15000";

    private final Connector connector;
    private final Path authorities;
    private final int port;

    /** Makes a connection from an address and its properties; {@link DriverManager} does. */
    interface Connector {
        Connection connect(String url, Properties properties) throws SQLException;
    }

    /**
     * Nothing is connected yet.
     *
     * @param authorities PEM file of those who may sign the server's certificate
     * @param port where a host does not say another
     */
    Database(Connector connector, Path authorities, int port) {
        this.connector = connector;
        this.authorities = authorities;
        this.port = port;
    }

    /**
     * Whether a server lets somebody in.
     *
     * @param host or host and port
     * @throws DatabaseFailure when it says neither yes nor no
     */
    boolean letsIn(String host, String database, Login login) {
        try (Connection connection = connect(host, database, login)) {
            return connection.isValid(1);
        } catch (SQLException failure) {
            if (failure.getErrorCode() == REFUSED) {
                return false;
            }
            throw new DatabaseFailure("A login of " + login.user() + " at " + host, failure);
        }
    }

    /** Whether the server that a secret names lets its login in. */
    boolean letsIn(DatabaseSecret secret) {
        return letsIn(secret.host(), secret.database(), secret.login());
    }

    /** The account that a login belongs to, as the server finds it. */
    Account account(DatabaseSecret secret) {
        try (Connection connection = connect(secret.host(), secret.database(), secret.login());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT CURRENT_USER()")) {
            rows.next();
            String account = rows.getString(1);
            int at = account.lastIndexOf('@');
            return new Account(account.substring(0, at), account.substring(at + 1));
        } catch (SQLException failure) {
            throw new DatabaseFailure("A login of " + secret.login().user() + " at " + secret.host(), failure);
        }
    }

    /** A session of the administrator; nobody else has one about the same database at the same time. */
    Administration administer(DatabaseSecret about, Login administrator) {
        String host = about.host();
        try {
            return Administration.begin(connect(host, "", administrator), about.database());
        } catch (SQLException failure) {
            throw new DatabaseFailure("The administrator at " + host, failure);
        }
    }

    private Connection connect(String host, String database, Login login) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("sslMode", "verify-full");
        properties.setProperty("tlsSocketType", VerifiedTls.TYPE);
        properties.setProperty("serverSslCert", authorities.toString());
        properties.setProperty("connectTimeout", CONNECT_MS);
        properties.setProperty("socketTimeout", ANSWER_MS);
        properties.setProperty("allowLocalInfile", "false");
        String place = host.contains(":") ? host : host + ":" + port;
        return connector.connect("jdbc:mariadb://" + place + "/" + database, properties);
    }
}
