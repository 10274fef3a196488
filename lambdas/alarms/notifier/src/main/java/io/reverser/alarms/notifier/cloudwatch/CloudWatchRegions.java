package io.reverser.alarms.notifier.cloudwatch;

import io.reverser.alarms.notifier.event.AlarmId;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** CloudWatch in each region that alarms come from. */
public final class CloudWatchRegions {

    private final String homeRegion;
    private final Optional<URI> endpoint;
    private final Map<String, CloudWatchClient> clients = new ConcurrentHashMap<>();

    /**
     * Nothing is called yet.
     *
     * @param homeRegion the region of what does not say where it is
     * @param endpoint instead of AWS's own
     */
    public CloudWatchRegions(String homeRegion, Optional<URI> endpoint) {
        this.homeRegion = homeRegion;
        this.endpoint = endpoint;
    }

    /** In the region of an alarm. */
    public CloudWatchClient clientFor(AlarmId alarm) {
        return clients.computeIfAbsent(alarm.hasValidRegion() ? alarm.region() : homeRegion, this::client);
    }

    private CloudWatchClient client(String region) {
        var builder = CloudWatchClient.builder()
                .region(Region.of(region))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(5)));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
