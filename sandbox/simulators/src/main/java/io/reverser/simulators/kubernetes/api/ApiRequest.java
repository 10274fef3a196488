package io.reverser.simulators.kubernetes.api;

import io.reverser.simulators.kubernetes.object.ObjectName;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes API request for namespaced objects.
 *
 * @param apiVersion the group and version, such as {@code apps/v1}
 * @param name the name of the object; empty if the request is for all objects
 */
record ApiRequest(
        String verb, String apiVersion, String namespace, String resource, String name, Map<String, String> query) {

    private static final Pattern PATH = Pattern.compile(
            "/(?:api/v1|apis/(?<version>[^/]+/[^/]+))/namespaces/(?<namespace>[^/]+)/(?<resource>[^/]+)(?:/(?<name>[^/]+))?");
    private static final Map<String, String> VERBS =
            Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");

    /** Parses a request. Empty if the path is not a path of namespaced objects. */
    static Optional<ApiRequest> parse(String method, URI uri) {
        Matcher path = PATH.matcher(uri.getPath());
        if (!path.matches()) {
            return Optional.empty();
        }
        String name = Optional.ofNullable(path.group("name")).orElse("");
        String readVerb = name.isEmpty() ? "list" : "get";
        return Optional.of(new ApiRequest(
                VERBS.getOrDefault(method, readVerb),
                Optional.ofNullable(path.group("version")).orElse("v1"),
                path.group("namespace"),
                path.group("resource"),
                name,
                parseQuery(uri)));
    }

    /** The API group of the requested resource; empty for the core group. */
    String group() {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    ObjectName objectName() {
        return new ObjectName(namespace, name);
    }

    /** Names the requested object or resource in an error message. */
    String subject() {
        String kind = group().isEmpty() ? resource : resource + "." + group();
        return name.isEmpty() ? kind : kind + " \"" + name + "\"";
    }

    private static Map<String, String> parseQuery(URI uri) {
        var query = new HashMap<String, String>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
