package io.reverser.cdk.functions;

/** What the parts on an alarm's way are called, so that each knows the others before they are made. */
public record AlarmNames(String environment) {

    /** The topic that CloudWatch tells. */
    public String topic() {
        return environment + "-alarms";
    }

    /** The topic of what is the matter with all this, by mail. */
    public String mailTopic() {
        return environment + "-alarms-by-mail";
    }

    /** The queue behind the topic. */
    public String queue() {
        return environment + "-alarms";
    }

    /** The queue of clicks and pictures. */
    String work() {
        return environment + "-alarm-work";
    }

    /** The queue of what nobody could be told. */
    public String undelivered() {
        return environment + "-alarms-undelivered";
    }
}
