package io.reverser.simulators.aws.secretsmanager;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a secret.
 *
 * @param value empty in the version that a rotation stages
 */
record SecretVersion(String id, Instant created, Optional<SecretValue> value) {}
