package io.reverser.simulators;

import static io.reverser.simulators.DatabaseServer.ADMINISTRATOR;
import static io.reverser.simulators.DatabaseServer.ADMINISTRATOR_PASSWORD;
import static io.reverser.simulators.DatabaseServer.NAME;

/**
 * The database and the administrator that a server has from its beginning, as statements of one line each.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.MasterAccounts.html">Master user
 *     account privileges</a>
 */
final class Accounts {

    /** Without INSERT, UPDATE and DELETE: there, nobody writes into the server's own tables. */
    private static final String EVERYWHERE = "SELECT, ALTER, ALTER ROUTINE, CREATE, CREATE ROUTINE,"
            + " CREATE TEMPORARY TABLES, CREATE USER, CREATE VIEW, DROP, EVENT, EXECUTE, INDEX, LOCK TABLES, PROCESS,"
            + " REFERENCES, RELOAD, REPLICATION CLIENT, REPLICATION SLAVE, SHOW DATABASES, SHOW VIEW, TRIGGER";

    private Accounts() {}

    /**
     * As they are in every server of this family.
     *
     * @param more privileges that others of the family call something else
     */
    static String administrator(String more) {
        return """
                CREATE DATABASE IF NOT EXISTS %1$s;
                CREATE USER IF NOT EXISTS %2$s@'%%' IDENTIFIED BY '%3$s';
                GRANT %4$s, %5$s ON *.* TO %2$s@'%%' WITH GRANT OPTION;
                GRANT ALL ON %1$s.* TO %2$s@'%%' WITH GRANT OPTION;
                """.formatted(NAME, ADMINISTRATOR, ADMINISTRATOR_PASSWORD, EVERYWHERE, more);
    }
}
