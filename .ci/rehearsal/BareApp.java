import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

/** A CDK app with one empty stack: what synthesis costs without our stacks. Argument: the folder for the template. */
final class BareApp {

    public static void main(String[] arguments) {
        var app = new App(AppProps.builder().outdir(arguments[0]).analyticsReporting(false).build());
        new Stack(app, "empty");
        app.synth();
    }
}
