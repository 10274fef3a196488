package io.reverser.access.command;

import io.quarkus.arc.Unremovable;
import io.reverser.access.aws.AwsApi;
import io.reverser.access.aws.AwsSettings;
import io.reverser.access.aws.Secrets;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyFile;
import io.reverser.access.request.RequestTable;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.DirectCalls;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ServiceLoader;

/** What the function is made of. */
@Singleton
class Wiring {

    private final CommandConfig config;

    Wiring(CommandConfig config) {
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
    AwsApi aws() {
        return new AwsApi(AwsSettings.from(System.getenv()));
    }

    @Produces
    @Singleton
    Policy policy() {
        return PolicyFile.read(config.policyFile());
    }

    @Produces
    @Singleton
    CachedCredentials credentials(AwsApi aws, InstantSource clock) {
        var secrets = new Secrets(aws);
        return new CachedCredentials(() -> secrets.text(config.slackSecret()), clock);
    }

    @Produces
    @Singleton
    Gate gate(CachedCredentials credentials, Policy policy) {
        return new Gate(credentials, policy.slack());
    }

    @Produces
    @Singleton
    DirectCalls slack() {
        return new DirectCalls(config.slackApi());
    }

    @Produces
    @Singleton
    RequestTable table(AwsApi aws, InstantSource clock) {
        return new RequestTable(aws, config.table(), clock);
    }

    @Produces
    @Singleton
    Modals modals(DirectCalls slack, CachedCredentials credentials) {
        return new Modals(slack, credentials, config.slackResponses());
    }

    @Produces
    @Singleton
    Conversation.People people(RequestTable table, Policy policy) {
        var ledger = new Ledger(table);
        return new Conversation.People(
                new Asking(policy, ledger),
                new Decisions(policy, ledger),
                new Extensions(policy, ledger),
                new Overview(policy, ledger));
    }

    @Produces
    @Singleton
    Conversation conversation(Policy policy, Conversation.People people, Modals modals) {
        return new Conversation(policy, people, modals);
    }

    @Produces
    @Singleton
    @Unremovable
    Rehearsal rehearsal(CommandHandler handler, Policy policy, RequestTable table, DirectCalls slack) {
        return new Rehearsal(handler, policy.slack(), table, slack);
    }

    @Produces
    @Singleton
    Clicks clicks(Policy policy, Conversation.People people, Modals modals) {
        return new Clicks(policy, people, modals);
    }
}
