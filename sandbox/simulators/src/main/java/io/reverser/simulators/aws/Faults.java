package io.reverser.simulators.aws;

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
public final class Faults {

    private final Map<String, Planned> planned = new ConcurrentHashMap<>();
    private final Map<String, Runnable> deeds = new ConcurrentHashMap<>();
    private final Map<String, Queue<AwsError>> refused = new ConcurrentHashMap<>();
    private final Map<String, Standing> standing = new ConcurrentHashMap<>();
    private volatile boolean callerIsDead;
    private int countdown;
    private Optional<Fault> last = Optional.empty();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final Map<Fault, LongAdder> struck = new ConcurrentHashMap<>();

    /** How a call goes wrong. */
    public enum Fault {
        /** The service fails and has done nothing. */
        FAILS_BEFORE,
        /** The service does what it is asked to, and answers that it failed. */
        FAILS_AFTER,
        /** The service does what it is asked to, and its answer never arrives. */
        CUT_AFTER,
        /** The service does nothing, and the connection ends. */
        CUT_BEFORE,
        /** The service does what it is asked to, and never answers. */
        NEVER_ANSWERS,
        /** The service does what it is asked to, and the caller dies: no call of anything arrives from then on. */
        CALLER_DIES,
        /** The service is busy: 429. */
        THROTTLES
    }

    private record Planned(Fault fault, int times) {}

    /** Every so manieth call; counts them. */
    private record Standing(Fault fault, int every, AtomicInteger seen) {}

    /** The next so many calls of that name go wrong. */
    public void plan(String call, Fault fault, int times) {
        planned.put(call, new Planned(fault, times));
    }

    /** The call after so many others goes wrong, whatever it is. */
    public synchronized void after(int others, Fault fault) {
        countdown = others;
        last = Optional.of(fault);
    }

    /** Until {@link #clear}, one call in so many goes wrong, of all whose names begin like this. */
    public void oneIn(int every, String prefix, Fault fault) {
        standing.put(prefix, new Standing(fault, every, new AtomicInteger()));
    }

    /** What {@link #oneIn} began for calls whose names begin like this is over. */
    public void noneOf(String prefix) {
        standing.remove(prefix);
    }

    /** How many calls went wrong so far in this way. */
    public long struck(Fault fault) {
        return struck.getOrDefault(fault, new LongAdder()).sum();
    }

    /** The next so many calls of that name are refused like this, and do nothing. */
    public void refuse(String call, int status, String code, int times) {
        refused.computeIfAbsent(call, none -> new ConcurrentLinkedQueue<>())
                .addAll(Collections.nCopies(times, new AwsError(status, code, "Refused, because a test wants it")));
    }

    /** How the next call of that name is refused, if it is. */
    public Optional<AwsError> refusal(String call) {
        return Optional.ofNullable(refused.get(call)).map(Queue::poll);
    }

    /** Does something right after the next call of that name took effect, before it is answered. */
    public void afterNext(String call, Runnable deed) {
        deeds.put(call, deed);
    }

    /** Nothing goes wrong any more. */
    public synchronized void clear() {
        planned.clear();
        standing.clear();
        last = Optional.empty();
        deeds.clear();
        refused.clear();
        callerIsDead = false;
    }

    /** Whether the caller died, so that nothing that it still says counts. */
    public boolean isCallerDead() {
        return callerIsDead;
    }

    /** All calls so far, oldest first. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Forgets the calls so far. */
    public void forgetCalls() {
        calls.clear();
    }

    /** A call took effect. */
    public void tookEffect(String call) {
        Optional.ofNullable(deeds.remove(call)).ifPresent(Runnable::run);
    }

    /** What goes wrong with this call, which is remembered. */
    public synchronized Optional<Fault> next(String call) {
        if (callerIsDead) {
            return Optional.of(Fault.CUT_BEFORE);
        }
        calls.add(call);
        var found = new AtomicReference<Optional<Fault>>(Optional.empty());
        planned.computeIfPresent(call, (name, plan) -> {
            found.set(Optional.of(plan.fault()));
            return plan.times() > 1 ? new Planned(plan.fault(), plan.times() - 1) : null;
        });
        if (last.isPresent() && countdown-- == 0) {
            found.set(last);
            last = Optional.empty();
        }
        standing.forEach((prefix, fault) -> {
            if (call.startsWith(prefix) && fault.seen().incrementAndGet() % fault.every() == 0) {
                found.set(Optional.of(fault.fault()));
            }
        });
        found.get()
                .ifPresent(fault ->
                        struck.computeIfAbsent(fault, none -> new LongAdder()).increment());
        callerIsDead = found.get().equals(Optional.of(Fault.CALLER_DIES));
        return found.get();
    }

    /** Keeps somebody waiting who will be gone by then. */
    public static void neverAnswer() {
        try {
            Thread.sleep(Duration.ofMinutes(1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
