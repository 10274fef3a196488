package io.reverser.bench.soak;

import io.reverser.bench.soak.Trouble.CallsFail;
import io.reverser.bench.soak.Trouble.DatabaseIsCut;
import io.reverser.bench.soak.Trouble.DatabaseRestarts;
import io.reverser.bench.soak.Trouble.FunctionDies;
import io.reverser.bench.soak.Trouble.PodDies;
import io.reverser.bench.soak.Trouble.Role;
import io.reverser.bench.soak.Trouble.SlackIsSlow;
import io.reverser.bench.soak.Work.Ask;
import io.reverser.bench.soak.Work.Course;
import io.reverser.bench.soak.Work.Flap;
import io.reverser.bench.soak.Work.Rotate;
import io.reverser.bench.soak.Work.SetAlarm;
import io.reverser.bench.soak.Work.Storm;
import io.reverser.simulators.aws.Faults.Fault;
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
 * All work and all trouble of a soak, day after day, which follow from its seed. How long a day takes, and so how many there
 * are in the end and what meets what, does not follow from it: that is the machine's.
 */
public record Script(long seed, List<Day> days) {

    /** How long work and trouble of a day take; then everything comes to rest, and then the evening comes. */
    private static final Duration DAY = Duration.ofSeconds(40);

    private static final List<String> ALARMS = List.of(
            "dev-database-write-latency", "dev-reverser-errors", "dev-reverser-traffic", "dev-access-change-errors");
    private static final List<Course> SHORT =
            List.of(Course.ENDS_EARLY, Course.ENDS_EARLY, Course.REFUSED, Course.TAKEN_BACK);
    private static final List<Course> LAST = List.of(Course.LASTS, Course.LASTS, Course.EXTENDED, Course.ENDS_EARLY);
    private static final List<String> PEOPLE = List.of("U0ADA", "U0BOB");
    private static final List<String> SERVICES =
            List.of("DynamoDB.", "EKS.", "Scheduler.", "SecretsManager.", "Sqs.", "CloudWatch.", "Kubernetes.");
    private static final List<Fault> FAULTS =
            List.of(Fault.FAILS_BEFORE, Fault.FAILS_AFTER, Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.THROTTLES);
    private static final List<String> OF_THE_EVENING = List.of("DynamoDB.", "EKS.", "Scheduler.", "Slack.");
    /** In which work begins, in ms; whatever begins later would only make the rest longer. */
    private static final int WORK = 28_000;

    private static final Duration UNDER_WAY = Duration.ofSeconds(8);
    private static final int TROUBLES = 10;
    private static final int MOST_STORIES = 6;
    private static final int RINGS = 5;
    private static final int ROTATIONS_EVERY = 4;

    /** Something, so long after the day began. */
    public record Timed<T>(Duration at, T what) {}

    /**
     * A day.
     *
     * @param isWindow whether it begins with a maintenance window
     * @param troubles one after the other, with some calm between them
     * @param evening while access ends, by the sandbox's clock
     */
    public record Day(
            boolean isWindow, List<Timed<Work>> work, List<Timed<Trouble>> troubles, List<Timed<Trouble>> evening) {}

    /**
     * The one of this seed.
     *
     * @param most days
     */
    static Script of(long seed, int most) {
        var random = new Random(seed);
        Deque<Trouble> deck = new ArrayDeque<>();
        var days = new ArrayList<Day>();
        for (int day = 0; day < most; day++) {
            var work = new ArrayList<Timed<Work>>();
            if (day % ROTATIONS_EVERY == 0) {
                work.add(new Timed<>(Duration.ofMillis(500), new Rotate()));
            }
            PEOPLE.forEach(who -> {
                work.addAll(asks(random, who, "prod"));
                work.addAll(asks(random, who, "dev"));
            });
            boolean isWindow = day % ROTATIONS_EVERY == ROTATIONS_EVERY / 2;
            work.addAll(alarms(random, isWindow ? UNDER_WAY : Duration.ZERO));
            work.sort(Comparator.comparing(Timed::at));
            days.add(new Day(isWindow, List.copyOf(work), troubles(random, deck), evening(random)));
        }
        return new Script(seed, List.copyOf(days));
    }

    /** What one person asks for in one cluster: any number of short stories, and perhaps one that lasts after them. */
    private static List<Timed<Work>> asks(Random random, String who, String cluster) {
        var courses = new ArrayList<Course>();
        random.ints(random.nextInt(MOST_STORIES), 0, SHORT.size()).forEach(choice -> courses.add(SHORT.get(choice)));
        courses.add(LAST.get(random.nextInt(LAST.size())));
        List<Duration> times =
                courses.stream().map(course -> moment(random, WORK)).sorted().toList();
        var asks = new ArrayList<Timed<Work>>();
        for (int i = 0; i < courses.size(); i++) {
            boolean isEdit = who.equals("U0ADA") && cluster.equals("prod") && random.nextInt(3) == 0;
            String what = cluster + (isEdit ? " edit ns=shop,payments" : " view");
            asks.add(new Timed<>(times.get(i), new Ask(who, what, 10 + random.nextInt(40), courses.get(i))));
        }
        return asks;
    }

    /** A rotation that an alarm meets at its very beginning is refused, and there is one attempt in each window. */
    private static List<Timed<Work>> alarms(Random random, Duration notBefore) {
        var work = new ArrayList<Timed<Work>>();
        for (int i = 0; i < RINGS; i++) {
            String alarm = ALARMS.get(random.nextInt(ALARMS.size()));
            Duration rings = notBefore.plus(moment(random, WORK - (int) notBefore.toMillis()));
            work.add(new Timed<>(rings, new SetAlarm(alarm, "ALARM")));
            work.add(new Timed<>(rings.plus(moment(random, 8_000)), new SetAlarm(alarm, "OK")));
        }
        if (random.nextInt(2) == 0) {
            work.add(new Timed<>(
                    notBefore.plus(moment(random, WORK - (int) notBefore.toMillis())),
                    new Flap(ALARMS.get(random.nextInt(ALARMS.size())), 2 + random.nextInt(3))));
        }
        if (random.nextInt(3) == 0) {
            work.add(new Timed<>(moment(random, WORK), new Storm(9 + random.nextInt(12))));
        }
        return work;
    }

    /**
     * Dealt from a deck, so that each kind comes about as often. A pod dies before the database is away and not after it:
     * what it could not store meanwhile would go with it, which is no secret and no news.
     */
    private static List<Timed<Trouble>> troubles(Random random, Deque<Trouble> deck) {
        var dealt = new ArrayList<Trouble>();
        while (dealt.size() < TROUBLES) {
            if (deck.isEmpty()) {
                deck.addAll(deck(random));
            }
            dealt.add(deck.pop());
        }
        dealt.sort(Comparator.comparing(trouble -> !(trouble instanceof PodDies)));
        Duration each = DAY.dividedBy(TROUBLES + 1);
        var timed = new ArrayList<Timed<Trouble>>();
        for (int i = 0; i < dealt.size(); i++) {
            timed.add(new Timed<>(each.multipliedBy(i).plusMillis(1500 + random.nextInt(500)), dealt.get(i)));
        }
        return List.copyOf(timed);
    }

    private static List<Trouble> deck(Random random) {
        var deck = new ArrayList<Trouble>();
        SERVICES.forEach(service -> deck.add(callsFail(random, service)));
        deck.add(callsFail(random, SERVICES.getFirst()));
        deck.add(new CallsFail("Slack.chat.", Fault.THROTTLES, 1 + random.nextInt(3), lasting(random)));
        deck.add(callsFail(random, "Slack."));
        deck.add(new SlackIsSlow(Duration.ofMillis(500 + random.nextInt(1500)), lasting(random)));
        Stream.of(Role.values()).map(FunctionDies::new).forEach(deck::add);
        deck.add(new PodDies(random.nextInt(3)));
        deck.add(new DatabaseRestarts(Duration.ofMillis(500 + random.nextInt(1500))));
        deck.add(new DatabaseIsCut(lasting(random)));
        Collections.shuffle(deck, random);
        return deck;
    }

    /** Half of the evenings are quiet. */
    private static List<Timed<Trouble>> evening(Random random) {
        if (random.nextBoolean()) {
            return List.of();
        }
        String service = OF_THE_EVENING.get(random.nextInt(OF_THE_EVENING.size()));
        Trouble fails = new CallsFail(
                service, fault(random), 1 + random.nextInt(3), Duration.ofMinutes(5 + random.nextInt(20)));
        Trouble dies = new FunctionDies(Role.ACCESS_CHANGE);
        return List.of(
                new Timed<>(Duration.ofMinutes(5 + random.nextInt(20)), fails),
                new Timed<>(Duration.ofMinutes(30 + random.nextInt(10)), dies));
    }

    private static Trouble callsFail(Random random, String prefix) {
        return new CallsFail(prefix, fault(random), 2 + random.nextInt(4), lasting(random));
    }

    private static Fault fault(Random random) {
        return FAULTS.get(random.nextInt(FAULTS.size()));
    }

    private static Duration lasting(Random random) {
        return Duration.ofMillis(1200 + random.nextInt(1200));
    }

    private static Duration moment(Random random, int before) {
        return Duration.ofMillis(1000 + random.nextInt(before));
    }
}
