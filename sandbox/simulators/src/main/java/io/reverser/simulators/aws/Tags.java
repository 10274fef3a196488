package io.reverser.simulators.aws;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tags as most services take them.
 *
 * @see <a href="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html">Tag naming
 *     limits</a>
 */
final class Tags {

    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N} +\\-=._:/@]*");
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private Tags() {}

    /**
     * All tags of one resource.
     *
     * @throws AwsError when they are too many, or one is not valid
     */
    static void check(Map<String, String> tags) {
        boolean valid = tags.size() <= MOST_TAGS
                && tags.entrySet().stream().allMatch(tag -> isTag(tag.getKey(), tag.getValue()));
        if (!valid) {
            throw AwsError.invalid("The tags are not valid");
        }
    }

    private static boolean isTag(String key, String value) {
        return !key.isEmpty()
                && !key.startsWith("aws:")
                && key.length() <= LONGEST_KEY
                && value.length() <= LONGEST_VALUE
                && TAG.matcher(key).matches()
                && TAG.matcher(value).matches();
    }
}
