package io.reverser.simulators.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label selector, which selects Kubernetes objects.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels and selectors</a>
 */
final class LabelSelector {

    private static final String KEY = "\\s*([\\w./-]+)\\s*";
    private static final Pattern EQUALS = Pattern.compile(KEY + "(==|=|!=)\\s*([\\w.-]*)\\s*");
    private static final Pattern IN = Pattern.compile(KEY + "(in|notin)\\s*\\(([\\w.,\\s-]*)\\)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)" + KEY);
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private LabelSelector() {}

    /** Parses a label selector. The empty selector matches all objects. */
    static Predicate<JsonNode> parse(String selector) {
        var all = new ArrayList<Predicate<JsonNode>>();
        if (!selector.isBlank()) {
            COMMA.splitAsStream(selector).map(LabelSelector::parseRequirement).forEach(all::add);
        }
        return object -> all.stream().allMatch(each -> each.test(object.at("/metadata/labels")));
    }

    private static Predicate<JsonNode> parseRequirement(String text) {
        Matcher equals = EQUALS.matcher(text);
        if (equals.matches()) {
            boolean not = equals.group(2).equals("!=");
            return labels -> not != isOneOf(labels.path(equals.group(1)), List.of(equals.group(3)));
        }
        Matcher in = IN.matcher(text);
        if (in.matches()) {
            boolean not = in.group(2).equals("notin");
            List<String> values =
                    Arrays.stream(in.group(3).split(",", -1)).map(String::strip).toList();
            return labels -> not != isOneOf(labels.path(in.group(1)), values);
        }
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            boolean not = !exists.group(1).isEmpty();
            return labels -> not != labels.has(exists.group(2));
        }
        throw ApiError.badRequest("unable to parse requirement: " + text);
    }

    private static boolean isOneOf(JsonNode label, List<String> values) {
        return !label.isMissingNode() && values.contains(label.asText());
    }
}
