package io.reverser.databaseuser;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.quarkus.runtime.Startup;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Creates the application's database accounts during a deployment. The deployment fails if the handler throws.
 * Idempotent.
 */
@Named("database-user")
@Singleton
@Startup
class DatabaseUserHandler implements RequestHandler<Map<String, Object>, String> {

    private static final Logger LOG = Logger.getLogger(DatabaseUserHandler.class);

    private final RdsDataApi dataApi;
    private final SecretsManagerClient secrets;
    private final String applicationSecret;
    private final List<String> alternates;

    DatabaseUserHandler(DatabaseUserConfig config) {
        var client = RdsDataApi.buildClient(RdsDataClient.builder());
        this.dataApi = new RdsDataApi(client, config.clusterArn(), config.administratorSecret());
        this.secrets = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        this.applicationSecret = config.applicationSecret();
        this.alternates = config.users().orElse(List.of());
    }

    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        ApplicationAccount account =
                ApplicationAccount.parse(secrets.getSecretValue(request -> request.secretId(applicationSecret))
                        .secretString());
        for (ApplicationAccount each : account.withAlternates(alternates)) {
            dataApi.createAccount(each);
            LOG.infof("The account %s exists, with its privileges", each);
        }
        return account.toString();
    }
}
