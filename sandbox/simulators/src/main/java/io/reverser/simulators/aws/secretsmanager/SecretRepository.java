package io.reverser.simulators.aws.secretsmanager;

import io.reverser.simulators.aws.api.AwsError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All secrets of an AWS account. Not thread-safe: callers must hold the monitor of the repository. */
final class SecretRepository {

    static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:";
    private static final Pattern COMPLETE_ARN = Pattern.compile(".*-[a-zA-Z0-9]{6}");
    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX_LENGTH = 6;

    private final InstantSource clock;
    private final Map<String, StoredSecret> secrets = new TreeMap<>();

    SecretRepository(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Collection<StoredSecret> all() {
        secrets.values().removeIf(this::isDeleted);
        return List.copyOf(secrets.values());
    }

    /** Creates a secret without a value. */
    StoredSecret create(String name) {
        String suffix = ThreadLocalRandom.current()
                .ints(SUFFIX_LENGTH, 0, SUFFIX.length())
                .mapToObj(index -> SUFFIX.substring(index, index + 1))
                .collect(Collectors.joining());
        var secret = new StoredSecret(name, ARN + name + "-" + suffix, now());
        secrets.put(name, secret);
        return secret;
    }

    void remove(StoredSecret secret) {
        secrets.remove(secret.name());
    }

    Optional<StoredSecret> findByName(String name) {
        return Optional.ofNullable(secrets.get(name)).filter(secret -> !isDeleted(secret));
    }

    /**
     * Finds a secret by name or ARN. An ARN may omit the random suffix, unless the secret's name itself ends as if it
     * had such a suffix.
     *
     * @throws AwsError when there is no such secret
     */
    StoredSecret require(String id) {
        return find(id).orElseThrow(() ->
                new AwsError(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    Optional<StoredSecret> find(String id) {
        return findByName(id).or(() -> findByArn(id));
    }

    /**
     * Finds a secret by name or ARN and checks that it is not scheduled for deletion.
     *
     * @throws AwsError when there is no such secret, or the secret is scheduled for deletion
     */
    StoredSecret requireActive(String id) {
        StoredSecret secret = require(id);
        if (secret.deletionDate().isPresent()) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return secret;
    }

    private Optional<StoredSecret> findByArn(String id) {
        boolean complete = COMPLETE_ARN.matcher(id).matches();
        return all().stream()
                .filter(secret -> complete
                        ? secret.arn().equals(id)
                        : secret.arn()
                                .substring(0, secret.arn().length() - SUFFIX_LENGTH - 1)
                                .equals(id))
                .findFirst();
    }

    private boolean isDeleted(StoredSecret secret) {
        return secret.deletionDate().filter(time -> !now().isBefore(time)).isPresent();
    }
}
