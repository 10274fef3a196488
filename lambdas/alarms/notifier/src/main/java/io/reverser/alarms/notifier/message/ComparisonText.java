package io.reverser.alarms.notifier.message;

/**
 * How an alarm compares.
 *
 * @param limit what is said before a threshold
 * @param band what is said of a band
 */
record ComparisonText(String limit, String band) {

    /** By CloudWatch's name; one that is not known is shown as it is. */
    static ComparisonText of(String operator) {
        return switch (operator) {
            case "GreaterThanThreshold" -> new ComparisonText("above", "");
            case "GreaterThanOrEqualToThreshold" -> new ComparisonText("at least", "");
            case "LessThanThreshold" -> new ComparisonText("below", "");
            case "LessThanOrEqualToThreshold" -> new ComparisonText("at most", "");
            case "LessThanLowerOrGreaterThanUpperThreshold" -> new ComparisonText("", "outside its band");
            case "GreaterThanUpperThreshold" -> new ComparisonText("", "above its band");
            case "LessThanLowerThreshold" -> new ComparisonText("", "below its band");
            case "" -> new ComparisonText("it crosses", "it leaves its band");
            default -> new ComparisonText(operator, operator);
        };
    }

    /** With the threshold. */
    String withThreshold(String threshold) {
        return limit + " " + threshold;
    }
}
