package io.reverser.simulators.database;

import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A database server did not start. The exception message is one line with the cause and, where known, the fix. */
public final class DatabaseDidNotStart extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Pattern MISSING_LIBRARY = Pattern.compile("error while loading shared libraries: ([^:\\s]+)");

    DatabaseDidNotStart(String server, Exception cause) {
        super(server + " did not start: " + cause.getMessage(), cause);
    }

    DatabaseDidNotStart(String server, String log, Path logFile) {
        super(reason(server, log) + " (its log: " + logFile + ")");
    }

    private static String reason(String server, String log) {
        var missing = MISSING_LIBRARY.matcher(log);
        return missing.find()
                ? server + " needs the native library " + missing.group(1)
                        + ", which is not installed; install the package that contains it"
                : server + " did not start: " + firstError(log);
    }

    /** Returns the last error in the server's log, or the log's last line if it has no error. */
    private static String firstError(String log) {
        List<String> lines = log.lines()
                .filter(line -> !line.isBlank() && !line.endsWith("Aborting"))
                .toList();
        return lines.stream()
                .filter(line -> line.contains("ERROR"))
                .findFirst()
                .orElse(lines.isEmpty() ? "its log is empty" : lines.getLast());
    }
}
