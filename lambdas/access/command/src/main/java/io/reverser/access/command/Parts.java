package io.reverser.access.command;

import io.reverser.access.policy.Policy;
import io.reverser.access.policy.PolicyFile;
import io.reverser.access.request.RequestTable;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.Secrets;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.DirectCalls;
import java.time.InstantSource;
import java.util.Map;
import java.util.ServiceLoader;

/** What the function is made of. No framework is needed for it, so it can be made while the framework starts. */
record Parts(
        Gate gate,
        Conversation conversation,
        Clicks clicks,
        AlarmClicks alarmClicks,
        WindowCommand windows,
        InstantSource clock,
        Rehearsal rehearsal) {

    /**
     * Makes them.
     *
     * @throws RuntimeException that says which setting is wrong, and how
     */
    static Parts from(Map<String, String> environment) {
        var settings = CommandSettings.from(environment);
        InstantSource clock = systemClock();
        var aws = new AwsApi(AwsSettings.from(environment));
        var secrets = new Secrets(aws);
        var credentials = new CachedCredentials(() -> secrets.text(settings.slackSecret()), clock);
        var slack = new DirectCalls(settings.slackApi());
        var modals = new Modals(slack, credentials, settings.slackResponses());
        Policy policy = PolicyFile.read(settings.policyFile());
        var table = new RequestTable(aws, settings.table(), clock);
        var people = people(policy, table);
        var conversation = new Conversation(policy, people, modals);
        var clicks = new Clicks(policy, people, modals);
        return new Parts(
                new Gate(credentials, policy.slack()),
                conversation,
                clicks,
                new AlarmClicks(aws, settings.alarmClicks(), modals),
                new WindowCommand(settings.planFile()),
                clock,
                new Rehearsal(conversation, policy.slack(), table, slack));
    }

    static Conversation.People people(Policy policy, RequestTable table) {
        var ledger = new Ledger(table);
        return new Conversation.People(
                new Asking(policy, ledger),
                new Decisions(policy, ledger),
                new Extensions(policy, ledger),
                new Overview(policy, ledger));
    }

    /** The system's clock, unless the surroundings bring another: the sandbox's can be moved. */
    private static InstantSource systemClock() {
        return ServiceLoader.load(InstantSource.class).findFirst().orElseGet(InstantSource::system);
    }
}
