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

/** What goes wrong, and which calls there were. Calls are named like {@code EKS.CreateAccessEntry}. */
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

    /** How a call goes wrong. */
    public enum Fault {
        /** The service fails and has done nothing. */
        ERROR_BEFORE_EFFECT,
        /** The service does what it is asked to, and answers that it failed. */
        ERROR_AFTER_EFFECT,
        /** The service does what it is asked to, and its answer never arrives. */
        DISCONNECT_AFTER_EFFECT,
        /** The service does nothing, and the connection ends. */
        DISCONNECT_BEFORE_EFFECT,
        /** The service does what it is asked to, and never answers. */
        NO_RESPONSE,
        /** The service does what it is asked to, and the caller dies: no call of anything arrives from then on. */
        CALLER_CRASH,
        /** The service is busy: 429. */
        THROTTLE
    }

    /**
     * How a call is refused.
     *
     * @param status of HTTP
     * @param code as the service calls the error
     */
    public record Rejection(int status, String code) {}

    private record PlannedFault(Fault fault, int times) {}

    /** Every so manieth call; counts them. */
    private record RecurringFault(Fault fault, int every, AtomicInteger callCount) {}

    /** The next so many calls of that name go wrong. */
    public void injectNext(String call, Fault fault, int times) {
        planned.put(call, new PlannedFault(fault, times));
    }

    /** The call after so many others goes wrong, whatever it is. */
    public synchronized void injectAfter(int precedingCalls, Fault fault) {
        countdown = precedingCalls;
        countdownFault = Optional.of(fault);
    }

    /** Until {@link #clear}, one call in so many goes wrong, of all whose names begin like this. */
    public void injectEveryNth(int every, String prefix, Fault fault) {
        recurring.put(prefix, new RecurringFault(fault, every, new AtomicInteger()));
    }

    /** What {@link #injectEveryNth} began for calls whose names begin like this is over. */
    public void clearEveryNth(String prefix) {
        recurring.remove(prefix);
    }

    /** How many calls went wrong so far in this way. */
    public long injectedCount(Fault fault) {
        return injected.getOrDefault(fault, new LongAdder()).sum();
    }

    /** The next so many calls of that name are refused like this, and do nothing. */
    public void rejectNext(String call, int status, String code, int times) {
        rejections
                .computeIfAbsent(call, none -> new ConcurrentLinkedQueue<>())
                .addAll(Collections.nCopies(times, new Rejection(status, code)));
    }

    /** How the next call of that name is refused, if it is. */
    public Optional<Rejection> pollRejection(String call) {
        return Optional.ofNullable(rejections.get(call)).map(Queue::poll);
    }

    /** Does something right after the next call of that name took effect, before it is answered. */
    public void runAfter(String call, Runnable action) {
        actions.put(call, action);
    }

    /** Nothing goes wrong any more. */
    public synchronized void clear() {
        planned.clear();
        recurring.clear();
        countdownFault = Optional.empty();
        actions.clear();
        rejections.clear();
        callerCrashed = false;
    }

    /** Whether the caller died, so that nothing that it still says counts. */
    public boolean isCallerCrashed() {
        return callerCrashed;
    }

    /** All calls so far, oldest first. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Forgets the calls so far. */
    public void clearCalls() {
        calls.clear();
    }

    /** A call took effect. */
    public void onEffect(String call) {
        Optional.ofNullable(actions.remove(call)).ifPresent(Runnable::run);
    }

    /** What goes wrong with this call, which is remembered. */
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

    /** Blocks for a minute, which is longer than the caller waits. */
    public static void hang() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
