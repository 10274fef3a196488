package io.reverser.cdk.settings;

/** The section {@code database}; {@code settings.schema.json} describes each key. */
public record DatabaseSettings(String name, double minAcu, double maxAcu, int backupRetentionDays) {

    /** The reverser's database account; the first one with the strategy {@code alternating_users}. */
    public static final String APPLICATION_USER = "reverser";

    public static final int PORT = 3306;
}
