package io.reverser.cdk.functions;

import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Names that are known before what they name is made, so that nothing has to wait for itself. */
final class Names {

    /** The only alias of each function. */
    static final String ALIAS = "live";

    private Names() {}

    static String aliasArn(Construct scope, String function) {
        return Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("lambda")
                        .resource("function")
                        .resourceName(function + ":" + ALIAS)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }
}
