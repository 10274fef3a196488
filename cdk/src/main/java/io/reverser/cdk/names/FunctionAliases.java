package io.reverser.cdk.names;

import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Names that are known before what they name is made, so that nothing has to wait for itself. */
public final class FunctionAliases {

    /** The only alias of each function. */
    public static final String LIVE = "live";

    private FunctionAliases() {}

    public static String liveAliasArn(Construct scope, String function) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("lambda")
                        .resource("function")
                        .resourceName(function + ":" + LIVE)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }
}
