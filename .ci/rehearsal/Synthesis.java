import io.reverser.cdk.cli.SynthCommand;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Synthesises an environment from several folders with the layout of the repository, and prints the name of each folder.
 *
 * <p>Arguments: the environment, the folders. In the folder "unprotected", no stack is protected, as before its first deployment.
 */
final class Synthesis {

    private static final List<String> STACKS = List.of(
            "addons", "app", "argocd", "cluster", "database", "delivery", "functions", "network", "observability", "rotation");

    public static void main(String[] arguments) {
        String environment = arguments[0];
        Set<String> stacks = STACKS.stream().map(stack -> environment + "-" + stack).collect(Collectors.toSet());
        Arrays.stream(arguments).skip(1).map(Path::of).forEach(folder -> {
            SynthCommand.synthesize(folder, environment, folder.endsWith("unprotected") ? stacks : Set.of());
            System.out.println(folder.getFileName());
        });
    }
}
