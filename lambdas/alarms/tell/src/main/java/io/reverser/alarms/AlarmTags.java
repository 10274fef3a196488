package io.reverser.alarms;

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
 * Tags of alarms, for those that do not bring them along. Asked for once in ten minutes for each alarm, because CloudWatch
 * answers few such questions in a second.
 */
class AlarmTags {

    private static final Logger LOG = Logger.getLogger(AlarmTags.class);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int MOST = 5000;

    private final CloudWatchRegions cloudWatch;
    private final InstantSource clock;
    private final Metrics metrics;
    private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Entry<String, Known> eldest) {
            return size() > MOST;
        }
    });

    private record Known(Map<String, String> tags, Instant since) {}

    AlarmTags(CloudWatchRegions cloudWatch, InstantSource clock, Metrics metrics) {
        this.cloudWatch = cloudWatch;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** An alarm's tags; none where nobody can say, because an alarm in the wrong channel is better than none. */
    Map<String, String> of(AlarmId alarm) {
        Known found = known.get(alarm.arn());
        if (found != null && clock.instant().isBefore(found.since().plus(FRESH))) {
            return found.tags();
        }
        try {
            Map<String, String> tags =
                    cloudWatch
                            .in(alarm.region())
                            .listTagsForResource(request -> request.resourceARN(alarm.arn()))
                            .tags()
                            .stream()
                            .collect(Collectors.toMap(Tag::key, Tag::value));
            known.put(alarm.arn(), new Known(tags, clock.instant()));
            return tags;
        } catch (SdkException unknown) {
            LOG.warnf("The tags of %s are not known: %s", alarm.name(), unknown.getMessage());
            metrics.count(Metrics.Count.UNTAGGED, 1);
            return Map.of();
        }
    }
}
