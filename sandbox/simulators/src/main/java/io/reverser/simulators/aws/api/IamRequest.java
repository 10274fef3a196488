package io.reverser.simulators.aws.api;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What AWS asks IAM before it executes a call. Most calls need one permission; some need others as well, such as to tag
 * what they create.
 *
 * @param action such as {@code eks:CreateAccessEntry}
 * @param resource the ARN of the resource as it was before the call, without the random parts that AWS adds to names; or
 *     {@code *}
 * @param context the values of the condition keys that depend on the request or the resource
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html">Service
 *     Authorization Reference</a>
 */
public record IamRequest(String action, String resource, SortedMap<String, List<String>> context) {

    /** A request without condition keys. */
    public static IamRequest of(String action, String resource) {
        return new IamRequest(action, resource, new TreeMap<>());
    }

    /** The ARN of a resource in the simulated account. */
    public static String arn(String service, String resource) {
        return "arn:aws:%s:eu-central-1:111122223333:%s".formatted(service, resource);
    }

    /** Adds a condition key. A key without values is absent, as in AWS. */
    public IamRequest with(String key, List<String> values) {
        var more = new TreeMap<>(context);
        if (!values.isEmpty()) {
            more.put(key, values);
        }
        return new IamRequest(action, resource, more);
    }

    /** Adds the condition keys of the tags that the resource has. */
    public IamRequest withResourceTags(Map<String, String> tags) {
        IamRequest result = this;
        for (var tag : tags.entrySet()) {
            result = result.with("aws:ResourceTag/" + tag.getKey(), List.of(tag.getValue()));
        }
        return result;
    }

    /** Adds the condition keys of the tags that the request sets. */
    public IamRequest withRequestTags(Map<String, String> tags) {
        IamRequest result = with("aws:TagKeys", tags.keySet().stream().sorted().toList());
        for (var tag : tags.entrySet()) {
            result = result.with("aws:RequestTag/" + tag.getKey(), List.of(tag.getValue()));
        }
        return result;
    }
}
