package io.reverser.databaseuser;

import software.amazon.awssdk.services.rdsdata.model.RdsDataException;

/**
 * A statement in the database failed. The exception names the error, but contains neither the database's message nor a
 * cause, because a database quotes the part of a statement that it could not parse, and that part may be the password.
 */
final class AccountCreationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AccountCreationException(ApplicationAccount account, RdsDataException failure) {
        super("Could not create the account %s: %s (HTTP %d, request %s)"
                .formatted(account, failure.getClass().getSimpleName(), failure.statusCode(), failure.requestId()));
    }
}
