package io.reverser.bench.soak.run;

import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.reconciliation.VisitReconciliation.PodKill;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.bench.soak.scenario.InjectedFault;
import io.reverser.bench.soak.scenario.InjectedFault.ApiFault;
import io.reverser.bench.soak.scenario.InjectedFault.DatabasePartition;
import io.reverser.bench.soak.scenario.InjectedFault.DatabaseRestart;
import io.reverser.bench.soak.scenario.InjectedFault.FunctionCrash;
import io.reverser.bench.soak.scenario.InjectedFault.PodCrash;
import io.reverser.bench.soak.scenario.InjectedFault.SlackLatency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts and stops the faults of a soak. */
public final class FaultController {

    private final SoakEnvironment environment;
    private final PodKiller podKiller;
    private final List<FaultPeriod> periods = new ArrayList<>();
    private int activeCount;
    private long startedCount;

    /** An injected fault, with the times of its start and its end. */
    public record FaultPeriod(InjectedFault fault, DualTimestamp from, DualTimestamp to) {}

    public FaultController(SoakEnvironment environment) {
        this.environment = environment;
        this.podKiller = new PodKiller(environment);
    }

    /** Starts a fault, waits for its duration, and stops it. */
    void inject(InjectedFault injectedFault) throws InterruptedException {
        DualTimestamp from = start(injectedFault);
        Thread.sleep(injectedFault.duration());
        stop(injectedFault, from);
    }

    /** Starts a fault without stopping it. */
    DualTimestamp start(InjectedFault injectedFault) throws InterruptedException {
        DualTimestamp from = environment.now();
        recordStart();
        switch (injectedFault) {
            case ApiFault(var prefix, var fault, int every, var lasting) ->
                environment.aws().faults().injectEveryNth(every, prefix, fault);
            case SlackLatency(var each, var lasting) ->
                environment.access().backends().slack().setResponseDelay(each);
            case FunctionCrash(var process) -> kill(process);
            case PodCrash(int number) -> podKiller.kill(number);
            case DatabaseRestart restart -> environment.database().stop();
            case DatabasePartition cut -> environment.database().proxy().disconnect();
        }
        return from;
    }

    void stop(InjectedFault injectedFault, DualTimestamp from) {
        switch (injectedFault) {
            case ApiFault(var prefix, var fault, int every, var lasting) ->
                environment.aws().faults().clearEveryNth(prefix);
            case SlackLatency slow -> environment.access().backends().slack().setResponseDelay(Duration.ZERO);
            case FunctionCrash dead -> {}
            case PodCrash dead -> {}
            case DatabaseRestart restart -> environment.database().restart();
            case DatabasePartition cut -> environment.database().proxy().restore();
        }
        recordEnd(new FaultPeriod(injectedFault, from, environment.now()));
    }

    /** All faults that have ended so far, in the order in which they ended. */
    public synchronized List<FaultPeriod> periods() {
        return List.copyOf(periods);
    }

    /** All pods that faults have killed. */
    public List<PodKill> podKills() {
        return podKiller.podKills();
    }

    synchronized boolean hasActiveFaults() {
        return activeCount > 0;
    }

    /** How many faults have been started. */
    synchronized long startedCount() {
        return startedCount;
    }

    private synchronized void recordStart() {
        activeCount++;
        startedCount++;
    }

    private synchronized void recordEnd(FaultPeriod period) {
        activeCount--;
        periods.add(period);
    }

    private void kill(InjectedFault.FunctionProcess process) {
        switch (process) {
            case ACCESS_COMMAND -> environment.access().command().kill();
            case ACCESS_GRANTER -> environment.access().granter().kill();
            case ALARMS_1 -> environment.alarms().kill(0);
            case ALARMS_2 -> environment.alarms().kill(1);
            case ROTATION_STEPS -> environment.rotation().kill(0);
            case ROTATION_RECONCILE -> environment.rotation().kill(1);
        }
    }
}
