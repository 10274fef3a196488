package io.reverser.simulators.database;

import java.io.Serial;
import java.util.Objects;
import java.util.regex.Pattern;

/** A database server did not come up. The message is one line that names the cause and, where known, the cure. */
public final class DatabaseDidNotStart extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Pattern MISSING_LIBRARY = Pattern.compile("error while loading shared libraries: ([^:\\s]+)");

    DatabaseDidNotStart(String server, Exception cause) {
        super(reason(server, cause), cause);
    }

    DatabaseDidNotStart(String server, String log) {
        super(missingLibrary(server, log, server + " did not start: " + firstError(log)));
    }

    private static String reason(String server, Throwable cause) {
        String reason = server + " did not start: " + cause.getMessage();
        for (Throwable next = cause; next != null; next = next.getCause()) {
            reason = missingLibrary(server, Objects.requireNonNullElse(next.getMessage(), ""), reason);
        }
        return reason;
    }

    private static String firstError(String log) {
        return log.lines().filter(line -> line.contains("[ERROR]")).findFirst().orElse("it does not say why");
    }

    private static String missingLibrary(String server, String log, String fallback) {
        var missing = MISSING_LIBRARY.matcher(log);
        return missing.find()
                ? server + " needs the native library " + missing.group(1)
                        + ", which this machine lacks; install the package that holds it"
                : fallback;
    }
}
