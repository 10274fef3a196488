package io.reverser.alarms;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.alarms.routes.Routes;
import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.aws.Secrets;
import io.reverser.settings.Section;
import io.reverser.slack.CachedCredentials;
import io.reverser.slack.DirectCalls;
import io.reverser.slack.Slack;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.ServiceLoader;

/** What the function is made of. */
@Singleton
class Wiring {

    private final AlarmsConfig config;

    Wiring(AlarmsConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Desk desk() {
        return desk(config, AwsSettings.from(System.getenv()), clock());
    }

    static Desk desk(AlarmsConfig config, AwsSettings place, InstantSource clock) {
        var aws = new AwsApi(place);
        var secrets = new Secrets(aws);
        var slack =
                new Slack(config.slackApi(), new CachedCredentials(() -> secrets.text(config.slackSecret()), clock));
        var metrics = new Metrics();
        var pace = new Voice.Pace(clock, config.pace());
        var table = new AlarmTable(aws, config.table(), clock);
        var turns = new Turns(aws, config.table(), clock);
        var floor = new Floor(turns, slack, pace);
        var queues = new Queues(
                aws,
                new Queues.Addresses(
                        config.queue().alarms(),
                        config.queue().work(),
                        config.queue().deadLetters()));
        var cloudWatch = new CloudWatchRegions(place.region(), place.endpoint());
        Routes routes = routes(config);
        var ledger = new Ledger(table, config.reopens(), clock);
        var exits = new Exits(
                table, ledger, queues, slack, new Exits.Limits(routes.usual(), config.givesUpAfter(), metrics));
        return new Desk(new Desk.Parts(
                new Telling(
                        new Intake(new Inbox(routes, new AlarmTags(cloudWatch, clock, metrics)), ledger),
                        new Herald(table, turns, slack, pace, metrics),
                        exits,
                        metrics),
                new Illustration(table, new Painter(cloudWatch), slack, floor, metrics),
                new Clicks(table, floor, new DirectCalls(config.slackApi()), config.slackResponses()),
                exits,
                queues,
                pace,
                metrics));
    }

    /** The system's clock, unless the surroundings bring another: the sandbox's can be moved. */
    private static InstantSource clock() {
        return ServiceLoader.load(InstantSource.class).findFirst().orElseGet(InstantSource::system);
    }

    private static Routes routes(AlarmsConfig config) {
        try {
            var problems = new ArrayList<String>();
            Routes routes = Routes.read(new Section(
                    "alarms", new ObjectMapper().readTree(config.routesFile().toFile()), problems));
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            return routes;
        } catch (IOException failure) {
            throw new UncheckedIOException("The routes of alarms cannot be read", failure);
        }
    }
}
