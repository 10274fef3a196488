package io.reverser.alarms.notifier.cloudwatch;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** CloudWatch in each region that alarms come from. */
public final class CloudWatchRegions {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");

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

    public CloudWatchClient in(String region) {
        return clients.computeIfAbsent(REGION.matcher(region).matches() ? region : homeRegion, this::client);
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
