package io.reverser.bench.soak.environment;

import io.reverser.awsjsonclient.AwsEnvironment;
import io.reverser.awsjsonclient.AwsJsonClient;
import io.reverser.bench.reconciliation.ClockOffsets;
import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.rotation.plan.Strategy;
import io.reverser.runner.cluster.LoadGenerator;
import io.reverser.runner.functions.AccessSandbox;
import io.reverser.runner.functions.AlarmsSandbox;
import io.reverser.runner.process.AotTraining;
import io.reverser.runner.process.PackagedReverser;
import io.reverser.runner.rotation.RotationSandbox;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.database.MariaDbServer;
import io.reverser.simulators.tls.TestAuthority;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.function.Consumer;

/**
 * Everything that {@code ./platform up} runs, from the built packages, with the database behind a network link that the
 * soak can cut.
 */
public final class SoakEnvironment implements AutoCloseable {

    private final ProxiedDatabase database;
    private final AccessSandbox access;
    private final AlarmsSandbox alarms;
    private final RotationSandbox rotation;
    private final LoadGenerator loadGenerator;
    private final ClockOffsets clockOffsets = new ClockOffsets();

    private SoakEnvironment(
            Path repository, Path folder, Consumer<LoadGenerator.Result> listener, Consumer<String> progress) {
        var reverser = PackagedReverser.inRepository(repository);
        AotTraining.trainIfNeeded(reverser, progress);
        progress.accept("starting the database, the functions and the reverser");
        database = ProxiedDatabase.of(
                MariaDbServer.start(folder.resolve("mariadb"), TestAuthority.create(folder.resolve("authority"))));
        access = AccessSandbox.start(repository, folder.resolve("access"));
        advanceToWednesday();
        alarms = AlarmsSandbox.start(repository, folder.resolve("alarms"), access.backends());
        alarms.startProcesses();
        access.sweep();
        access.command().start();
        rotation = RotationSandbox.start(
                repository, folder.resolve("rotation"), access.backends(), database, Strategy.ALTERNATING_USERS, 0);
        loadGenerator = LoadGenerator.start(rotation.port(), listener);
    }

    /** Starts the sandbox and the load generator; the listener gets every response to the load generator. */
    public static SoakEnvironment start(
            Path repository, Path folder, Consumer<LoadGenerator.Result> listener, Consumer<String> progress) {
        return new SoakEnvironment(repository, folder, listener, progress);
    }

    public ProxiedDatabase database() {
        return database;
    }

    public AccessSandbox access() {
        return access;
    }

    public AlarmsSandbox alarms() {
        return alarms;
    }

    public RotationSandbox rotation() {
        return rotation;
    }

    public AwsEndpoint aws() {
        return access.aws();
    }

    /** A client for the simulated AWS, with the same credentials and endpoint as the functions. */
    public AwsJsonClient newAwsClient() {
        return new AwsJsonClient(AwsEnvironment.from(access.backends().awsEnvironment()));
    }

    public ClockOffsets clockOffsets() {
        return clockOffsets;
    }

    public DualTimestamp now() {
        return new DualTimestamp(Instant.now(), aws().clock().instant());
    }

    /** Moves the sandbox's clock. */
    public void advanceClock(Duration time) {
        aws().clock().move(time);
        recordClockMove();
    }

    /** Moves the sandbox's clock to the start of the next maintenance window. */
    public void advanceToNextWindow() {
        rotation.advanceToNextWindow();
        recordClockMove();
    }

    /** Stops the load generator, once the requests in flight have been answered. */
    public void stopLoad() {
        loadGenerator.close();
    }

    @Override
    public void close() {
        loadGenerator.close();
        rotation.close();
        alarms.close();
        access.close();
        database.close();
    }

    private void recordClockMove() {
        DualTimestamp now = now();
        clockOffsets.recordMove(now.wall(), Duration.between(now.wall(), now.simulated()));
    }

    /**
     * Moves the sandbox's clock to a fixed weekday and hour, so that maintenance windows open at the same times in
     * every run with the same seed.
     */
    private void advanceToWednesday() {
        ZonedDateTime now = aws().clock().instant().atZone(ZoneOffset.UTC);
        advanceClock(Duration.between(
                now, now.with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY)).withHour(10)));
    }
}
