package io.reverser.alarms.notifier.cloudwatch;

import io.reverser.alarms.notifier.event.AlarmId;
import io.reverser.awssdk.AwsClients;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** A CloudWatch client for each region that alarms come from. */
public final class CloudWatchRegions {

    private final AwsClients clients;
    private final Map<Region, CloudWatchClient> cloudWatch = new ConcurrentHashMap<>();

    /**
     * Builds each CloudWatch client when it is first needed.
     *
     * @param clients builds clients; its default region is used for alarms whose payload names no region
     */
    public CloudWatchRegions(AwsClients clients) {
        this.clients = clients;
    }

    /** The client for the region of an alarm. */
    public CloudWatchClient clientFor(AlarmId alarm) {
        Region region = alarm.hasValidRegion() ? Region.of(alarm.region()) : clients.region();
        return cloudWatch.computeIfAbsent(
                region, ignored -> clients.inRegion(region).build(CloudWatchClient.builder()));
    }
}
