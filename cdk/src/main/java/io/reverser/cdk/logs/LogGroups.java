package io.reverser.cdk.logs;

import io.reverser.cdk.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** Log groups that end; one that AWS makes itself is kept for ever. */
public final class LogGroups {

    /** What CloudWatch offers, in days. */
    public static final Map<Integer, RetentionDays> RETENTION = new TreeMap<>(Map.of(
            1, RetentionDays.ONE_DAY,
            7, RetentionDays.ONE_WEEK,
            14, RetentionDays.TWO_WEEKS,
            30, RetentionDays.ONE_MONTH,
            90, RetentionDays.THREE_MONTHS,
            180, RetentionDays.SIX_MONTHS,
            365, RetentionDays.ONE_YEAR,
            731, RetentionDays.TWO_YEARS));

    private LogGroups() {}

    /** A group with a name of CloudFormation's choice. */
    public static LogGroup create(Construct scope, String id, Settings settings) {
        return create(LogGroup.Builder.create(scope, id), settings);
    }

    /** A group with a name that AWS expects. */
    public static LogGroup create(Construct scope, String id, Settings settings, String name) {
        return create(LogGroup.Builder.create(scope, id).logGroupName(name), settings);
    }

    private static LogGroup create(LogGroup.Builder group, Settings settings) {
        return group.retention(RETENTION.get(settings.operations().logRetentionDays()))
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }
}
