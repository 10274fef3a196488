package io.reverser.databaseuser;

import software.amazon.awssdk.services.rdsdata.model.RdsDataException;

/**
 * The database did not do what it was told. Says which error it was, and neither its words nor its cause, because a
 * database repeats the part of a statement that it stumbled over, and that may be the password.
 */
final class AccountCreationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AccountCreationException(ApplicationAccount account, RdsDataException failure) {
        super("The account %s was not made: %s (HTTP %d, request %s)"
                .formatted(account, failure.getClass().getSimpleName(), failure.statusCode(), failure.requestId()));
    }
}
