package io.reverser.bench.soak;

import io.reverser.bench.account.Moment;
import io.reverser.bench.account.VisitBook.Death;
import io.reverser.bench.soak.Trouble.CallsFail;
import io.reverser.bench.soak.Trouble.DatabaseIsCut;
import io.reverser.bench.soak.Trouble.DatabaseRestarts;
import io.reverser.bench.soak.Trouble.FunctionDies;
import io.reverser.bench.soak.Trouble.PodDies;
import io.reverser.bench.soak.Trouble.SlackIsSlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes trouble, and ends it. */
final class Breakage {

    private final Stage stage;
    private final PodKiller pods;
    private final List<Happened> happened = new ArrayList<>();
    private int goingOn;
    private long count;

    /** Trouble that there was. */
    record Happened(Trouble trouble, Moment from, Moment to) {}

    Breakage(Stage stage) {
        this.stage = stage;
        this.pods = new PodKiller(stage);
    }

    /** Makes it, waits as long as it lasts, and ends it. */
    void makeAndEnd(Trouble trouble) throws InterruptedException {
        Moment from = begin(trouble);
        Thread.sleep(trouble.lasting());
        end(trouble, from);
    }

    /** Makes it; it goes on. */
    Moment begin(Trouble trouble) throws InterruptedException {
        Moment from = stage.now();
        started();
        switch (trouble) {
            case CallsFail(var prefix, var fault, int every, var lasting) ->
                stage.aws().faults().oneIn(every, prefix, fault);
            case SlackIsSlow(var each, var lasting) ->
                stage.access().surroundings().slack().takeTime(each);
            case FunctionDies(var role) -> kill(role);
            case PodDies(int number) -> pods.kill(number);
            case DatabaseRestarts restart -> stage.database().stop();
            case DatabaseIsCut cut -> stage.database().link().sever();
        }
        return from;
    }

    void end(Trouble trouble, Moment from) {
        switch (trouble) {
            case CallsFail(var prefix, var fault, int every, var lasting) ->
                stage.aws().faults().noneOf(prefix);
            case SlackIsSlow slow -> stage.access().surroundings().slack().takeTime(Duration.ZERO);
            case FunctionDies dead -> {}
            case PodDies dead -> {}
            case DatabaseRestarts restart -> stage.database().restart();
            case DatabaseIsCut cut -> stage.database().link().restore();
        }
        ended(new Happened(trouble, from, stage.now()));
    }

    /** Everything so far, in the order in which it ended. */
    synchronized List<Happened> happened() {
        return List.copyOf(happened);
    }

    /** Pods that were killed. */
    List<Death> deaths() {
        return pods.deaths();
    }

    synchronized boolean isGoingOn() {
        return goingOn > 0;
    }

    /** How much trouble has begun so far. */
    synchronized long count() {
        return count;
    }

    private synchronized void started() {
        goingOn++;
        count++;
    }

    private synchronized void ended(Happened one) {
        goingOn--;
        happened.add(one);
    }

    private void kill(Trouble.Role role) {
        switch (role) {
            case ACCESS_COMMAND -> stage.access().command().kill();
            case ACCESS_CHANGE -> stage.access().change().kill();
            case ALARMS_1 -> stage.alarms().kill(0);
            case ALARMS_2 -> stage.alarms().kill(1);
            case ROTATION_STEPS -> stage.rotation().kill(0);
            case ROTATION_LOOKS -> stage.rotation().kill(1);
        }
    }
}
