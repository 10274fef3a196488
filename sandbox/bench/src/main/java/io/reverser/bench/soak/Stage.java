package io.reverser.bench.soak;

import io.reverser.aws.AwsApi;
import io.reverser.aws.AwsSettings;
import io.reverser.bench.account.Clocks;
import io.reverser.bench.account.Moment;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.AccessSandbox;
import io.reverser.runner.AlarmsSandbox;
import io.reverser.runner.AotTraining;
import io.reverser.runner.PackagedReverser;
import io.reverser.runner.RotationSandbox;
import io.reverser.runner.Traffic;
import io.reverser.simulators.EmbeddedDatabase;
import io.reverser.simulators.TestAuthority;
import io.reverser.simulators.aws.AwsEndpoint;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.function.Consumer;

/** All that {@code ./platform up} runs, from the packages, with the database behind a link. */
final class Stage implements AutoCloseable {

    private final LinkedDatabase database;
    private final AccessSandbox access;
    private final AlarmsSandbox alarms;
    private final RotationSandbox rotation;
    private final Traffic traffic;
    private final Clocks clocks = new Clocks();

    private Stage(Path repository, Path folder, Consumer<Traffic.Answer> listener, Consumer<String> progress) {
        var reverser = PackagedReverser.in(repository);
        AotTraining.once(reverser, progress);
        progress.accept("starting the database, the functions and the reverser");
        database = LinkedDatabase.of(
                EmbeddedDatabase.start(folder.resolve("mariadb"), TestAuthority.create(folder.resolve("authority"))));
        access = AccessSandbox.start(repository, folder.resolve("access"));
        toWednesday();
        alarms = AlarmsSandbox.start(repository, folder.resolve("alarms"), access.surroundings());
        alarms.warm();
        access.sweep();
        access.command().start();
        rotation = RotationSandbox.start(
                repository,
                folder.resolve("rotation"),
                access.surroundings(),
                new RotationSandbox.Choice(database, Strategy.ALTERNATING_USERS, 0));
        traffic = Traffic.start(rotation.port(), listener);
    }

    /** Starts it, and the traffic, of which the listener hears. */
    static Stage open(Path repository, Path folder, Consumer<Traffic.Answer> listener, Consumer<String> progress) {
        return new Stage(repository, folder, listener, progress);
    }

    LinkedDatabase database() {
        return database;
    }

    AccessSandbox access() {
        return access;
    }

    AlarmsSandbox alarms() {
        return alarms;
    }

    RotationSandbox rotation() {
        return rotation;
    }

    AwsEndpoint aws() {
        return access.aws();
    }

    /** Calls AWS as the functions do. */
    AwsApi api() {
        return new AwsApi(AwsSettings.from(access.surroundings().place()));
    }

    Clocks clocks() {
        return clocks;
    }

    Moment now() {
        return new Moment(Instant.now(), aws().clock().instant());
    }

    /** Moves the sandbox's clock. */
    void pass(Duration time) {
        aws().clock().move(time);
        noteMove();
    }

    /** Moves it to when the next maintenance window has just opened. */
    void openWindow() {
        rotation.openWindow();
        noteMove();
    }

    /** Ends the load, and waits for the requests that are under way. */
    void endTraffic() {
        traffic.close();
    }

    @Override
    public void close() {
        traffic.close();
        rotation.close();
        alarms.close();
        access.close();
        database.close();
    }

    private void noteMove() {
        Moment now = now();
        clocks.moved(now.wall(), Duration.between(now.wall(), now.simulated()));
    }

    /** Windows come when they came in another run with the same seed. */
    private void toWednesday() {
        ZonedDateTime now = aws().clock().instant().atZone(ZoneOffset.UTC);
        pass(Duration.between(
                now, now.with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY)).withHour(10)));
    }
}
