package io.reverser.database;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Called by a deployment, which fails with what this throws. Calling it again changes nothing. */
@Named("database-user")
class DatabaseUserHandler implements RequestHandler<Map<String, Object>, String> {

    private static final Logger LOG = Logger.getLogger(DatabaseUserHandler.class);

    private final Database database;
    private final SecretsManagerClient secrets;
    private final String application;
    private final List<String> turns;

    DatabaseUserHandler(DatabaseConfig config) {
        var client = Database.client(RdsDataClient.builder());
        this.database = new Database(client, config.clusterArn(), config.administratorSecret());
        this.secrets = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        this.application = config.applicationSecret();
        this.turns = config.users().orElse(List.of());
    }

    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        Account account = Account.read(
                secrets.getSecretValue(request -> request.secretId(application)).secretString());
        for (Account each : account.taking(turns)) {
            database.make(each);
            LOG.infof("The account %s is there", each);
        }
        return account.toString();
    }
}
