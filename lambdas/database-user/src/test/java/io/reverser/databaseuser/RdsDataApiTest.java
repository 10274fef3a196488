package io.reverser.databaseuser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;

/** Runs the AWS SDK over HTTP against a simulated Data API with a real MariaDB server. */
class RdsDataApiTest {

    private static final String CLUSTER = "arn:aws:rds:eu-central-1:111122223333:cluster:dev";
    private static final String EXECUTE = "RdsData.ExecuteStatement";
    private static final ApplicationAccount APPLICATION =
            new ApplicationAccount("visitor", "canary-0123456789", MariaDbServer.DATABASE_NAME);

    private static MariaDbServer server;

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final RdsDataClient client = RdsDataApi.buildClient(RdsDataClient.builder()
            .region(Region.EU_CENTRAL_1)
            .endpointOverride(aws.uri())
            .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("database-user", "secret"))));
    private final RdsDataApi dataApi = new RdsDataApi(client, CLUSTER, "arn:administrator");

    @BeforeAll
    static void start() {
        server = MariaDbServer.start(Path.of("target/database"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        aws.rdsData().register(CLUSTER, server);
        asAdministrator("DROP USER IF EXISTS visitor");
    }

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void grantsOnlyTheApplicationsDatabase() throws SQLException {
        dataApi.createAccount(APPLICATION);
        try (var connection = logIn("canary-0123456789");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS t (a INT)");
            statement.execute("INSERT INTO t VALUES (1)");
            statement.execute("UPDATE t SET a = 2");
            statement.execute("DELETE FROM t");
            for (String forbidden :
                    new String[] {"DROP TABLE t", "CREATE DATABASE other", "SELECT * FROM mysql.user", "CREATE USER u"
                    }) {
                assertThatThrownBy(() -> statement.execute(forbidden)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void grantsAlternatesTheSamePrivileges() throws SQLException {
        asAdministrator("DROP USER IF EXISTS visitor_2");
        APPLICATION.withAlternates(List.of("visitor", "visitor_2")).forEach(dataApi::createAccount);
        assertThat(grants("visitor_2"))
                .hasSize(2)
                .isEqualTo(grants("visitor").stream()
                        .map(grant -> grant.replace("`visitor`", "`visitor_2`"))
                        .toList());
    }

    /** The next deployment must not undo a password rotation. */
    @Test
    void keepsPasswordOfExistingAccount() throws SQLException {
        dataApi.createAccount(APPLICATION);
        asAdministrator("ALTER USER visitor IDENTIFIED BY 'rotated-0123456789'");
        dataApi.createAccount(APPLICATION);
        logIn("rotated-0123456789").close();
        assertThatThrownBy(() -> logIn("canary-0123456789")).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NO_RESPONSE", "CALLER_CRASH"},
            mode = EnumSource.Mode.EXCLUDE)
    void retriesFailedCalls(Fault fault) throws SQLException {
        aws.faults().injectNext(EXECUTE, fault, 2);
        dataApi.createAccount(APPLICATION);
        logIn("canary-0123456789").close();
    }

    /** The process crashes between {@code CREATE USER} and {@code GRANT}. */
    @Test
    void completesAfterCrash() throws SQLException {
        aws.faults().injectNext(EXECUTE, Fault.CALLER_CRASH, 1);
        assertThatThrownBy(() -> dataApi.createAccount(APPLICATION)).isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> logIn("canary-0123456789")).isInstanceOf(SQLException.class);
        aws.faults().clear();
        dataApi.createAccount(APPLICATION);
        logIn("canary-0123456789").close();
    }

    /** A database quotes the statement that it could not parse, and CloudFormation shows the error in its events. */
    @Test
    void hidesDatabaseMessageInErrors() {
        var broken = new ApplicationAccount("visitor", "canary' what", MariaDbServer.DATABASE_NAME);
        assertThatThrownBy(() -> dataApi.createAccount(broken))
                .isInstanceOf(AccountCreationException.class)
                .hasMessageContaining("DatabaseErrorException (HTTP 400")
                .satisfies(refusal -> assertThat(stackTrace(refusal)).doesNotContain("canary", "what"));
    }

    @Test
    void reportsDisabledDataApi() {
        var unknownCluster = new RdsDataApi(client, "arn:nowhere", "arn:administrator");
        assertThatThrownBy(() -> unknownCluster.createAccount(APPLICATION))
                .isInstanceOf(AccountCreationException.class)
                .hasMessageContaining("BadRequestException (HTTP 400");
    }

    private static List<String> grants(String user) throws SQLException {
        var grants = new ArrayList<String>();
        try (var connection = server.connectAsAdministrator();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW GRANTS FOR " + user)) {
            while (rows.next()) {
                grants.add(rows.getString(1).replaceAll(" IDENTIFIED BY PASSWORD '.*'", ""));
            }
        }
        return grants;
    }

    private static Connection logIn(String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://%s:%d/%s".formatted(MariaDbServer.HOST, server.port(), MariaDbServer.DATABASE_NAME),
                "visitor",
                password);
    }

    private static void asAdministrator(String sql) throws SQLException {
        try (var connection = server.connectAsAdministrator();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
