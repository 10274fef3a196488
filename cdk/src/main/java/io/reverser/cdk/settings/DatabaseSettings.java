package io.reverser.cdk.settings;

import io.reverser.configreader.ConfigSection;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The section {@code database}.
 *
 * @param minAcu Aurora capacity units, in halves
 * @param backupRetentionDays from 1 to 35
 */
public record DatabaseSettings(String name, double minAcu, double maxAcu, int backupRetentionDays) {

    /** The account that the reverser begins with. */
    public static final String APPLICATION_USER = "reverser";

    /** Where the database listens. */
    public static final int PORT = 3306;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int MAX_BACKUP_RETENTION_DAYS = 35;

    static DatabaseSettings read(ConfigSection section) {
        ConfigSection database = section.renamed(
                        Map.of("fewest_acu", "min_acu", "most_acu", "max_acu", "backup_days", "backup_retention_days"))
                .movedToTop("protected", "deletion_protection")
                .allowOnly("name", "min_acu", "max_acu", "backup_retention_days");
        double min = readAcu(database, "min_acu");
        double max = readAcu(database, "max_acu");
        if (max < min) {
            database.reject("max_acu", "at least min_acu, " + min);
        }
        int days = database.number("backup_retention_days", 7);
        if (days > MAX_BACKUP_RETENTION_DAYS) {
            database.reject("backup_retention_days", "from 1 to " + MAX_BACKUP_RETENTION_DAYS);
        }
        return new DatabaseSettings(
                database.text("name", NAME, "small letters, digits and underscores"), min, max, days);
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
