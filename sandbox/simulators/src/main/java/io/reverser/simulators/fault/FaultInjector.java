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

/**
 * Injects faults into API calls to the simulators, and records the calls. Each call has a name such as {@code
 * EKS.CreateAccessEntry}.
 */
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

    /** A type of fault, which determines whether the call takes effect and what the caller receives. */
    public enum Fault {
        /** The service returns an error and does not execute the call. */
        ERROR_BEFORE_EFFECT,
        /** The service executes the call, and then returns an error. */
        ERROR_AFTER_EFFECT,
        /** The service executes the call, and then closes the connection without a response. */
        DISCONNECT_AFTER_EFFECT,
        /** The service closes the connection and does not execute the call. */
        DISCONNECT_BEFORE_EFFECT,
        /** The service executes the call, and then never responds. */
        NO_RESPONSE,
        /**
         * The service executes the call, and then the caller crashes: none of the later calls, whatever their names,
         * has an effect.
         */
        CALLER_CRASH,
        /** The service throttles the call: it returns status 429 and does not execute the call. */
        THROTTLE
    }

    /**
     * An error response of a service, for a call that the service rejects.
     *
     * @param status the HTTP status
     * @param code the service's error code
     */
    public record Rejection(int status, String code) {}

    private record PlannedFault(Fault fault, int times) {}

    /** A fault in every Nth call with a name prefix, and a counter of these calls. */
    private record RecurringFault(Fault fault, int every, AtomicInteger callCount) {}

    /** Injects a fault into each of the next {@code times} calls with this name. */
    public void injectNext(String call, Fault fault, int times) {
        planned.put(call, new PlannedFault(fault, times));
    }

    /**
     * Injects a fault into the call that follows {@code precedingCalls} other calls, whatever the names of the calls.
     */
    public synchronized void injectAfter(int precedingCalls, Fault fault) {
        countdown = precedingCalls;
        countdownFault = Optional.of(fault);
    }

    /**
     * Injects a fault into every Nth call whose name has this prefix, until {@link #clear} or {@link #clearEveryNth}.
     */
    public void injectEveryNth(int every, String prefix, Fault fault) {
        recurring.put(prefix, new RecurringFault(fault, every, new AtomicInteger()));
    }

    /** Stops {@link #injectEveryNth} for this name prefix. */
    public void clearEveryNth(String prefix) {
        recurring.remove(prefix);
    }

    /** The number of injected faults of this type. */
    public long injectedCount(Fault fault) {
        return injected.getOrDefault(fault, new LongAdder()).sum();
    }

    /** Rejects the next calls with this name with an error response; the rejected calls have no effect. */
    public void rejectNext(String call, int status, String code, int times) {
        rejections
                .computeIfAbsent(call, none -> new ConcurrentLinkedQueue<>())
                .addAll(Collections.nCopies(times, new Rejection(status, code)));
    }

    /** Returns the error response for the next call with this name if the call is to be rejected. */
    public Optional<Rejection> pollRejection(String call) {
        return Optional.ofNullable(rejections.get(call)).map(Queue::poll);
    }

    /** Runs an action once: after the next call with this name has taken effect, and before its response is sent. */
    public void runAfter(String call, Runnable action) {
        actions.put(call, action);
    }

    /** Removes all planned faults, rejections and actions. */
    public synchronized void clear() {
        planned.clear();
        recurring.clear();
        countdownFault = Optional.empty();
        actions.clear();
        rejections.clear();
        callerCrashed = false;
    }

    /** Whether the caller has crashed because of {@link Fault#CALLER_CRASH}. Its later calls have no effect. */
    public boolean isCallerCrashed() {
        return callerCrashed;
    }

    /** The names of all recorded calls, oldest first. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Removes all recorded calls. */
    public void clearCalls() {
        calls.clear();
    }

    /** Runs the action that was planned for a call. The simulators call this method after the call has taken effect. */
    public void onEffect(String call) {
        Optional.ofNullable(actions.remove(call)).ifPresent(Runnable::run);
    }

    /** Records a call, and returns the fault to inject into it, if there is one. */
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

    /** Blocks the calling thread for a minute, which is longer than the timeout of any client. */
    public static void hang() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
