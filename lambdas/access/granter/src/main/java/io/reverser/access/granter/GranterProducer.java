package io.reverser.access.granter;

import io.reverser.access.granter.entry.EksAccessEntries;
import io.reverser.access.granter.entry.TagSigningKey;
import io.reverser.access.granter.notification.RequestNotifier;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyReader;
import io.reverser.access.request.RequestTable;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.SecretReader;
import io.reverser.configreader.ConfigJson;
import io.reverser.runtime.FunctionClock;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/** Creates the beans of the granter function. */
@Singleton
class GranterProducer {

    private final GranterConfig config;

    GranterProducer(GranterConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return FunctionClock.find();
    }

    @Produces
    @Singleton
    Policy policy() {
        return PolicyReader.read(ConfigJson.read(config.policyFile()));
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
    EksAccessEntries accessEntries() {
        return new EksAccessEntries(
                EksClient.builder().httpClientBuilder(http()).build());
    }

    @Produces
    @Singleton
    TagSigningKey signingKey(AwsJsonClient aws) {
        return new TagSigningKey(new SecretReader(aws), config.macSecret());
    }

    @Produces
    @Singleton
    AccessGranter granter(EksAccessEntries accessEntries, TagSigningKey signingKey) {
        SchedulerClient scheduler =
                SchedulerClient.builder().httpClientBuilder(http()).build();
        return new AccessGranter(accessEntries, new ExpirySchedule(scheduler, config.schedule()), signingKey);
    }

    @Produces
    @Singleton
    RequestReconciler reconciler(RequestTable table, Policy policy, SlackClient slack, AccessGranter granter) {
        return new RequestReconciler(
                table,
                granter,
                new GrantRevalidation(policy, slack),
                new RequestNotifier(slack, policy, config.remindBeforeEnd()));
    }

    @Produces
    @Singleton
    EntryVerifier verifier(
            EksAccessEntries accessEntries, RequestTable table, Policy policy, TagSigningKey signingKey) {
        return new EntryVerifier(accessEntries, table, policy, signingKey);
    }

    @Produces
    @Singleton
    AccessSweeper sweeper(RequestReconciler reconciler, RequestTable table, EntryVerifier verifier) {
        return new AccessSweeper(reconciler, table, verifier);
    }

    /**
     * The HTTP client of the AWS SDK, with timeouts shorter than the function's timeout, so that there is time for a
     * retry before Lambda ends the invocation.
     */
    private static UrlConnectionHttpClient.Builder http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(5));
    }
}
