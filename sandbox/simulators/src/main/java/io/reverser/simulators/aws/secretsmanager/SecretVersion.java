package io.reverser.simulators.aws.secretsmanager;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a secret.
 *
 * @param value the version's value; empty in a version that a rotation creates, until the rotation function sets it
 */
record SecretVersion(String id, Instant created, Optional<SecretValue> value) {}
