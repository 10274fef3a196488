import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.cdk.AcceptedSettings;
import io.reverser.cdk.cli.SynthCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Synthesises an environment from several folders with the layout of the repository, and prints the name of each folder.
 *
 * <p>Arguments: the environment, the folders. In the folder "unprotected", no stack is protected, as before its first deployment. In
 * a folder like "seed 4711", the environment is replaced by random accepted settings.
 */
final class Synthesis {

    private static final List<String> STACKS = List.of(
            "addons", "app", "argocd", "cluster", "database", "delivery", "functions", "network", "observability", "rotation");

    public static void main(String[] arguments) throws IOException {
        String environment = arguments[0];
        Set<String> stacks = STACKS.stream().map(stack -> environment + "-" + stack).collect(Collectors.toSet());
        for (String each : List.of(arguments).subList(1, arguments.length)) {
            Path folder = Path.of(each);
            String name = folder.getFileName().toString();
            SynthCommand.synthesize(
                    folder,
                    name.startsWith("seed ") ? draw(folder, environment, Long.parseLong(name.substring(5))) : environment,
                    name.equals("unprotected") ? stacks : Set.of());
            System.out.println(name);
        }
    }

    /** Replaces the settings by random accepted settings, and returns their environment. */
    private static String draw(Path folder, String environment, long seed) throws IOException {
        Path config = folder.resolve("cdk/config");
        Path file = config.resolve(environment + ".yaml");
        // Random's first numbers are similar for similar seeds.
        var choice = AcceptedSettings.random(new SplittableRandom(seed).nextLong());
        // Protected stacks could not be deleted, and another version of Kubernetes would have to be built first.
        choice.put("/deletion_protection", "");
        choice.remove("/cluster/version");
        ObjectNode settings = AcceptedSettings.apply(choice, file);
        Files.delete(file);
        String drawn = settings.remove("environment").asText();
        Files.writeString(config.resolve(drawn + ".yaml"), settings.toString());
        return drawn;
    }
}
