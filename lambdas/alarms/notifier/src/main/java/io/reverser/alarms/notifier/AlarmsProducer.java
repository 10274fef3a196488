package io.reverser.alarms.notifier;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.alarms.notifier.cloudwatch.AlarmTags;
import io.reverser.alarms.notifier.cloudwatch.CloudWatchRegions;
import io.reverser.alarms.notifier.cloudwatch.DeliveryMetrics;
import io.reverser.alarms.notifier.delivery.AlarmActions;
import io.reverser.alarms.notifier.delivery.AlarmDelivery;
import io.reverser.alarms.notifier.delivery.AlarmQueues;
import io.reverser.alarms.notifier.delivery.AlarmRecorder;
import io.reverser.alarms.notifier.delivery.DeliveryFailures;
import io.reverser.alarms.notifier.delivery.NotificationResolver;
import io.reverser.alarms.notifier.graph.GraphAttacher;
import io.reverser.alarms.notifier.graph.GraphRenderer;
import io.reverser.alarms.notifier.outbox.AlarmTable;
import io.reverser.alarms.notifier.outbox.OutboxWriter;
import io.reverser.alarms.notifier.publish.ChannelLeases;
import io.reverser.alarms.notifier.publish.ChannelLock;
import io.reverser.alarms.notifier.publish.ChannelPublisher;
import io.reverser.alarms.routes.Routes;
import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.awsjsonclient.SecretReader;
import io.reverser.configreader.ConfigSection;
import io.reverser.runtime.FunctionClock;
import io.reverser.slack.client.MinimalSlackClient;
import io.reverser.slack.client.SlackClient;
import io.reverser.slack.client.SlackCredentialsCache;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;

/** What the function is made of. */
@Singleton
class AlarmsProducer {

    private final AlarmsConfig config;

    AlarmsProducer(AlarmsConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    BatchDispatcher dispatcher() {
        return dispatcher(config, AwsEnvironment.from(System.getenv()), FunctionClock.find());
    }

    static BatchDispatcher dispatcher(AlarmsConfig config, AwsEnvironment environment, InstantSource clock) {
        var aws = new AwsJsonClient(environment);
        var secrets = new SecretReader(aws);
        var slack = new SlackClient(
                config.slackApi(), new SlackCredentialsCache(() -> secrets.readText(config.slackSecret()), clock));
        var metrics = new DeliveryMetrics();
        var table = new AlarmTable(aws, config.table(), clock);
        var leases = new ChannelLeases(aws, config.table(), clock);
        var channelLock = new ChannelLock(leases, slack, clock, config.minInterval());
        var queues = new AlarmQueues(
                aws,
                new AlarmQueues.Urls(
                        config.queue().alarms(),
                        config.queue().work(),
                        config.queue().deadLetters()));
        var cloudWatch = new CloudWatchRegions(environment.region(), environment.endpoint());
        Routes routes = routes(config);
        var outbox = new OutboxWriter(table, config.episodeReopenWindow(), clock);
        var failures =
                new DeliveryFailures(table, outbox, queues, slack, routes.defaultRoute(), config.maxAge(), metrics);
        return new BatchDispatcher(
                new AlarmDelivery(
                        new AlarmRecorder(
                                new NotificationResolver(routes, new AlarmTags(cloudWatch, clock, metrics)), outbox),
                        new ChannelPublisher(table, leases, slack, clock, config.minInterval(), metrics),
                        failures,
                        metrics),
                new GraphAttacher(
                        table, new GraphRenderer(cloudWatch), slack, channelLock, clock, config.minInterval(), metrics),
                new AlarmActions(
                        table,
                        channelLock,
                        new MinimalSlackClient(config.slackApi()),
                        config.slackResponseUrlPrefix(),
                        clock),
                failures,
                queues,
                clock,
                metrics);
    }

    private static Routes routes(AlarmsConfig config) {
        try {
            var problems = new ArrayList<String>();
            Routes routes = Routes.read(new ConfigSection(
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
