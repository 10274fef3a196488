package io.reverser.simulators.aws.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The rules for resource tags that most AWS services share.
 *
 * @see <a href="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html">Tag naming
 *     limits</a>
 */
public final class TagValidator {

    private static final Pattern ALLOWED_CHARACTERS = Pattern.compile("[\\p{L}\\p{N} +\\-=._:/@]*");
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_VALUE_LENGTH = 256;

    private TagValidator() {}

    /** Reads tags from a list of keys and values, without validation. */
    public static Map<String, String> parse(JsonNode list) {
        var tags = new TreeMap<String, String>();
        list.forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }

    /**
     * Validates all tags of one resource.
     *
     * @throws AwsError when there are too many tags, or a tag is invalid
     */
    public static void validate(Map<String, String> tags) {
        boolean valid = tags.size() <= MAX_TAGS
                && tags.entrySet().stream().allMatch(tag -> isValid(tag.getKey(), tag.getValue()));
        if (!valid) {
            throw AwsError.invalidParameter("The tags are not valid");
        }
    }

    private static boolean isValid(String key, String value) {
        return !key.isEmpty()
                && !key.startsWith("aws:")
                && key.length() <= MAX_KEY_LENGTH
                && value.length() <= MAX_VALUE_LENGTH
                && ALLOWED_CHARACTERS.matcher(key).matches()
                && ALLOWED_CHARACTERS.matcher(value).matches();
    }
}
