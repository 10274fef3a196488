package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A password as GetRandomPassword makes it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html">GetRandomPassword</a>
 */
final class RandomPassword {

    private static final int DEFAULT_LENGTH = 32;
    private static final int LONGEST = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomPassword() {}

    /** A kind of characters, and the switch that leaves it out. */
    private record Kind(String characters, String switchedOff) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("abcdefghijklmnopqrstuvwxyz", "ExcludeLowercase"),
            new Kind("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ExcludeUppercase"),
            new Kind("0123456789", "ExcludeNumbers"),
            new Kind("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "ExcludePunctuation"));

    /**
     * Makes one.
     *
     * @throws AwsError when there is none like that
     */
    static String of(JsonNode request) {
        int length = request.path("PasswordLength").asInt(DEFAULT_LENGTH);
        List<String> kinds = kinds(request);
        boolean each = request.path("RequireEachIncludedType").asBoolean(true);
        if (length < 1 || length > LONGEST) {
            throw AwsError.invalid("PasswordLength must be between 1 and %d.".formatted(LONGEST));
        }
        if (kinds.isEmpty()) {
            throw AwsError.invalid("The request leaves no characters for the password.");
        }
        if (each && length < kinds.size()) {
            throw AwsError.invalid("Password length is too short based on the required types.");
        }
        List<Integer> password = new ArrayList<>();
        if (each) {
            kinds.forEach(kind -> password.add(anyOf(kind)));
        }
        String all = String.join("", kinds);
        while (password.size() < length) {
            password.add(anyOf(all));
        }
        Collections.shuffle(password, RANDOM);
        return password.stream().map(Character::toString).collect(Collectors.joining());
    }

    private static List<String> kinds(JsonNode request) {
        String excluded = request.path("ExcludeCharacters").asText();
        Stream<String> chosen = KINDS.stream()
                .filter(kind -> !request.path(kind.switchedOff()).asBoolean())
                .map(Kind::characters);
        Stream<String> space =
                Stream.of(" ").filter(any -> request.path("IncludeSpace").asBoolean());
        return Stream.concat(chosen, space)
                .map(kind -> kind.chars()
                        .filter(character -> excluded.indexOf(character) < 0)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()))
                .filter(kind -> !kind.isEmpty())
                .toList();
    }

    private static int anyOf(String characters) {
        return characters.charAt(RANDOM.nextInt(characters.length()));
    }
}
