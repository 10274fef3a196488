package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Rules for the history of CloudWatch alarms.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html">DescribeAlarmHistory</a>
 */
class AlarmHistoryTest {

    private final TestAlarms alarms = new TestAlarms();

    @BeforeEach
    void changeStateTwice() {
        alarms.put(alarm -> {});
        alarms.setState(alarms.name, StateValue.OK);
        alarms.setState(alarms.name, StateValue.ALARM);
    }

    @AfterEach
    void close() {
        alarms.close();
    }

    @Test
    void recordsStateChanges() {
        assertThat(states(request -> {}))
                .anySatisfy(item -> assertThat(item).contains("INSUFFICIENT_DATA", "OK"))
                .anySatisfy(item -> assertThat(item).contains("OK", "ALARM"))
                .hasSize(2);
    }

    @Test
    void scansInBothDirections() {
        assertThat(states(request -> request.scanBy(ScanBy.TIMESTAMP_ASCENDING)))
                .first()
                .asString()
                .contains("INSUFFICIENT_DATA");
        assertThat(states(request -> request.scanBy(ScanBy.TIMESTAMP_DESCENDING)))
                .first()
                .asString()
                .doesNotContain("INSUFFICIENT_DATA");
    }

    @Test
    void recordsCreation() {
        assertThat(items(request -> request.historyItemType(HistoryItemType.CONFIGURATION_UPDATE)))
                .singleElement()
                .satisfies(item -> assertThat(item.historySummary()).contains("created"));
    }

    @Test
    void filtersByAlarm() {
        alarms.put(alarms.name + "-other", alarm -> {});
        alarms.setState(alarms.name + "-other", StateValue.OK);
        assertThat(items(request -> {})).allMatch(item -> item.alarmName().equals(alarms.name));
    }

    @Test
    void limitsTheNumberOfItems() {
        assertThat(alarms.client
                        .describeAlarmHistory(
                                request -> request.alarmName(alarms.name).maxRecords(1))
                        .alarmHistoryItems())
                .hasSize(1);
    }

    private List<String> states(Consumer<DescribeAlarmHistoryRequest.Builder> more) {
        return items(more.andThen(request -> request.historyItemType(HistoryItemType.STATE_UPDATE))).stream()
                .map(AlarmHistoryItem::historySummary)
                .toList();
    }

    private List<AlarmHistoryItem> items(Consumer<DescribeAlarmHistoryRequest.Builder> more) {
        return alarms.client
                .describeAlarmHistory(request -> more.accept(request.alarmName(alarms.name)))
                .alarmHistoryItems();
    }
}
