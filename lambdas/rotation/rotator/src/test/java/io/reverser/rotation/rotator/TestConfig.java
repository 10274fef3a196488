package io.reverser.rotation.rotator;

import io.reverser.rotation.rotator.database.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the rotation function in tests. */
record TestConfig(Path planFile, URI slackApi, Optional<String> reader, int port) implements RotationConfig {

    TestConfig(RotationHarness.Variant variant, String bake, Optional<String> reader, URI slackApi, String database) {
        this(plan(variant, bake, database), slackApi, reader, variant.server().port());
    }

    private static Path plan(RotationHarness.Variant variant, String bake, String database) {
        String users = variant.strategy().equals("alternating_users")
                ? ", \"users\": [\"%sa\", \"%sb\"]".formatted(database, database)
                : "";
        try {
            return Files.writeString(Files.createTempFile(Path.of("target"), "rotation", ".json"), """
                    {"channel": "C0PLATFORM", "strategy": "%s"%s, "rotate_after": "25d", "max_age": "40d", "bake": "%s",
                     "rollout_timeout": "15m", "blocking_alarms": ["dev-*"],
                     "windows": [{"name": "night", "zone": "Europe/Berlin", "days": ["SUN"], "start": "02:00",
                                  "length": "3h", "cutoff": "1h"}]}""".formatted(
                            variant.strategy(), users, bake));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String environment() {
        return "dev";
    }

    @Override
    public String secret() {
        return RotationHarness.SECRET;
    }

    @Override
    public String administratorSecret() {
        return "administrator";
    }

    @Override
    public String table() {
        return "rotation";
    }

    @Override
    public String slackSecret() {
        return "slack";
    }

    @Override
    public String cluster() {
        return "dev";
    }

    @Override
    public String namespace() {
        return "reverser";
    }

    @Override
    public String deployment() {
        return "reverser";
    }

    @Override
    public String externalSecret() {
        return "database";
    }

    @Override
    public Database database() {
        return new Database() {
            @Override
            public Path ca() {
                return TestDatabases.AUTHORITY.certificateFile();
            }

            @Override
            public int port() {
                return port;
            }
        };
    }
}
