package io.reverser.runner;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.simulators.DatabaseServer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The reverser's accounts in a database, made once, as a deployment makes them. */
final class DatabaseAccounts {

    private static final int PASSWORD_BYTES = 16;
    private static final String ONLY = "reverser_app";

    private DatabaseAccounts() {}

    /** Makes those that a plan needs, each with a password of its own; the secret with the first of them. */
    static String make(DatabaseServer database, RotationPlan plan) {
        List<Login> logins = (plan.users().isEmpty() ? List.of(ONLY) : plan.users())
                .stream().map(user -> new Login(user, random())).toList();
        for (Login login : logins) {
            database.administer(
                    "DROP USER IF EXISTS %s@'%%'".formatted(login.user()),
                    "CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(login.user(), login.password()),
                    "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON %s.* TO %s@'%%'"
                            .formatted(DatabaseServer.NAME, login.user()));
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("MYSQL_HOST", DatabaseServer.HOST)
                .put("MYSQL_DATABASE", DatabaseServer.NAME)
                .put("MYSQL_USER", logins.getFirst().user())
                .put("MYSQL_PASSWORD", logins.getFirst().password())
                .put("SESSION_KEY", random())
                .toString();
    }

    private static String random() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
