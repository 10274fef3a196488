package io.reverser.access.change;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyFile;
import io.reverser.access.request.RequestTable;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.Secrets;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.Slack;
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
class Wiring {

    private final ChangeConfig config;

    Wiring(ChangeConfig config) {
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
    AwsApi aws() {
        return new AwsApi(AwsSettings.from(System.getenv()));
    }

    @Produces
    @Singleton
    RequestTable table(AwsApi aws, InstantSource clock) {
        return new RequestTable(aws, config.table(), clock);
    }

    @Produces
    @Singleton
    Slack slack(AwsApi aws, InstantSource clock) {
        var secrets = new Secrets(aws);
        return new Slack(config.slackApi(), new CachedCredentials(() -> secrets.text(config.slackSecret()), clock));
    }

    @Produces
    @Singleton
    Progress progress(RequestTable table, Policy policy, Slack slack, Entries entries) {
        return new Progress(
                table,
                new Grants(entries.clusters(), expiry(), entries.key()),
                new Confirmation(policy, slack),
                new Announcements(slack, policy, config.remindBeforeEnd()));
    }

    @Produces
    @Singleton
    Sweep sweep(Progress progress, RequestTable table, Policy policy, Entries entries) {
        return new Sweep(progress, table, new EntryCheck(entries.clusters(), table, policy, entries.key()));
    }

    /** Access entries, and the key of the code over their tags. */
    record Entries(ClusterAccess clusters, MacKey key) {}

    @Produces
    @Singleton
    Entries entries(AwsApi aws) {
        EksClient eks = EksClient.builder().httpClientBuilder(http()).build();
        return new Entries(new ClusterAccess(eks), new MacKey(new Secrets(aws), config.macSecret()));
    }

    private Expiry expiry() {
        SchedulerClient scheduler =
                SchedulerClient.builder().httpClientBuilder(http()).build();
        return new Expiry(scheduler, config.schedule());
    }

    /** A call that is not answered soon is made again by the next try, before Lambda ends this one. */
    private static UrlConnectionHttpClient.Builder http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(5));
    }
}
