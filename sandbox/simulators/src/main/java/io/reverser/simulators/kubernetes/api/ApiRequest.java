package io.reverser.simulators.kubernetes.api;

import io.reverser.simulators.kubernetes.ObjectName;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request for objects in a namespace.
 *
 * @param version like {@code apps/v1}
 * @param name empty for all of them
 */
record ApiRequest(
        String verb, String version, String namespace, String resource, String name, Map<String, String> query) {

    private static final Pattern PATH = Pattern.compile(
            "/(?:api/v1|apis/(?<version>[^/]+/[^/]+))/namespaces/(?<namespace>[^/]+)/(?<resource>[^/]+)(?:/(?<name>[^/]+))?");
    private static final Map<String, String> VERBS =
            Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");

    /** Nothing where the path leads to no objects of a namespace. */
    static Optional<ApiRequest> of(String method, URI uri) {
        Matcher path = PATH.matcher(uri.getPath());
        if (!path.matches()) {
            return Optional.empty();
        }
        String name = Optional.ofNullable(path.group("name")).orElse("");
        String reading = name.isEmpty() ? "list" : "get";
        return Optional.of(new ApiRequest(
                VERBS.getOrDefault(method, reading),
                Optional.ofNullable(path.group("version")).orElse("v1"),
                path.group("namespace"),
                path.group("resource"),
                name,
                query(uri)));
    }

    /** Empty for Kubernetes' oldest API. */
    String group() {
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    ObjectName object() {
        return new ObjectName(namespace, name);
    }

    /** What it is about, as messages have it. */
    String subject() {
        String kind = group().isEmpty() ? resource : resource + "." + group();
        return name.isEmpty() ? kind : kind + " \"" + name + "\"";
    }

    private static Map<String, String> query(URI uri) {
        var query = new HashMap<String, String>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
