package io.reverser.rotation.rotator.database;

import java.sql.SQLException;
import java.util.Map;

/**
 * A statement or connection failed. The exception names the error, but contains neither the server's message nor a
 * cause, because a server quotes the part of a statement that it could not parse, and that part may be a password.
 */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final Map<Integer, String> ERROR_MEANINGS = Map.ofEntries(
            Map.entry(1044, "the account may not use the database"),
            Map.entry(1045, "the login was refused"),
            Map.entry(1049, "there is no such database"),
            Map.entry(1227, "the administrator lacks a privilege"),
            Map.entry(1290, "the server is read-only"),
            Map.entry(1396, "there is no such account"),
            Map.entry(1819, "the password policy refuses the new password"),
            Map.entry(1820, "the account's password has expired"),
            Map.entry(1862, "the account's password has expired"),
            Map.entry(3118, "the account is locked"),
            Map.entry(3638, "the password history refuses a password that was used before"),
            Map.entry(3894, "the server refuses to keep the current password"),
            Map.entry(4151, "the account is locked"));

    private final int code;

    DatabaseException(String what, SQLException failure) {
        super(what + ": " + meaning(failure));
        this.code = failure.getErrorCode();
    }

    /** Whether a retry would fail the same way. */
    public boolean isPermanent() {
        return ERROR_MEANINGS.containsKey(code) && code != 1290;
    }

    private static String meaning(SQLException failure) {
        String meaning = ERROR_MEANINGS.getOrDefault(
                failure.getErrorCode(),
                failure.getErrorCode() > 0 ? "the statement failed" : "the database is unavailable");
        return "%s (error %d, SQL state %s)".formatted(meaning, failure.getErrorCode(), failure.getSQLState());
    }
}
