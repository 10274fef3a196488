package io.reverser.cdk.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for names from which the names of resources are made. */
final class NameRules {

    /** ECR and RDS refuse two hyphens in a row; ELB and S3 refuse the names that begin with these words. */
    private static final Pattern ENVIRONMENT =
            Pattern.compile("(?!internal-|sthree-|amzn-s3-demo-)[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final int MAX_LOAD_BALANCER_NAME = 32;
    private static final int MAX_BUCKET_NAME = 63;

    /** The schemas of MySQL itself, and the words that MySQL 8.0 and 8.4 reserve. */
    private static final Set<String> RESERVED_BY_MYSQL = Set.of("""
            mysql sys information_schema performance_schema
            accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade
            case change char character check collate column condition constraint continue convert create cross cube
            cume_dist current_date current_time current_timestamp current_user cursor database databases day_hour
            day_microsecond day_minute day_second dec decimal declare default delayed delete dense_rank desc describe
            deterministic distinct distinctrow div double drop dual each else elseif empty enclosed escaped except exists
            exit explain false fetch first_value float float4 float8 for force foreign from fulltext function generated get
            grant group grouping groups having high_priority hour_microsecond hour_minute hour_second if ignore in index
            infile inner inout insensitive insert int int1 int2 int3 int4 int8 integer intersect interval into io_after_gtids
            io_before_gtids is iterate join json_table key keys kill lag last_value lateral lead leading leave left like
            limit linear lines load localtime localtimestamp lock long longblob longtext loop low_priority manual
            master_bind master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext middleint
            minute_microsecond minute_second mod modifies natural not no_write_to_binlog nth_value ntile null numeric of on
            optimize optimizer_costs option optionally or order out outer outfile over parallel partition percent_rank
            precision primary procedure purge qualify range rank read reads read_write real recursive references regexp
            release rename repeat replace require resignal restrict return revoke right rlike row rows row_number schema
            schemas second_microsecond select sensitive separator set show signal smallint spatial specific sql sqlexception
            sqlstate sqlwarning sql_big_result sql_calc_found_rows sql_small_result ssl starting stored straight_join system
            table tablesample terminated then tinyblob tinyint tinytext to trailing trigger true undo union unique unlock
            unsigned update usage use using utc_date utc_time utc_timestamp values varbinary varchar varcharacter varying
            virtual when where while window with write xor year_month zerofill""".split("\\s+", 0));

    private NameRules() {}

    /** Checks the name of an environment, which is the name of its settings file, and the name of its database. */
    static void check(String environment, ConfigSection settings) {
        checkEnvironment(environment, settings);
        ConfigSection database = settings.section("database");
        if (RESERVED_BY_MYSQL.contains(database.text("name").toLowerCase(Locale.ROOT))) {
            database.reject("name", "a name that MySQL does not reserve");
        }
    }

    private static void checkEnvironment(String environment, ConfigSection settings) {
        String bucketSuffix = "-access-logs-123456789012-" + settings.text("region");
        int max = Math.min(MAX_LOAD_BALANCER_NAME - "-reverser".length(), MAX_BUCKET_NAME - bucketSuffix.length());
        if (!ENVIRONMENT.matcher(environment).matches() || environment.length() > max) {
            settings.report(
                    "",
                    ("the environment has the name of this file, which begins the names of load balancers and buckets;"
                                    + " expected at most %d lowercase letters and digits, in groups between single hyphens,"
                                    + " not beginning with internal-, sthree- or amzn-s3-demo-")
                            .formatted(max));
        }
    }
}
