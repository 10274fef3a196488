package io.reverser.access.granter;

import io.reverser.access.granter.entry.EksAccessEntries;
import io.reverser.access.granter.entry.TagSigningKey;
import io.reverser.access.granter.notification.RequestNotifier;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyFile;
import io.reverser.access.request.RequestTable;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.SecretReader;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ServiceLoader;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** What the function is made of. */
@Singleton
class GranterProducer {

    private final GranterConfig config;

    GranterProducer(GranterConfig config) {
        this.config = config;
    }

    /** The system's clock, unless the surroundings bring another: the sandbox's can be moved. */
    @Produces
    @Singleton
    InstantSource clock() {
        return ServiceLoader.load(InstantSource.class).findFirst().orElseGet(InstantSource::system);
    }

    @Produces
    @Singleton
    Policy policy() {
        return PolicyFile.read(config.policyFile());
    }

    @Produces
    @Singleton
    AwsJsonClient aws() {
        return new AwsJsonClient(AwsEnvironment.from(System.getenv()));
    }

    @Produces
    @Singleton
    RequestTable table(AwsJsonClient aws, InstantSource clock) {
        return new RequestTable(aws, config.table(), clock);
    }

    @Produces
    @Singleton
    SlackClient slack(AwsJsonClient aws, InstantSource clock) {
        var secrets = new SecretReader(aws);
        return new SlackClient(
                config.slackApi(), new SlackCredentialsCache(() -> secrets.readText(config.slackSecret()), clock));
    }

    @Produces
    @Singleton
    RequestReconciler reconciler(RequestTable table, Policy policy, SlackClient slack, Entries entries) {
        return new RequestReconciler(
                table,
                new AccessGranter(entries.accessEntries(), expirySchedule(), entries.signingKey()),
                new GrantRevalidation(policy, slack),
                new RequestNotifier(slack, policy, config.remindBeforeEnd()));
    }

    @Produces
    @Singleton
    AccessSweeper sweeper(RequestReconciler reconciler, RequestTable table, Policy policy, Entries entries) {
        return new AccessSweeper(
                reconciler, table, new EntryVerifier(entries.accessEntries(), table, policy, entries.signingKey()));
    }

    /** Access entries, and the key of the code over their tags. */
    record Entries(EksAccessEntries accessEntries, TagSigningKey signingKey) {}

    @Produces
    @Singleton
    Entries entries(AwsJsonClient aws) {
        EksClient eks = EksClient.builder().httpClientBuilder(http()).build();
        return new Entries(new EksAccessEntries(eks), new TagSigningKey(new SecretReader(aws), config.macSecret()));
    }

    private ExpirySchedule expirySchedule() {
        SchedulerClient scheduler =
                SchedulerClient.builder().httpClientBuilder(http()).build();
        return new ExpirySchedule(scheduler, config.schedule());
    }

    /** A call that is not answered soon is made again by the next try, before Lambda ends this one. */
    private static UrlConnectionHttpClient.Builder http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(5));
    }
}
