package io.reverser.simulators;

import java.io.Serial;
import java.util.Objects;
import java.util.regex.Pattern;

/** The embedded database did not come up. The message is one line that names the cause and, where known, the cure. */
public final class DatabaseDidNotStart extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Pattern MISSING_LIBRARY = Pattern.compile("error while loading shared libraries: ([^:\\s]+)");

    DatabaseDidNotStart(Exception cause) {
        super(reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            var missing = MISSING_LIBRARY.matcher(Objects.requireNonNullElse(next.getMessage(), ""));
            if (missing.find()) {
                return "MariaDB needs the native library " + missing.group(1)
                        + ", which this machine lacks; install the package that holds it";
            }
        }
        return "MariaDB did not start: " + cause.getMessage();
    }
}
