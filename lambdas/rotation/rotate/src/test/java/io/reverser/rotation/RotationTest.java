package io.reverser.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.rotation.RotationWorld.Way;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole rotations, minute by minute. */
class RotationTest {

    @ParameterizedTest
    @EnumSource
    void changesThePasswordAndNobodyNotices(Way way) {
        try (var world = new RotationWorld(way)) {
            world.minutes(6);
            world.lines().forEach(System.out::println);
            DatabaseSecret now = DatabaseSecret.read(world.current());
            assertThat(now.login()).isNotEqualTo(world.first().login());
            assertThat(world.letsIn(now)).isTrue();
            assertThat(world.letsIn(world.first())).isFalse();
            assertThat(world.pods.allHave(now)).isTrue();
            if (way != Way.SINGLE_USER_ON_MARIADB) {
                assertThat(world.pods.refused()).isEmpty();
            }
            assertThat(world.first().differsOnlyInLogin(now)).isTrue();
            assertThat(world.aws.secrets().labels(RotationWorld.SECRET)).doesNotContainKey("AWSPENDING");
            assertThat(world.stories()).singleElement().asString().contains("has changed");
        }
    }
}
