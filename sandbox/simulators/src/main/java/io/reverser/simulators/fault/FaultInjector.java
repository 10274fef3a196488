package io.reverser.simulators.fault;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Injects faults into calls, and records the calls. A call has a name such as {@code EKS.CreateAccessEntry}. */
public final class FaultInjector {

    private final Map<String, PlannedFault> planned = new ConcurrentHashMap<>();
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
    private final Map<String, Queue<Rejection>> rejections = new ConcurrentHashMap<>();
    private final Map<String, RecurringFault> recurring = new ConcurrentHashMap<>();
    private volatile boolean callerCrashed;
    private int countdown;
    private Optional<Fault> countdownFault = Optional.empty();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final Map<Fault, LongAdder> injected = new ConcurrentHashMap<>();

    /** The effect of a fault. */
    public enum Fault {
        /** The service returns an error and does nothing. */
        ERROR_BEFORE_EFFECT,
        /** The service executes the call, and returns an error. */
        ERROR_AFTER_EFFECT,
        /** The service executes the call, and the connection closes without a response. */
        DISCONNECT_AFTER_EFFECT,
        /** The service does nothing, and the connection closes. */
        DISCONNECT_BEFORE_EFFECT,
        /** The service executes the call, and never responds. */
        NO_RESPONSE,
        /** The service executes the call, and the caller crashes: no later call of any name has an effect. */
        CALLER_CRASH,
        /** The service throttles: 429. */
        THROTTLE
    }

    /**
     * An error response.
     *
     * @param status the HTTP status
     * @param code the service's error code
     */
    public record Rejection(int status, String code) {}

    private record PlannedFault(Fault fault, int times) {}

    /** A fault in every Nth call, with a counter. */
    private record RecurringFault(Fault fault, int every, AtomicInteger callCount) {}

    /** Injects a fault into the next calls with this name. */
    public void injectNext(String call, Fault fault, int times) {
        planned.put(call, new PlannedFault(fault, times));
    }

    /** Injects a fault into the call after so many others, whatever its name. */
    public synchronized void injectAfter(int precedingCalls, Fault fault) {
        countdown = precedingCalls;
        countdownFault = Optional.of(fault);
    }

    /** Injects a fault into every Nth call whose name has this prefix, until {@link #clear}. */
    public void injectEveryNth(int every, String prefix, Fault fault) {
        recurring.put(prefix, new RecurringFault(fault, every, new AtomicInteger()));
    }

    /** Ends {@link #injectEveryNth} for this prefix. */
    public void clearEveryNth(String prefix) {
        recurring.remove(prefix);
    }

    /** The number of injected faults of this kind. */
    public long injectedCount(Fault fault) {
        return injected.getOrDefault(fault, new LongAdder()).sum();
    }

    /** Rejects the next calls with this name; they have no effect. */
    public void rejectNext(String call, int status, String code, int times) {
        rejections
                .computeIfAbsent(call, none -> new ConcurrentLinkedQueue<>())
                .addAll(Collections.nCopies(times, new Rejection(status, code)));
    }

    /** The rejection of the next call with this name, if there is one. */
    public Optional<Rejection> pollRejection(String call) {
        return Optional.ofNullable(rejections.get(call)).map(Queue::poll);
    }

    /** Runs an action after the next call with this name took effect, before its response. */
    public void runAfter(String call, Runnable action) {
        actions.put(call, action);
    }

    /** Removes all faults and actions. */
    public synchronized void clear() {
        planned.clear();
        recurring.clear();
        countdownFault = Optional.empty();
        actions.clear();
        rejections.clear();
        callerCrashed = false;
    }

    /** Whether the caller crashed. Its later calls have no effect. */
    public boolean isCallerCrashed() {
        return callerCrashed;
    }

    /** The names of all calls so far, oldest first. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Clears the recorded calls. */
    public void clearCalls() {
        calls.clear();
    }

    /** Runs the action that was planned for this call, once it has taken effect. */
    public void onEffect(String call) {
        Optional.ofNullable(actions.remove(call)).ifPresent(Runnable::run);
    }

    /** Records a call and returns its fault, if there is one. */
    public synchronized Optional<Fault> nextFault(String call) {
        if (callerCrashed) {
            return Optional.of(Fault.DISCONNECT_BEFORE_EFFECT);
        }
        calls.add(call);
        var found = new AtomicReference<Optional<Fault>>(Optional.empty());
        planned.computeIfPresent(call, (name, plan) -> {
            found.set(Optional.of(plan.fault()));
            return plan.times() > 1 ? new PlannedFault(plan.fault(), plan.times() - 1) : null;
        });
        if (countdownFault.isPresent() && countdown-- == 0) {
            found.set(countdownFault);
            countdownFault = Optional.empty();
        }
        recurring.forEach((prefix, fault) -> {
            if (call.startsWith(prefix) && fault.callCount().incrementAndGet() % fault.every() == 0) {
                found.set(Optional.of(fault.fault()));
            }
        });
        found.get()
                .ifPresent(fault ->
                        injected.computeIfAbsent(fault, none -> new LongAdder()).increment());
        callerCrashed = found.get().equals(Optional.of(Fault.CALLER_CRASH));
        return found.get();
    }

    /** Blocks for a minute, longer than any client waits. */
    public static void hang() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
