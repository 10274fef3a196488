package io.reverser.cdk.settings;

import io.reverser.configreader.ConfigSection;
import java.util.regex.Pattern;

/**
 * The section {@code database}.
 *
 * @param minAcu Aurora capacity units, in halves
 * @param backupRetentionDays from 1 to 35
 * @param deletionProtection whether neither people nor CloudFormation can delete it
 */
public record DatabaseSettings(
        String name, double minAcu, double maxAcu, int backupRetentionDays, boolean deletionProtection) {

    /** The account that the reverser begins with. */
    public static final String APPLICATION_USER = "reverser";

    /** Where the database listens. */
    public static final int PORT = 3306;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int MAX_BACKUP_RETENTION_DAYS = 35;

    static DatabaseSettings read(ConfigSection database) {
        database.allowOnly("name", "fewest_acu", "most_acu", "backup_days", "protected");
        double min = readAcu(database, "fewest_acu");
        double max = readAcu(database, "most_acu");
        if (max < min) {
            database.reject("most_acu", "at least the fewest, " + min);
        }
        int days = database.number("backup_days", 7);
        if (days > MAX_BACKUP_RETENTION_DAYS) {
            database.reject("backup_days", "from 1 to " + MAX_BACKUP_RETENTION_DAYS);
        }
        return new DatabaseSettings(
                database.text("name", NAME, "small letters, digits and underscores"),
                min,
                max,
                days,
                database.flag("protected"));
    }

    private static double readAcu(ConfigSection database, String key) {
        double units = database.node().path(key).asDouble(-1);
        boolean halves = units >= 0.5 && units <= 128 && units * 2 == Math.rint(units * 2);
        if (!halves) {
            database.reject(key, "Aurora capacity units from 0.5 to 128, in halves");
        }
        return units;
    }
}
