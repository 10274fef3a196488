package io.reverser.simulators.aws.secretsmanager;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a secret.
 *
 * @param value none in the version that a rotation begins with
 */
record SecretVersion(String id, Instant created, Optional<SecretValue> value) {}
