package io.reverser.rotation.rotator.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database session of the administrator, the only account that changes passwords. The session holds a server-side
 * lock ({@code GET_LOCK}), so that a slow rotation step and its compensation do not change the same account at the same
 * time.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/password-management.html#dual-passwords">Dual password
 *     support</a>
 */
final class AdminSession implements AutoCloseable {

    private static final String LOCK_PREFIX = "rotation of ";
    private static final int LOCK_TIMEOUT_SECONDS = 10;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

    private final Connection connection;

    private AdminSession(Connection connection) {
        this.connection = connection;
    }

    /** Opens a session. Waits up to ten seconds for the lock, because only one session per database may hold it. */
    static AdminSession open(Connection connection, String database) throws SQLException {
        try {
            var session = new AdminSession(connection);
            if (!session.queryFirstColumn("SELECT GET_LOCK(?, ?)", LOCK_PREFIX + database, LOCK_TIMEOUT_SECONDS)
                    .equals(List.of("1"))) {
                throw new SQLException("Another session holds the lock", "HYT00", 0);
            }
            return session;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** Whether the server supports accounts with two passwords: MySQL from 8.0.14, but not MariaDB. */
    boolean supportsDualPassword() {
        String version = querySingle("SELECT VERSION()");
        Matcher numbers = VERSION.matcher(version);
        if (version.contains("MariaDB") || !numbers.matches()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        int patch = Integer.parseInt(numbers.group(3));
        return major > 8 || (major == 8 && (minor > 0 || patch >= 14));
    }

    String findServerVersion() {
        return querySingle("SELECT VERSION()");
    }

    boolean exists(MySqlAccount account) {
        return !query("SELECT 1 FROM mysql.user WHERE User = ? AND Host = ?", account.user(), account.host())
                .isEmpty();
    }

    /** The authentication plugin of the account, like {@code caching_sha2_password}. */
    String findAuthPlugin(MySqlAccount account) {
        return String.join(
                "", query("SELECT plugin FROM mysql.user WHERE User = ? AND Host = ?", account.user(), account.host()));
    }

    boolean hasSecondaryPassword(MySqlAccount account) {
        return query(
                        "SELECT JSON_UNQUOTE(JSON_EXTRACT(User_attributes, '$.additional_password')) FROM mysql.user"
                                + " WHERE User = ? AND Host = ?",
                        account.user(),
                        account.host())
                .stream()
                .anyMatch(found -> !found.isEmpty() && !found.equals("null"));
    }

    /** The grants of the account, without the account's name, so that the grants of two accounts can be compared. */
    SortedSet<String> findGrants(MySqlAccount account) {
        Pattern itself = Pattern.compile(
                "[`']%s[`']@[`']%s[`'].*".formatted(Pattern.quote(account.user()), Pattern.quote(account.host())));
        return new TreeSet<>(query("SHOW GRANTS FOR ?@?", account.user(), account.host()).stream()
                .map(grant -> itself.matcher(grant)
                        .replaceAll(grant.contains("WITH GRANT OPTION") ? "it WITH GRANT OPTION" : "it"))
                .toList());
    }

    int countSessions(String user) {
        return Integer.parseInt(
                querySingle("SELECT COUNT(*) FROM information_schema.processlist WHERE user = ?", user));
    }

    /** Sets the account's primary password; a secondary password does not change. */
    void setPassword(MySqlAccount account, String password) {
        execute("ALTER USER ?@? IDENTIFIED BY ?", account.user(), account.host(), password);
    }

    /** Sets the account's primary password, and keeps the current password as the secondary one. */
    void setPasswordRetainingCurrent(MySqlAccount account, String password) {
        execute("ALTER USER ?@? IDENTIFIED BY ? RETAIN CURRENT PASSWORD", account.user(), account.host(), password);
    }

    /** Drops the account's secondary password. */
    void discardOldPassword(MySqlAccount account) {
        execute("ALTER USER ?@? DISCARD OLD PASSWORD", account.user(), account.host());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new DatabaseException("Closing the administrator's session", failure);
        }
    }

    private String querySingle(String sql, Object... parameters) {
        return query(sql, parameters).getFirst();
    }

    private List<String> query(String sql, Object... parameters) {
        try {
            return queryFirstColumn(sql, parameters);
        } catch (SQLException failure) {
            throw new DatabaseException(sql, failure);
        }
    }

    private List<String> queryFirstColumn(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        }
    }

    private void execute(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.execute();
        } catch (SQLException failure) {
            throw new DatabaseException(sql, failure);
        }
    }

    /**
     * Prepares a statement in the driver, which inserts the quoted parameters, because a server cannot prepare an
     * {@code ALTER USER} statement.
     */
    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
