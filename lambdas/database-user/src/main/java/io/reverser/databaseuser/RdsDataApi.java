package io.reverser.databaseuser;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClientBuilder;
import software.amazon.awssdk.services.rdsdata.model.RdsDataException;

/**
 * Runs SQL statements as the administrator through the RDS Data API. The Data API works over HTTPS, so the function
 * needs neither access to the VPC nor a database driver.
 *
 * @param clusterArn ARN of the database cluster
 * @param adminSecretArn ARN of the secret with the administrator's login
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html">RDS Data API</a>
 */
record RdsDataApi(RdsDataClient client, String clusterArn, String adminSecretArn) {

    /** Longer than the Data API's own timeout, which is 45 seconds. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(50);

    /** Builds a client that retries server errors for some seconds. */
    static RdsDataClient buildClient(RdsDataClientBuilder builder) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(SOCKET_TIMEOUT))
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(6)
                                .build()))
                .build();
    }

    /**
     * Creates an account unless it exists, and grants its privileges.
     *
     * @throws AccountCreationException when the database rejects a statement
     */
    void createAccount(ApplicationAccount account) {
        try {
            account.createStatements().forEach(this::execute);
        } catch (RdsDataException failure) {
            throw new AccountCreationException(account, failure);
        }
    }

    private void execute(String sql) {
        client.executeStatement(request ->
                request.resourceArn(clusterArn).secretArn(adminSecretArn).sql(sql));
    }
}
