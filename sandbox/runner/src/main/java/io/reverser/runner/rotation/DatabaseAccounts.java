package io.reverser.runner.rotation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reverser.rotation.plan.RotationPlan;
import io.reverser.runner.cluster.ReverserCredentials;
import io.reverser.simulators.database.DatabaseServer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The reverser's database accounts. The sandbox creates them once, as a deployment does. */
final class DatabaseAccounts {

    private static final int PASSWORD_BYTES = 16;
    private static final String DEFAULT_USER = "reverser_app";

    private DatabaseAccounts() {}

    /**
     * Creates the database accounts that a rotation plan needs, each with a different password. Returns the value of
     * the secret for the first account.
     */
    static String create(DatabaseServer database, RotationPlan plan) {
        List<ReverserCredentials> allCredentials = (plan.users().isEmpty() ? List.of(DEFAULT_USER) : plan.users())
                .stream()
                        .map(user -> new ReverserCredentials(user, randomHex()))
                        .toList();
        for (ReverserCredentials credentials : allCredentials) {
            database.executeAsAdministrator(
                    "DROP USER IF EXISTS %s@'%%'".formatted(credentials.user()),
                    "CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(credentials.user(), credentials.password()),
                    "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON %s.* TO %s@'%%'"
                            .formatted(DatabaseServer.DATABASE_NAME, credentials.user()));
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("MYSQL_HOST", DatabaseServer.HOST)
                .put("MYSQL_DATABASE", DatabaseServer.DATABASE_NAME)
                .put("MYSQL_USER", allCredentials.getFirst().user())
                .put("MYSQL_PASSWORD", allCredentials.getFirst().password())
                .put("SESSION_KEY", randomHex())
                .toString();
    }

    private static String randomHex() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
