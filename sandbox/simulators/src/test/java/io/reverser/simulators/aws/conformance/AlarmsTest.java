package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * Rules for CloudWatch metric alarms.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html">PutMetricAlarm</a>
 */
class AlarmsTest {

    private final TestAlarms alarms = new TestAlarms();

    @AfterEach
    void close() {
        alarms.close();
    }

    @Test
    void returnTheirConfiguration() {
        alarms.put(alarm -> alarm.alarmDescription("Something is wrong"));
        assertThat(alarms.describe()).satisfies(described -> {
            assertThat(described.alarmArn())
                    .matches("arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\\d{12}:alarm:" + alarms.name);
            assertThat(described.alarmDescription()).isEqualTo("Something is wrong");
            assertThat(described.namespace()).isEqualTo("Conformance");
            assertThat(described.metricName()).isEqualTo("Nothing");
            assertThat(described.dimensions())
                    .extracting(dimension -> dimension.name() + "=" + dimension.value())
                    .containsExactly("Cluster=dev");
            assertThat(described.statisticAsString()).isEqualTo("Maximum");
            assertThat(described.period()).isEqualTo(60);
            assertThat(described.evaluationPeriods()).isEqualTo(3);
            assertThat(described.datapointsToAlarm()).isEqualTo(2);
            assertThat(described.comparisonOperatorAsString()).isEqualTo("GreaterThanThreshold");
            assertThat(described.threshold()).isEqualTo(1.5);
            assertThat(described.treatMissingData()).isEqualTo("ignore");
        });
    }

    @Test
    void startWithInsufficientDataAndEnabledActions() {
        alarms.put(alarm -> {});
        assertThat(alarms.describe()).satisfies(described -> {
            assertThat(described.stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
            assertThat(described.actionsEnabled()).isTrue();
            assertThat(described.alarmConfigurationUpdatedTimestamp())
                    .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void returnTheirMetricMath() {
        alarms.put(alarm -> alarm.namespace(null)
                .metricName(null)
                .dimensions(List.of())
                .statistic((String) null)
                .period(null)
                .metrics(
                        MetricDataQuery.builder()
                                .id("sum")
                                .expression("a * 2")
                                .label("Twice")
                                .returnData(true)
                                .build(),
                        MetricDataQuery.builder()
                                .id("a")
                                .returnData(false)
                                .metricStat(stat -> stat.stat("Maximum")
                                        .period(60)
                                        .metric(metric ->
                                                metric.namespace("Conformance").metricName("Nothing")))
                                .build()));
        List<String> described = alarms.describe().metrics().stream()
                .map(metric -> "%s %s %s".formatted(metric.id(), metric.expression(), metric.returnData()))
                .toList();
        assertThat(described).containsExactly("sum a * 2 true", "a null false");
    }

    @Test
    void haveTheStateOfSetAlarmState() {
        alarms.put(alarm -> {});
        alarms.setState(alarms.name, StateValue.ALARM);
        assertThat(alarms.describe()).satisfies(described -> {
            assertThat(described.stateValue()).isEqualTo(StateValue.ALARM);
            assertThat(described.stateReason()).isEqualTo("Set by a test");
            assertThat(described.stateUpdatedTimestamp()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            assertThat(described.stateTransitionedTimestamp()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void keepTheirStateOnUpdate() {
        alarms.put(alarm -> alarm.alarmDescription("soon gone"));
        alarms.setState(alarms.name, StateValue.ALARM);
        alarms.put(alarm -> alarm.threshold(3.0));
        assertThat(alarms.describe()).satisfies(described -> {
            assertThat(described.stateValue()).isEqualTo(StateValue.ALARM);
            assertThat(described.threshold()).isEqualTo(3.0);
            assertThat(described.alarmDescription()).isNullOrEmpty();
        });
    }

    @Test
    void rejectUnknownStates() {
        alarms.put(alarm -> {});
        assertThatThrownBy(() -> alarms.client.setAlarmState(request ->
                        request.alarmName(alarms.name).stateValue("FIRING").stateReason("none")))
                .isInstanceOfSatisfying(CloudWatchException.class, AlarmsTest::isValidation);
        assertThat(alarms.describe().stateValue()).isEqualTo(StateValue.INSUFFICIENT_DATA);
    }

    @Test
    void requireAnExistingNameForSetAlarmState() {
        assertThatThrownBy(() -> alarms.setState(alarms.name, StateValue.ALARM))
                .isInstanceOfSatisfying(CloudWatchException.class, AlarmsTest::isNotFound);
        assertThat(alarms.client
                        .describeAlarms(request -> request.alarmNames(alarms.name))
                        .metricAlarms())
                .isEmpty();
    }

    @Test
    void canBeDeletedInBatches() {
        alarms.put(alarms.name + "-1", alarm -> {});
        alarms.put(alarms.name + "-2", alarm -> {});
        alarms.client.deleteAlarms(request -> request.alarmNames(alarms.name + "-1", alarms.name + "-2"));
        assertThat(listed(request -> request.alarmNamePrefix(alarms.name))).isEmpty();
    }

    @Test
    void canBeFilteredByNamePrefixAndState() {
        for (int i = 0; i < 3; i++) {
            alarms.put(alarms.name + "-" + i, alarm -> {});
        }
        alarms.setState(alarms.name + "-1", StateValue.ALARM);
        assertThat(listed(request -> request.alarmNames(alarms.name + "-0", alarms.name + "-2")))
                .containsExactlyInAnyOrder(alarms.name + "-0", alarms.name + "-2");
        assertThat(listed(request -> request.alarmNamePrefix(alarms.name))).hasSize(3);
        assertThat(listed(request -> request.alarmNamePrefix(alarms.name).stateValue(StateValue.ALARM)))
                .containsExactly(alarms.name + "-1");
    }

    @Test
    void arePaginated() {
        for (int i = 0; i < 3; i++) {
            alarms.put(alarms.name + "-" + i, alarm -> {});
        }
        assertThat(alarms.client
                        .describeAlarms(
                                request -> request.alarmNamePrefix(alarms.name).maxRecords(2))
                        .metricAlarms())
                .hasSize(2);
        assertThat(listed(request -> request.alarmNamePrefix(alarms.name).maxRecords(2)))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void rejectMoreThanAHundredNames() {
        List<String> names =
                IntStream.range(0, 101).mapToObj(i -> alarms.name + i).toList();
        assertThatThrownBy(() -> listed(request -> request.alarmNames(names)))
                .isInstanceOfSatisfying(CloudWatchException.class, AlarmsTest::isValidation);
    }

    @Test
    void rejectNamesTogetherWithAPrefix() {
        assertThatThrownBy(
                        () -> listed(request -> request.alarmNames(alarms.name).alarmNamePrefix(alarms.name)))
                .isInstanceOfSatisfying(CloudWatchException.class, AlarmsTest::isValidation);
    }

    @Test
    void areTheDefaultTypeOfDescribeAlarms() {
        alarms.put(alarm -> {});
        alarms.putComposite(alarms.name + "-all", "ALARM(\"%s\")".formatted(alarms.name), alarm -> {});
        var response = alarms.client.describeAlarms(request -> request.alarmNamePrefix(alarms.name));
        assertThat(response.metricAlarms()).hasSize(1);
        assertThat(response.compositeAlarms()).isEmpty();
        assertThat(alarms.client
                        .describeAlarms(
                                request -> request.alarmNamePrefix(alarms.name).alarmTypes(AlarmType.COMPOSITE_ALARM))
                        .metricAlarms())
                .isEmpty();
    }

    @Test
    void haveTagsFromCreation() {
        alarms.put(alarm -> alarm.tags(tag("severity", "critical")));
        assertThat(tags()).containsExactly(tag("severity", "critical"));
    }

    @Test
    void canBeTaggedAndUntagged() {
        alarms.put(alarm -> alarm.tags(tag("a", "1"), tag("b", "2")));
        String arn = alarms.describe().alarmArn();
        alarms.client.tagResource(request -> request.resourceARN(arn).tags(tag("b", "3"), tag("c", "4")));
        alarms.client.untagResource(request -> request.resourceARN(arn).tagKeys("a"));
        assertThat(tags()).containsExactlyInAnyOrder(tag("b", "3"), tag("c", "4"));
    }

    @Test
    void keepTheirTagsOnUpdate() {
        alarms.put(alarm -> alarm.tags(tag("a", "1")));
        alarms.put(alarm -> alarm.tags(tag("a", "2"), tag("b", "3")));
        assertThat(tags()).containsExactly(tag("a", "1"));
    }

    @Test
    void mustExistToBeTagged() {
        alarms.put(alarm -> {});
        String arn = alarms.describe().alarmArn() + "-not";
        assertThatThrownBy(() -> alarms.client.tagResource(
                        request -> request.resourceARN(arn).tags(tag("a", "1"))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    /**
     * According to the API reference, a request for the tags of a deleted alarm fails. AWS was observed to return an
     * empty list instead.
     */
    @Test
    void haveNoTagsAfterDeletion() {
        alarms.put(alarm -> alarm.tags(tag("a", "1")));
        String arn = alarms.describe().alarmArn();
        alarms.client.deleteAlarms(request -> request.alarmNames(alarms.name));
        assertThat(alarms.client
                        .listTagsForResource(request -> request.resourceARN(arn))
                        .tags())
                .isEmpty();
    }

    @Test
    void rejectUnknownComparisons() {
        assertRejected(alarm -> alarm.comparisonOperator("UnknownOperator"));
    }

    @Test
    void rejectUnknownStatistics() {
        assertRejected(alarm -> alarm.statistic("Unknown"));
    }

    @Test
    void requireExactlyOneStatistic() {
        assertRejected(alarm -> alarm.extendedStatistic("p99"));
        assertRejected(alarm -> alarm.statistic((String) null));
    }

    @Test
    void rejectInvalidPeriods() {
        assertRejected(alarm -> alarm.period(0));
        assertRejected(alarm -> alarm.period(45));
    }

    @Test
    void rejectUnknownTreatmentOfMissingData() {
        assertRejected(alarm -> alarm.treatMissingData("whatever"));
    }

    @Test
    void rejectMoreDatapointsThanPeriods() {
        assertRejected(alarm -> alarm.datapointsToAlarm(4));
    }

    private void assertRejected(Consumer<PutMetricAlarmRequest.Builder> more) {
        assertThatThrownBy(() -> alarms.put(more))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(400));
    }

    private List<String> listed(Consumer<DescribeAlarmsRequest.Builder> request) {
        return alarms.client.describeAlarmsPaginator(request).metricAlarms().stream()
                .map(MetricAlarm::alarmName)
                .toList();
    }

    private List<Tag> tags() {
        String arn = alarms.describe().alarmArn();
        return alarms.client
                .listTagsForResource(request -> request.resourceARN(arn))
                .tags();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static void isValidation(CloudWatchException error) {
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
    }

    private static void isNotFound(CloudWatchException error) {
        assertThat(error.awsErrorDetails().errorCode()).startsWith("ResourceNotFound");
        assertThat(error.statusCode()).isEqualTo(404);
    }
}
