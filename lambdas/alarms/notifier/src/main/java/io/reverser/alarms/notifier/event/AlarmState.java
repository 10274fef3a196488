package io.reverser.alarms.notifier.event;

/** The states of an alarm, by CloudWatch's names. */
public enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
