package io.reverser.alarms;

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
final class CloudWatchRegions {

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");

    private final String home;
    private final Optional<URI> endpoint;
    private final Map<String, CloudWatchClient> clients = new ConcurrentHashMap<>();

    /**
     * Nothing is called yet.
     *
     * @param home the region of what does not say where it is
     * @param endpoint instead of AWS's own
     */
    CloudWatchRegions(String home, Optional<URI> endpoint) {
        this.home = home;
        this.endpoint = endpoint;
    }

    CloudWatchClient in(String region) {
        return clients.computeIfAbsent(REGION.matcher(region).matches() ? region : home, this::client);
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
