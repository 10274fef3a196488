import io.reverser.cdk.cli.SynthCommand;
import java.nio.file.Path;
import java.util.Arrays;

/** Synthesises an environment from several folders with the layout of the repository. Arguments: environment, folders. */
final class Synthesis {

    public static void main(String[] arguments) {
        Arrays.stream(arguments).skip(1).forEach(folder -> SynthCommand.synthesize(Path.of(folder), arguments[0]));
    }
}
