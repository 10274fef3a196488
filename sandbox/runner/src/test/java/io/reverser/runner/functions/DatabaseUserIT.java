package io.reverser.runner.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.runner.process.ItFolder;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.lambda.FunctionFailed;
import io.reverser.simulators.aws.lambda.FunctionPackage;
import io.reverser.simulators.aws.lambda.LambdaFunction;
import io.reverser.simulators.database.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the packaged function that creates the reverser's database account, called as in the first deployment. */
class DatabaseUserIT {

    private static final Path HOME = ItFolder.PATH.resolve("database-user");
    private static final String CLUSTER = "arn:aws:rds:eu-central-1:111122223333:cluster:dev";
    private static final String SECRET = """
            {"MYSQL_HOST": "h", "MYSQL_USER": "newcomer", "MYSQL_PASSWORD": "%s", "MYSQL_DATABASE": "reverser"}""";

    private static MariaDbServer database;
    private static AwsEndpoint aws;
    private static LambdaFunction function;

    @BeforeAll
    static void start() {
        database = MariaDbServer.start(HOME.resolve("mariadb"));
        aws = AwsEndpoint.start();
        aws.rdsData().register(CLUSTER, database);
        Path zip = Path.of("..", "..", "lambdas", "database-user", "target", "function.zip");
        function = LambdaFunction.of(
                FunctionPackage.unzip("database-user", zip, HOME, FunctionPackage.QUARKUS_HANDLER),
                Map.of(
                        "AWS_REGION", "eu-central-1",
                        "AWS_ENDPOINT_URL", aws.uri().toString(),
                        "DATABASE_CLUSTER_ARN", CLUSTER,
                        "DATABASE_ADMINISTRATOR_SECRET", "administrator",
                        "DATABASE_APPLICATION_SECRET", "application"));
    }

    @AfterAll
    static void stop() {
        function.close();
        aws.close();
        database.close();
    }

    @Test
    void createsTheAccountOnceAndLogsIt() throws SQLException, IOException {
        aws.secretsManager().putSecret("application", SECRET.formatted("canary-0123456789"));
        assertThat(function.invoke("{}")).isEqualTo("\"newcomer in reverser\"");
        assertThat(function.invoke("{}")).isEqualTo("\"newcomer in reverser\"");
        DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:%d/reverser".formatted(database.port()),
                        "newcomer",
                        "canary-0123456789")
                .close();
        assertThat(Files.readString(HOME.resolve("database-user.log")))
                .contains("The account newcomer in reverser exists, with its privileges")
                .doesNotContain("canary");
    }

    /** CloudFormation shows the function's error as the reason for the failed deployment. */
    @Test
    void failsTheDeploymentWithTheReason() throws IOException {
        aws.secretsManager().putSecret("application", SECRET.formatted("canary' OR 0123456789"));
        assertThatThrownBy(() -> function.invoke("{}"))
                .isInstanceOf(FunctionFailed.class)
                .hasMessageContaining("The application's secret has no usable MYSQL_PASSWORD: expected 16 to 128");
        assertThat(Files.readString(HOME.resolve("database-user.log"))).doesNotContain("canary");
    }
}
