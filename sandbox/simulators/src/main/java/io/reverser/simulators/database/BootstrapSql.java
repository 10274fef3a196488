package io.reverser.simulators.database;

import static io.reverser.simulators.database.DatabaseServer.ADMINISTRATOR;
import static io.reverser.simulators.database.DatabaseServer.ADMINISTRATOR_PASSWORD;
import static io.reverser.simulators.database.DatabaseServer.DATABASE_NAME;

/**
 * SQL statements that create the first database and its administrator. Each statement is on one line, as the server
 * requires at startup.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.MasterAccounts.html">Master user
 *     account privileges</a>
 */
final class BootstrapSql {

    /**
     * The administrator's global privileges. INSERT, UPDATE and DELETE are not among them, because Aurora's master user
     * cannot write to system tables.
     */
    private static final String GLOBAL_PRIVILEGES = "SELECT, ALTER, ALTER ROUTINE, CREATE, CREATE ROUTINE,"
            + " CREATE TEMPORARY TABLES, CREATE USER, CREATE VIEW, DROP, EVENT, EXECUTE, INDEX, LOCK TABLES, PROCESS,"
            + " REFERENCES, RELOAD, REPLICATION CLIENT, REPLICATION SLAVE, SHOW DATABASES, SHOW VIEW, TRIGGER";

    private BootstrapSql() {}

    /**
     * Returns the statements for MySQL or for MariaDB.
     *
     * @param extraPrivileges privileges that have different names in MySQL and MariaDB
     */
    static String forAdministrator(String extraPrivileges) {
        return """
                CREATE DATABASE IF NOT EXISTS %1$s;
                CREATE USER IF NOT EXISTS %2$s@'%%' IDENTIFIED BY '%3$s';
                GRANT %4$s, %5$s ON *.* TO %2$s@'%%' WITH GRANT OPTION;
                GRANT ALL ON %1$s.* TO %2$s@'%%' WITH GRANT OPTION;
                """.formatted(DATABASE_NAME, ADMINISTRATOR, ADMINISTRATOR_PASSWORD, GLOBAL_PRIVILEGES, extraPrivileges);
    }
}
