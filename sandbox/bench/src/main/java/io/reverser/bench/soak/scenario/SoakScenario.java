package io.reverser.bench.soak.scenario;

import io.reverser.bench.soak.scenario.InjectedFault.ApiFault;
import io.reverser.bench.soak.scenario.InjectedFault.DatabasePartition;
import io.reverser.bench.soak.scenario.InjectedFault.DatabaseRestart;
import io.reverser.bench.soak.scenario.InjectedFault.FunctionCrash;
import io.reverser.bench.soak.scenario.InjectedFault.FunctionProcess;
import io.reverser.bench.soak.scenario.InjectedFault.PodCrash;
import io.reverser.bench.soak.scenario.InjectedFault.SlackLatency;
import io.reverser.bench.soak.scenario.WorkloadAction.AlarmStorm;
import io.reverser.bench.soak.scenario.WorkloadAction.FlapAlarm;
import io.reverser.bench.soak.scenario.WorkloadAction.RequestAccess;
import io.reverser.bench.soak.scenario.WorkloadAction.RequestOutcome;
import io.reverser.bench.soak.scenario.WorkloadAction.RotateNow;
import io.reverser.bench.soak.scenario.WorkloadAction.SetAlarmState;
import io.reverser.simulators.fault.FaultInjector.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The workload and the faults of a soak, day by day, derived from a seed. How long a day takes, and which events
 * coincide, depends on the machine's speed.
 */
public record SoakScenario(long seed, List<Day> days) {

    /**
     * How long the workload and the faults of a day take. After that, the soak waits until all work is finished, and
     * the evening follows.
     */
    private static final Duration DAY_DURATION = Duration.ofSeconds(40);

    private static final List<String> ALARMS = List.of(
            "dev-database-write-latency", "dev-reverser-errors", "dev-reverser-traffic", "dev-access-granter-errors");
    private static final List<RequestOutcome> SHORT_OUTCOMES =
            List.of(RequestOutcome.REVOKED, RequestOutcome.REVOKED, RequestOutcome.REJECTED, RequestOutcome.CANCELLED);
    private static final List<RequestOutcome> FINAL_OUTCOMES =
            List.of(RequestOutcome.EXPIRES, RequestOutcome.EXPIRES, RequestOutcome.EXTENDED, RequestOutcome.REVOKED);
    private static final List<String> USERS = List.of("U0ADA", "U0BOB");
    private static final List<String> SERVICES =
            List.of("DynamoDB.", "EKS.", "Scheduler.", "SecretsManager.", "Sqs.", "CloudWatch.", "Kubernetes.");
    private static final List<Fault> FAULTS = List.of(
            Fault.ERROR_BEFORE_EFFECT,
            Fault.ERROR_AFTER_EFFECT,
            Fault.DISCONNECT_BEFORE_EFFECT,
            Fault.DISCONNECT_AFTER_EFFECT,
            Fault.THROTTLE);
    private static final List<String> EVENING_SERVICES = List.of("DynamoDB.", "EKS.", "Scheduler.", "Slack.");
    /**
     * Actions start within this time after the start of a day, in ms; a later start would only prolong the wait for
     * unfinished work.
     */
    private static final int WORK_WINDOW_MS = 28_000;

    private static final Duration ROTATION_HEAD_START = Duration.ofSeconds(8);
    private static final int FAULTS_PER_DAY = 10;
    private static final int MAX_SHORT_REQUESTS = 6;
    private static final int ALARMS_PER_DAY = 5;
    private static final int ROTATION_INTERVAL_DAYS = 4;

    /** An action or a fault, and its time after the start of the day or of the evening. */
    public record Timed<T>(Duration at, T value) {}

    /**
     * A day of a soak.
     *
     * @param hasMaintenanceWindow whether the day starts with a maintenance window
     * @param faults the day's faults, one after the other, with pauses between them
     * @param eveningFaults the faults in the evening, while access expires, with times by the sandbox's clock
     */
    public record Day(
            boolean hasMaintenanceWindow,
            List<Timed<WorkloadAction>> actions,
            List<Timed<InjectedFault>> faults,
            List<Timed<InjectedFault>> eveningFaults) {}

    /**
     * Generates the scenario of a seed.
     *
     * @param maxDays the number of days to generate; a soak ends earlier, when its time is up
     */
    public static SoakScenario generate(long seed, int maxDays) {
        var random = new Random(seed);
        Deque<InjectedFault> pool = new ArrayDeque<>();
        var days = new ArrayList<Day>();
        for (int day = 0; day < maxDays; day++) {
            var actions = new ArrayList<Timed<WorkloadAction>>();
            if (day % ROTATION_INTERVAL_DAYS == 0) {
                actions.add(new Timed<>(Duration.ofMillis(500), new RotateNow()));
            }
            USERS.forEach(user -> {
                actions.addAll(accessRequests(random, user, "prod"));
                actions.addAll(accessRequests(random, user, "dev"));
            });
            boolean hasMaintenanceWindow = day % ROTATION_INTERVAL_DAYS == ROTATION_INTERVAL_DAYS / 2;
            actions.addAll(alarmActions(random, hasMaintenanceWindow ? ROTATION_HEAD_START : Duration.ZERO));
            actions.sort(Comparator.comparing(Timed::at));
            days.add(new Day(
                    hasMaintenanceWindow, List.copyOf(actions), dayFaults(random, pool), eveningFaults(random)));
        }
        return new SoakScenario(seed, List.copyOf(days));
    }

    /**
     * The requests of one user for one cluster: a random number of requests that end early, and a last one that may
     * last until the evening.
     */
    private static List<Timed<WorkloadAction>> accessRequests(Random random, String user, String cluster) {
        var outcomes = new ArrayList<RequestOutcome>();
        random.ints(random.nextInt(MAX_SHORT_REQUESTS), 0, SHORT_OUTCOMES.size())
                .forEach(choice -> outcomes.add(SHORT_OUTCOMES.get(choice)));
        outcomes.add(FINAL_OUTCOMES.get(random.nextInt(FINAL_OUTCOMES.size())));
        List<Duration> times = outcomes.stream()
                .map(outcome -> randomOffset(random, WORK_WINDOW_MS))
                .sorted()
                .toList();
        var requests = new ArrayList<Timed<WorkloadAction>>();
        for (int i = 0; i < outcomes.size(); i++) {
            boolean isEdit = user.equals("U0ADA") && cluster.equals("prod") && random.nextInt(3) == 0;
            String arguments = cluster + (isEdit ? " edit ns=shop,payments" : " view");
            requests.add(new Timed<>(
                    times.get(i), new RequestAccess(user, arguments, 10 + random.nextInt(40), outcomes.get(i))));
        }
        return requests;
    }

    /**
     * Generates the day's alarms. No alarm fires before the offset {@code notBefore}, so that a rotation can start
     * first: a firing alarm would block the rotation, which has only one attempt in each maintenance window.
     */
    private static List<Timed<WorkloadAction>> alarmActions(Random random, Duration notBefore) {
        var actions = new ArrayList<Timed<WorkloadAction>>();
        for (int i = 0; i < ALARMS_PER_DAY; i++) {
            String alarm = ALARMS.get(random.nextInt(ALARMS.size()));
            Duration firesAt = notBefore.plus(randomOffset(random, WORK_WINDOW_MS - (int) notBefore.toMillis()));
            actions.add(new Timed<>(firesAt, new SetAlarmState(alarm, "ALARM")));
            actions.add(new Timed<>(firesAt.plus(randomOffset(random, 8_000)), new SetAlarmState(alarm, "OK")));
        }
        if (random.nextInt(2) == 0) {
            actions.add(new Timed<>(
                    notBefore.plus(randomOffset(random, WORK_WINDOW_MS - (int) notBefore.toMillis())),
                    new FlapAlarm(ALARMS.get(random.nextInt(ALARMS.size())), 2 + random.nextInt(3))));
        }
        if (random.nextInt(3) == 0) {
            actions.add(new Timed<>(randomOffset(random, WORK_WINDOW_MS), new AlarmStorm(9 + random.nextInt(12))));
        }
        return actions;
    }

    /**
     * Draws faults from a shuffled pool, so that all kinds of faults are about equally frequent. On each day, pods are
     * killed before any database outage: a pod killed after an outage would lose the visits that it could not store, as
     * documented.
     */
    private static List<Timed<InjectedFault>> dayFaults(Random random, Deque<InjectedFault> pool) {
        var dealt = new ArrayList<InjectedFault>();
        while (dealt.size() < FAULTS_PER_DAY) {
            if (pool.isEmpty()) {
                pool.addAll(shuffledFaults(random));
            }
            dealt.add(pool.pop());
        }
        dealt.sort(Comparator.comparing(injectedFault -> !(injectedFault instanceof PodCrash)));
        Duration each = DAY_DURATION.dividedBy(FAULTS_PER_DAY + 1);
        var timed = new ArrayList<Timed<InjectedFault>>();
        for (int i = 0; i < dealt.size(); i++) {
            timed.add(new Timed<>(each.multipliedBy(i).plusMillis(1500 + random.nextInt(500)), dealt.get(i)));
        }
        return List.copyOf(timed);
    }

    private static List<InjectedFault> shuffledFaults(Random random) {
        var pool = new ArrayList<InjectedFault>();
        SERVICES.forEach(service -> pool.add(apiFault(random, service)));
        pool.add(apiFault(random, SERVICES.getFirst()));
        pool.add(new ApiFault("Slack.chat.", Fault.THROTTLE, 1 + random.nextInt(3), randomDuration(random)));
        pool.add(apiFault(random, "Slack."));
        pool.add(new SlackLatency(Duration.ofMillis(500 + random.nextInt(1500)), randomDuration(random)));
        Stream.of(FunctionProcess.values()).map(FunctionCrash::new).forEach(pool::add);
        pool.add(new PodCrash(random.nextInt(3)));
        pool.add(new DatabaseRestart(Duration.ofMillis(500 + random.nextInt(1500))));
        pool.add(new DatabasePartition(randomDuration(random)));
        Collections.shuffle(pool, random);
        return pool;
    }

    /** Draws the faults of an evening; half of the evenings have none. */
    private static List<Timed<InjectedFault>> eveningFaults(Random random) {
        if (random.nextBoolean()) {
            return List.of();
        }
        String service = EVENING_SERVICES.get(random.nextInt(EVENING_SERVICES.size()));
        InjectedFault fails = new ApiFault(
                service, randomFault(random), 1 + random.nextInt(3), Duration.ofMinutes(5 + random.nextInt(20)));
        InjectedFault dies = new FunctionCrash(FunctionProcess.ACCESS_GRANTER);
        return List.of(
                new Timed<>(Duration.ofMinutes(5 + random.nextInt(20)), fails),
                new Timed<>(Duration.ofMinutes(30 + random.nextInt(10)), dies));
    }

    private static InjectedFault apiFault(Random random, String prefix) {
        return new ApiFault(prefix, randomFault(random), 2 + random.nextInt(4), randomDuration(random));
    }

    private static Fault randomFault(Random random) {
        return FAULTS.get(random.nextInt(FAULTS.size()));
    }

    private static Duration randomDuration(Random random) {
        return Duration.ofMillis(1200 + random.nextInt(1200));
    }

    private static Duration randomOffset(Random random, int before) {
        return Duration.ofMillis(1000 + random.nextInt(before));
    }
}
