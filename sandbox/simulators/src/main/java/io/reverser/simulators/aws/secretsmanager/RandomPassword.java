package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.simulators.aws.api.AwsError;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A password as GetRandomPassword generates it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html">GetRandomPassword</a>
 */
final class RandomPassword {

    private static final int DEFAULT_LENGTH = 32;
    private static final int MAX_LENGTH = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomPassword() {}

    /** A class of characters, and the GetRandomPassword parameter that excludes these characters. */
    private record CharacterClass(String characters, String excludeParameter) {}

    private static final List<CharacterClass> CHARACTER_CLASSES = List.of(
            new CharacterClass("abcdefghijklmnopqrstuvwxyz", "ExcludeLowercase"),
            new CharacterClass("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ExcludeUppercase"),
            new CharacterClass("0123456789", "ExcludeNumbers"),
            new CharacterClass("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "ExcludePunctuation"));

    /**
     * Generates a random password as GetRandomPassword does.
     *
     * @throws AwsError when no password meets the requirements of the request
     */
    static String generate(JsonNode request) {
        int length = request.path("PasswordLength").asInt(DEFAULT_LENGTH);
        List<String> classes = includedClasses(request);
        boolean requireEachClass = request.path("RequireEachIncludedType").asBoolean(true);
        if (length < 1 || length > MAX_LENGTH) {
            throw AwsError.invalidParameter("PasswordLength must be between 1 and %d.".formatted(MAX_LENGTH));
        }
        if (classes.isEmpty()) {
            throw AwsError.invalidParameter("The request leaves no characters for the password.");
        }
        if (requireEachClass && length < classes.size()) {
            throw AwsError.invalidParameter("Password length is too short based on the required types.");
        }
        List<Integer> password = new ArrayList<>();
        if (requireEachClass) {
            classes.forEach(kind -> password.add(randomCharacter(kind)));
        }
        String all = String.join("", classes);
        while (password.size() < length) {
            password.add(randomCharacter(all));
        }
        Collections.shuffle(password, RANDOM);
        return password.stream().map(Character::toString).collect(Collectors.joining());
    }

    private static List<String> includedClasses(JsonNode request) {
        String excluded = request.path("ExcludeCharacters").asText();
        Stream<String> chosen = CHARACTER_CLASSES.stream()
                .filter(kind -> !request.path(kind.excludeParameter()).asBoolean())
                .map(CharacterClass::characters);
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

    private static int randomCharacter(String characters) {
        return characters.charAt(RANDOM.nextInt(characters.length()));
    }
}
