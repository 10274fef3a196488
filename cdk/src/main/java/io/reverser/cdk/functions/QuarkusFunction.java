package io.reverser.cdk.functions;

import io.reverser.cdk.settings.Logs;
import io.reverser.cdk.settings.Settings;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** A function from its package, with a log that ends and an alias that starts from a snapshot. */
final class QuarkusFunction extends Construct {

    private static final int MEMORY_MB = 1024;

    private final Function function;
    private final Alias alias;

    QuarkusFunction(Construct scope, String id, Settings settings, Packages.FunctionCode code) {
        super(scope, id);
        String name = settings.name() + "-" + code.name();
        LogGroup log = Logs.group(this, "Log", settings, "/aws/lambda/" + name);
        var role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        log.grantWrite(role);
        function = Function.Builder.create(this, "Function")
                .functionName(name)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(code.handler())
                .code(Code.fromAsset(code.zip().toString()))
                .memorySize(MEMORY_MB)
                .timeout(Duration.seconds(code.timeOutSeconds()))
                .role(role)
                .logGroup(log)
                .tracing(Tracing.DISABLED)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .build();
        alias = Alias.Builder.create(this, "Live")
                .aliasName(Names.ALIAS)
                .version(function.getCurrentVersion())
                .build();
    }

    QuarkusFunction layer(ILayerVersion layer) {
        function.addLayers(layer);
        return this;
    }

    QuarkusFunction environment(String name, String value) {
        function.addEnvironment(name, value);
        return this;
    }

    Function function() {
        return function;
    }

    Alias alias() {
        return alias;
    }
}
