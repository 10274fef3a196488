package io.reverser.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;

class FeatureFlagsTest {

    /** The npm package in the jar of aws-cdk-lib. */
    private static final String PACKAGE = "/software/amazon/awscdk/aws-cdk-lib@%s.jsii.tgz"
            .formatted(App.class.getPackage().getImplementationVersion());

    private static final Map<String, Object> DIFFERENT = Map.of(
            // Adds a custom resource for a security group that nothing uses, and that admits only its own members.
            "@aws-cdk/aws-ec2:restrictDefaultSecurityGroup", false,
            // LogRetentionAspect creates the log groups of CDK's own functions; with this flag, CDK would create groups
            // that are retained when their stack is deleted.
            "@aws-cdk/aws-lambda:useCdkManagedLogGroup", false,
            // Synthesis would fail on findings of cdk-nag, which EveryStackTest compares with a list of exceptions.
            "@aws-cdk/core:annotationsInValidationReport", false,
            // With weak references, CloudFormation would replace a resource that another stack uses.
            "@aws-cdk/core:defaultCrossStackReferences", "strong");

    /** A new version of aws-cdk-lib can recommend more flags. Before you set one, compare the templates. */
    @Test
    void setsTheFlagsThatTheLibraryRecommends() throws IOException {
        var expected = new TreeMap<>(read(recommended()));
        expected.putAll(DIFFERENT);
        assertThat(read(resource(Platform.class, "feature-flags.json").readAllBytes()))
                .isEqualTo(expected);
    }

    /** Finds the list in the tar archive, which consists of blocks of 512 bytes. */
    private static byte[] recommended() throws IOException {
        try (var tar = new DataInputStream(new GZIPInputStream(resource(App.class, PACKAGE)))) {
            while (true) {
                String header = new String(tar.readNBytes(512), StandardCharsets.ISO_8859_1);
                long size = Long.parseLong(header.substring(124, 135).strip(), 8);
                if (header.startsWith("package/recommended-feature-flags.json")) {
                    return tar.readNBytes((int) size);
                }
                tar.skipNBytes((size + 511) / 512 * 512);
            }
        }
    }

    private static InputStream resource(Class<?> origin, String name) {
        return Objects.requireNonNull(origin.getResourceAsStream(name), name);
    }

    private static Map<String, Object> read(byte[] json) throws IOException {
        return new ObjectMapper().readValue(json, new TypeReference<>() {});
    }
}
