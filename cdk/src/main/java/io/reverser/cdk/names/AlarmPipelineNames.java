package io.reverser.cdk.names;

/** What the parts on an alarm's way are called, so that each knows the others before they are made. */
public record AlarmPipelineNames(String environment) {

    /** The topic that CloudWatch tells. */
    public String alarmTopic() {
        return environment + "-alarms";
    }

    /** The topic of what is the matter with all this, by mail. */
    public String alarmEmailTopic() {
        return environment + "-alarms-by-mail";
    }

    /** The queue behind the topic. */
    public String alarmQueue() {
        return environment + "-alarms";
    }

    /** The queue of clicks and pictures. */
    public String alarmWorkQueue() {
        return environment + "-alarm-work";
    }

    /** The queue of what nobody could be told. */
    public String alarmDeadLetterQueue() {
        return environment + "-alarms-undelivered";
    }
}
