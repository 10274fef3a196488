package io.reverser.alarms.notifier.cloudwatch;

import io.reverser.alarms.notifier.event.AlarmId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * Looks up the tags of alarms whose notification has none. The tags are cached for ten minutes per alarm, because
 * CloudWatch throttles ListTagsForResource at a low rate.
 */
public class AlarmTags {

    private static final Logger LOG = Logger.getLogger(AlarmTags.class);
    private static final Duration CACHE_TTL = Duration.ofMinutes(10);
    private static final int MAX_CACHED_ALARMS = 5000;

    private final CloudWatchRegions cloudWatch;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;
    private final Map<String, CachedTags> cache = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Entry<String, CachedTags> eldest) {
            return size() > MAX_CACHED_ALARMS;
        }
    });

    private record CachedTags(Map<String, String> tags, Instant cachedAt) {}

    public AlarmTags(CloudWatchRegions cloudWatch, InstantSource clock, DeliveryMetrics metrics) {
        this.cloudWatch = cloudWatch;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * An alarm's tags; empty if the look-up fails, because posting the alarm in the wrong channel is better than not
     * posting it.
     */
    public Map<String, String> lookUp(AlarmId alarm) {
        CachedTags cached = cache.get(alarm.arn());
        if (cached != null && clock.instant().isBefore(cached.cachedAt().plus(CACHE_TTL))) {
            return cached.tags();
        }
        try {
            Map<String, String> tags =
                    cloudWatch
                            .clientFor(alarm)
                            .listTagsForResource(request -> request.resourceARN(alarm.arn()))
                            .tags()
                            .stream()
                            .collect(Collectors.toMap(Tag::key, Tag::value));
            cache.put(alarm.arn(), new CachedTags(tags, clock.instant()));
            return tags;
        } catch (SdkException unknown) {
            LOG.warnf("The tags of %s cannot be looked up: %s", alarm.name(), unknown.getMessage());
            metrics.count(DeliveryMetrics.DeliveryCounter.TAGS_UNKNOWN, 1);
            return Map.of();
        }
    }
}
