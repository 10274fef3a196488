package io.reverser.cdk.settings;

/** The section {@code database}; {@code settings.schema.json} describes each key. */
public record DatabaseSettings(String name, double minAcu, double maxAcu, boolean reader, int backupRetentionDays) {

    /**
     * Name of the reverser's database account; with the rotation strategy {@code alternating_users}, the first of its
     * two accounts.
     */
    public static final String APPLICATION_USER = "reverser";

    public static final int PORT = 3306;
}
