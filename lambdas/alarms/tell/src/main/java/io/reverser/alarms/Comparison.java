package io.reverser.alarms;

/**
 * How an alarm compares.
 *
 * @param limit what is said before a threshold
 * @param band what is said of a band
 */
record Comparison(String limit, String band) {

    /** By CloudWatch's name; one that is not known is shown as it is. */
    static Comparison of(String operator) {
        return switch (operator) {
            case "GreaterThanThreshold" -> new Comparison("above", "");
            case "GreaterThanOrEqualToThreshold" -> new Comparison("at least", "");
            case "LessThanThreshold" -> new Comparison("below", "");
            case "LessThanOrEqualToThreshold" -> new Comparison("at most", "");
            case "LessThanLowerOrGreaterThanUpperThreshold" -> new Comparison("", "outside its band");
            case "GreaterThanUpperThreshold" -> new Comparison("", "above its band");
            case "LessThanLowerThreshold" -> new Comparison("", "below its band");
            case "" -> new Comparison("it crosses", "it leaves its band");
            default -> new Comparison(operator, operator);
        };
    }

    /** With the threshold. */
    String limit(String threshold) {
        return limit + " " + threshold;
    }
}
