package io.reverser.cdk.settings;

import io.reverser.settings.Section;
import java.util.regex.Pattern;

/**
 * The section {@code database}.
 *
 * @param fewestAcu Aurora capacity units, in halves
 * @param backupDays from 1 to 35
 * @param isProtected whether neither people nor CloudFormation can delete it
 */
public record DatabaseSettings(String name, double fewestAcu, double mostAcu, int backupDays, boolean isProtected) {

    /** The account that the reverser begins with. */
    public static final String USER = "reverser";

    /** Where the database listens. */
    public static final int PORT = 3306;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int MOST_DAYS = 35;

    static DatabaseSettings read(Section database) {
        database.knows("name", "fewest_acu", "most_acu", "backup_days", "protected");
        double fewest = capacity(database, "fewest_acu");
        double most = capacity(database, "most_acu");
        if (most < fewest) {
            database.problem("most_acu", "at least the fewest, " + fewest);
        }
        int days = database.number("backup_days", 7);
        if (days > MOST_DAYS) {
            database.problem("backup_days", "from 1 to " + MOST_DAYS);
        }
        return new DatabaseSettings(
                database.text("name", NAME, "small letters, digits and underscores"),
                fewest,
                most,
                days,
                database.flag("protected"));
    }

    private static double capacity(Section database, String key) {
        double units = database.node().path(key).asDouble(-1);
        boolean halves = units >= 0.5 && units <= 128 && units * 2 == Math.rint(units * 2);
        if (!halves) {
            database.problem(key, "Aurora capacity units from 0.5 to 128, in halves");
        }
        return units;
    }
}
