package io.reverser.cdk.lambda;

import io.reverser.cdk.logs.LogGroups;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.AssetHashType;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
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
import software.amazon.awscdk.services.s3.assets.AssetOptions;
import software.constructs.Construct;

/** A Lambda function with SnapStart behind an alias, and its log group with a retention period. */
public final class SnapStartFunction extends Construct {

    /** The network of a function.
     *
     * @param vpc the VPC, in whose private subnets the function runs
     */
    public record VpcPlacement(IVpc vpc, ISecurityGroup securityGroup) {}

    private static final int MEMORY_MB = 1024;

    private final Function function;
    private final Alias alias;

    /** A function outside the VPC, with access to AWS and the internet. */
    public SnapStartFunction(Construct scope, String id, Settings settings, LambdaArtifacts.FunctionCode code) {
        this(scope, id, settings, code, Optional.empty());
    }

    /** A function in the VPC if a placement is given, otherwise outside the VPC. */
    public SnapStartFunction(
            Construct scope,
            String id,
            Settings settings,
            LambdaArtifacts.FunctionCode code,
            Optional<VpcPlacement> placement) {
        super(scope, id);
        var names = new PhysicalNames(settings);
        String name = names.function(code.name());
        LogGroup log = LogGroups.create(this, "Log", settings, "/aws/lambda/" + name);
        var role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        log.grantWrite(role);
        var builder = Function.Builder.create(this, "Function")
                .functionName(name)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(code.handler())
                .code(Code.fromAsset(
                        code.zip().toString(),
                        AssetOptions.builder()
                                .assetHashType(AssetHashType.CUSTOM)
                                .assetHash(PackageHash.of(code.zip()))
                                .build()))
                .memorySize(MEMORY_MB)
                .timeout(Duration.seconds(code.timeoutSeconds()))
                .role(role)
                .logGroup(log)
                .tracing(Tracing.DISABLED)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        placement.ifPresent(vpcPlacement -> {
            VpcLambdaPolicy.statements(names.functionArn(code.name())).forEach(role::addToPolicy);
            builder.vpc(vpcPlacement.vpc())
                    .vpcSubnets(SubnetSelection.builder()
                            .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                            .build())
                    .securityGroups(List.of(vpcPlacement.securityGroup()));
        });
        function = builder.build();
        alias = Alias.Builder.create(this, "Live")
                .aliasName(PhysicalNames.LIVE_ALIAS)
                .version(function.getCurrentVersion())
                .build();
    }

    /** Adds a Lambda layer to the function. */
    public SnapStartFunction layer(ILayerVersion layer) {
        function.addLayers(layer);
        return this;
    }

    /** Adds an environment variable to the function. */
    public SnapStartFunction environment(String name, String value) {
        function.addEnvironment(name, value);
        return this;
    }

    /** The function, to which the caller adds permissions. */
    public Function function() {
        return function;
    }

    /** The alias through which the function is invoked. */
    public Alias alias() {
        return alias;
    }
}
