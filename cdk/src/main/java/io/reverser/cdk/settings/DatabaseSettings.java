package io.reverser.cdk.settings;

/** The section {@code database}; {@code settings.schema.json} describes each key. */
public record DatabaseSettings(String name, double minAcu, double maxAcu, int backupRetentionDays) {

    /** The first account of the reverser. */
    public static final String APPLICATION_USER = "reverser";

    public static final int PORT = 3306;
}
