package io.reverser.bench.soak;

import io.reverser.aws.AwsFailure;
import io.reverser.bench.account.Loss;
import io.reverser.bench.soak.Script.Day;
import io.reverser.bench.soak.Script.Timed;
import io.reverser.bench.soak.Work.Ask;
import io.reverser.bench.soak.Work.Flap;
import io.reverser.bench.soak.Work.Rotate;
import io.reverser.bench.soak.Work.SetAlarm;
import io.reverser.bench.soak.Work.Storm;
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

/** Carries out a script: each day at its pace with trouble, then calm until all is at rest, then an evening. */
final class Director {

    private static final Duration STORM_LASTS = Duration.ofSeconds(6);
    private static final long TRY_AGAIN_MS = 500;

    private final Stage stage;
    private final Breakage breakage;
    private final People people;
    private final Rest rest;
    private final Evening evening;
    private final Sweeper sweeper;
    private final Map<String, Integer> done = new TreeMap<>();
    private final List<Loss> stuck = new CopyOnWriteArrayList<>();
    private final AtomicInteger rotations = new AtomicInteger();

    Director(Stage stage, Breakage breakage, People people, Sweeper sweeper) {
        this.stage = stage;
        this.breakage = breakage;
        this.people = people;
        this.sweeper = sweeper;
        this.rest = new Rest(stage);
        this.evening = new Evening(stage, breakage, sweeper);
    }

    /** One day, its rest and its evening; whether everything came to its end. */
    boolean play(Day day) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            if (day.isWindow()) {
                stage.openWindow();
                rotations.incrementAndGet();
                count("rotation: by the clock");
            }
            Future<?> looks = threads.submit(task(this::sweepAgainAndAgain));
            try {
                awaitAll(begin(day, threads));
                endAlarms();
                rest.await(rotations.get());
            } finally {
                looks.cancel(true);
            }
            evening.pass(day.evening());
            rest.await(rotations.get());
        } catch (StoryStuck stopped) {
            stuck.add(new Loss(String.valueOf(stopped.getMessage()), stage.now()));
        }
        return stuck.isEmpty();
    }

    /** How much was done, by kind. */
    synchronized Map<String, Integer> done() {
        return new TreeMap<>(done);
    }

    /** How many rotations were asked for. */
    int rotations() {
        return rotations.get();
    }

    /** What did not come to its end. */
    List<Loss> stuck() {
        return List.copyOf(stuck);
    }

    private List<Future<?>> begin(Day day, ExecutorService threads) {
        long begun = System.nanoTime();
        var all = new ArrayList<Future<?>>();
        all.add(threads.submit(task(() -> {
            for (Timed<Trouble> trouble : day.troubles()) {
                sleepUntil(begun + trouble.at().toNanos());
                breakage.makeAndEnd(trouble.what());
            }
        })));
        var asks = new TreeMap<String, List<Timed<Work>>>();
        day.work().forEach(work -> {
            if (work.what() instanceof Ask ask) {
                asks.computeIfAbsent(ask.who() + ask.cluster(), none -> new ArrayList<>())
                        .add(work);
            } else {
                all.add(threads.submit(task(() -> {
                    sleepUntil(begun + work.at().toNanos());
                    work(work.what());
                })));
            }
        });
        // Who has access to a cluster or asks for it cannot ask again: one after the other.
        asks.values()
                .forEach(own -> all.add(threads.submit(task(() -> {
                    for (Timed<Work> ask : own) {
                        sleepUntil(begun + ask.at().toNanos());
                        work(ask.what());
                    }
                }))));
        return all;
    }

    private void work(Work work) throws InterruptedException {
        switch (work) {
            case Ask ask -> people.live(ask);
            case SetAlarm(String alarm, String state) -> stage.alarms().set(alarm, state);
            case Flap(String alarm, int times) -> stage.alarms().flap(alarm, times);
            case Storm(int alarms) -> {
                List<String> names = stage.alarms().storm(alarms);
                Thread.sleep(STORM_LASTS);
                names.forEach(name -> stage.alarms().set(name, "OK"));
            }
            case Rotate rotate -> {
                rotations.incrementAndGet();
                insistOnRotation();
            }
        }
        count(work.kind());
    }

    private void insistOnRotation() throws InterruptedException {
        while (true) {
            try {
                stage.rotation().secret().breakGlass("eve", "it was in a screenshot");
                return;
            } catch (AwsFailure tryAgain) {
                Thread.sleep(TRY_AGAIN_MS);
            }
        }
    }

    /** Whatever rings, ends. */
    private void endAlarms() {
        stage.alarms().alarms().stream()
                .filter(alarm -> !alarm.name().equals("dev-reverser-down"))
                .forEach(alarm -> stage.alarms().set(alarm.name(), "OK"));
    }

    private void sweepAgainAndAgain() throws InterruptedException {
        while (true) {
            sweeper.lookIfDue();
            Thread.sleep(TRY_AGAIN_MS);
        }
    }

    private synchronized void count(String kind) {
        done.merge(kind, 1, Integer::sum);
    }

    private static void awaitAll(List<Future<?>> all) throws InterruptedException {
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof StoryStuck stuck
                        ? stuck
                        : new IllegalStateException(failure.getCause());
            }
        }
    }

    /** Something that can be interrupted. */
    private interface Task {

        void run() throws InterruptedException;
    }

    private static Callable<@Nullable Void> task(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    }
}
