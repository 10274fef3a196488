package io.reverser.configreader;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Name patterns in the settings, in which {@code *} stands for any characters, or none. */
public final class Glob {

    private Glob() {}

    public static boolean matches(String glob, String text) {
        String expression =
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.matches(expression, text);
    }
}
