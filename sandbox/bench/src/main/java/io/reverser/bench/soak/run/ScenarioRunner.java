package io.reverser.bench.soak.run;

import io.reverser.awsjsonclient.AwsJsonException;
import io.reverser.bench.reconciliation.Discrepancy;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.bench.soak.scenario.InjectedFault;
import io.reverser.bench.soak.scenario.SoakScenario.Day;
import io.reverser.bench.soak.scenario.SoakScenario.Timed;
import io.reverser.bench.soak.scenario.WorkloadAction;
import io.reverser.bench.soak.scenario.WorkloadAction.AlarmStorm;
import io.reverser.bench.soak.scenario.WorkloadAction.FlapAlarm;
import io.reverser.bench.soak.scenario.WorkloadAction.RequestAccess;
import io.reverser.bench.soak.scenario.WorkloadAction.RotateNow;
import io.reverser.bench.soak.scenario.WorkloadAction.SetAlarmState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a soak's scenario. Each day has actions with faults, then a pause until all work is finished, and then an
 * evening, in which the sandbox's clock advances until all access has expired.
 */
public final class ScenarioRunner {

    private static final Duration STORM_DURATION = Duration.ofSeconds(6);
    private static final long RETRY_INTERVAL_MS = 500;

    private final SoakEnvironment environment;
    private final FaultController faultController;
    private final SimulatedUsers users;
    private final QuiescenceWait quiescenceWait;
    private final ExpiryFastForward expiryFastForward;
    private final SweepSchedule sweepSchedule;
    private final Map<String, Integer> actionCounts = new TreeMap<>();
    private final List<Discrepancy> timeouts = new CopyOnWriteArrayList<>();
    private final AtomicInteger requestedRotations = new AtomicInteger();

    public ScenarioRunner(
            SoakEnvironment environment,
            FaultController faultController,
            SimulatedUsers users,
            SweepSchedule sweepSchedule) {
        this.environment = environment;
        this.faultController = faultController;
        this.users = users;
        this.sweepSchedule = sweepSchedule;
        this.quiescenceWait = new QuiescenceWait(environment);
        this.expiryFastForward = new ExpiryFastForward(environment, faultController, sweepSchedule);
    }

    /** Runs one day with its evening; returns whether all work has finished so far. */
    public boolean run(Day day) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            if (day.hasMaintenanceWindow()) {
                environment.advanceToNextWindow();
                requestedRotations.incrementAndGet();
                countAction("rotation: in a window");
            }
            Future<?> sweeps = threads.submit(callable(this::sweepContinuously));
            try {
                awaitAll(startDay(day, threads));
                resolveAlarms();
                quiescenceWait.await(requestedRotations.get());
            } finally {
                sweeps.cancel(true);
            }
            expiryFastForward.run(day.eveningFaults());
            quiescenceWait.await(requestedRotations.get());
        } catch (ScenarioTimeoutException stopped) {
            timeouts.add(new Discrepancy(String.valueOf(stopped.getMessage()), environment.now()));
        }
        return timeouts.isEmpty();
    }

    /** The number of actions that have run, by kind. */
    public synchronized Map<String, Integer> actionCounts() {
        return new TreeMap<>(actionCounts);
    }

    /** How many rotations were requested. */
    public int requestedRotations() {
        return requestedRotations.get();
    }

    /** The actions and waits that did not finish before their timeouts. */
    public List<Discrepancy> timeouts() {
        return List.copyOf(timeouts);
    }

    private List<Future<?>> startDay(Day day, ExecutorService threads) {
        long startNanos = System.nanoTime();
        var all = new ArrayList<Future<?>>();
        all.add(threads.submit(callable(() -> {
            for (Timed<InjectedFault> injectedFault : day.faults()) {
                sleepUntil(startNanos + injectedFault.at().toNanos());
                faultController.inject(injectedFault.value());
            }
        })));
        var requestsByUserAndCluster = new TreeMap<String, List<Timed<WorkloadAction>>>();
        day.actions().forEach(action -> {
            if (action.value() instanceof RequestAccess request) {
                requestsByUserAndCluster
                        .computeIfAbsent(request.requester() + request.cluster(), none -> new ArrayList<>())
                        .add(action);
            } else {
                all.add(threads.submit(callable(() -> {
                    sleepUntil(startNanos + action.at().toNanos());
                    perform(action.value());
                })));
            }
        });
        // A user with access to a cluster, or a request for it, cannot request more, so a user's requests for one
        // cluster run in sequence.
        requestsByUserAndCluster
                .values()
                .forEach(own -> all.add(threads.submit(callable(() -> {
                    for (Timed<WorkloadAction> request : own) {
                        sleepUntil(startNanos + request.at().toNanos());
                        perform(request.value());
                    }
                }))));
        return all;
    }

    private void perform(WorkloadAction action) throws InterruptedException {
        switch (action) {
            case RequestAccess request -> users.run(request);
            case SetAlarmState(String alarm, String state) ->
                environment.alarms().setState(alarm, state);
            case FlapAlarm(String alarm, int times) -> environment.alarms().flap(alarm, times);
            case AlarmStorm(int alarms) -> {
                List<String> names = environment.alarms().fireStorm(alarms);
                Thread.sleep(STORM_DURATION);
                names.forEach(name -> environment.alarms().setState(name, "OK"));
            }
            case RotateNow rotate -> {
                requestedRotations.incrementAndGet();
                retryRotation();
            }
        }
        countAction(action.kind());
    }

    private void retryRotation() throws InterruptedException {
        while (true) {
            try {
                environment.rotation().secret().breakGlass("eve", "it was in a screenshot");
                return;
            } catch (AwsJsonException tryAgain) {
                Thread.sleep(RETRY_INTERVAL_MS);
            }
        }
    }

    /** Resolves all firing alarms. */
    private void resolveAlarms() {
        environment.alarms().alarms().stream()
                .filter(alarm -> !alarm.name().equals("dev-reverser-down"))
                .forEach(alarm -> environment.alarms().setState(alarm.name(), "OK"));
    }

    private void sweepContinuously() throws InterruptedException {
        while (true) {
            sweepSchedule.sweepIfDue();
            Thread.sleep(RETRY_INTERVAL_MS);
        }
    }

    private synchronized void countAction(String kind) {
        actionCounts.merge(kind, 1, Integer::sum);
    }

    private static void awaitAll(List<Future<?>> all) throws InterruptedException {
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof ScenarioTimeoutException stuck
                        ? stuck
                        : new IllegalStateException(failure.getCause());
            }
        }
    }

    /** An action that can be interrupted. */
    private interface InterruptibleTask {

        void run() throws InterruptedException;
    }

    private static Callable<@Nullable Void> callable(InterruptibleTask task) {
        return () -> {
            task.run();
            return null;
        };
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    }
}
