package io.reverser.simulators.aws;

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

/** All secrets of an account. Whoever uses it holds its monitor. */
final class Secrets {

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:";
    private static final Pattern LOOKS_COMPLETE = Pattern.compile(".*-[a-zA-Z0-9]{6}");
    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX_LENGTH = 6;

    private final InstantSource clock;
    private final Map<String, Secret> secrets = new TreeMap<>();

    Secrets(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    Collection<Secret> all() {
        secrets.values().removeIf(this::isGone);
        return List.copyOf(secrets.values());
    }

    /** Makes one without a value. */
    Secret make(String name) {
        String suffix = ThreadLocalRandom.current()
                .ints(SUFFIX_LENGTH, 0, SUFFIX.length())
                .mapToObj(index -> SUFFIX.substring(index, index + 1))
                .collect(Collectors.joining());
        var secret = new Secret(name, ARN + name + "-" + suffix, now());
        secrets.put(name, secret);
        return secret;
    }

    void remove(Secret secret) {
        secrets.remove(secret.name());
    }

    Optional<Secret> named(String name) {
        return Optional.ofNullable(secrets.get(name)).filter(secret -> !isGone(secret));
    }

    /**
     * The secret with this name or ARN. An ARN may lack what AWS adds to the name, unless the name looks as if it had that.
     *
     * @throws AwsError when there is none
     */
    Secret get(String id) {
        return find(id).orElseThrow(() ->
                new AwsError(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    Optional<Secret> find(String id) {
        return named(id).or(() -> byArn(id));
    }

    /**
     * The secret with this name or ARN, if it can be used.
     *
     * @throws AwsError when there is none, or it is about to be deleted
     */
    Secret live(String id) {
        Secret secret = get(id);
        if (secret.deletion().isPresent()) {
            throw new AwsError(
                    400,
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return secret;
    }

    private Optional<Secret> byArn(String id) {
        boolean complete = LOOKS_COMPLETE.matcher(id).matches();
        return all().stream()
                .filter(secret -> complete
                        ? secret.arn().equals(id)
                        : secret.arn()
                                .substring(0, secret.arn().length() - SUFFIX_LENGTH - 1)
                                .equals(id))
                .findFirst();
    }

    private boolean isGone(Secret secret) {
        return secret.deletion().filter(time -> !now().isBefore(time)).isPresent();
    }
}
