package io.reverser.databaseuser;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClientBuilder;
import software.amazon.awssdk.services.rdsdata.model.RdsDataException;

/**
 * The database, reached as its administrator through the RDS Data API: over HTTPS, so that no function stands in the
 * database's network and no driver is shipped.
 *
 * @param clusterArn its ARN
 * @param adminSecretArn ARN of the secret of its administrator
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html">RDS Data API</a>
 */
record RdsDataApi(RdsDataClient client, String clusterArn, String adminSecretArn) {

    /** After 45 seconds, the Data API itself gives up. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(50);

    /** A client that repeats what failed on AWS's side, for some seconds. */
    static RdsDataClient buildClient(RdsDataClientBuilder builder) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(SOCKET_TIMEOUT))
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(6)
                                .build()))
                .build();
    }

    /**
     * Makes an account, or leaves the one that is there, and gives it its rights.
     *
     * @throws AccountCreationException when the database does not
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
