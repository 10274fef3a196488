package io.reverser.access.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.Namespaces;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Ruling;
import io.reverser.access.policy.Wish;
import io.reverser.access.request.Button;
import io.reverser.access.request.Post;
import io.reverser.access.request.RequestId;
import io.reverser.settings.Durations;
import io.reverser.slack.SlackRequest.Click;
import io.reverser.slack.SlackRequest.Submission;
import io.reverser.slack.SlackView;
import io.reverser.slack.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Answers what people click, and what they send from modals. */
class Clicks {

    /** Characters; it waits in the modal, which holds only so much. */
    private static final int LONGEST_INCIDENT = 200;

    private final Policy policy;
    private final Conversation.People people;
    private final Modals modals;

    Clicks(Policy policy, Conversation.People people, Modals modals) {
        this.policy = policy;
        this.people = people;
        this.modals = modals;
    }

    /** A button. What is refused is whispered; what is done, the message itself shows. */
    HttpAnswer answer(Click click, Instant now) {
        Optional<Button> button = Arrays.stream(Button.values())
                .filter(known -> known.actionId().equals(click.action()))
                .findFirst();
        Optional<RequestId> id = RequestId.parse(click.value());
        if (button.isEmpty() || id.isEmpty()) {
            return HttpAnswer.EMPTY;
        }
        Optional<Reply> reply = reply(button.get(), id.get(), click, now);
        reply.filter(said -> !(said instanceof Reply.Done))
                .ifPresent(said -> modals.whisper(click.responseUrl(), Answers.reply(said)));
        return HttpAnswer.EMPTY;
    }

    private Optional<Reply> reply(Button button, RequestId id, Click click, Instant now) {
        var shown = new Act(click.sender().user(), click.deliveryId(), now, place(click));
        var direct = new Act(click.sender().user(), click.deliveryId(), now, Optional.empty());
        return switch (button) {
            case APPROVE -> Optional.of(people.decisions().approve(id, shown));
            case APPROVE_EXTENSION -> Optional.of(people.extensions().approve(id, shown));
            case REFUSE_EXTENSION -> Optional.of(people.extensions().refuse(id, shown));
            case CANCEL -> Optional.of(people.decisions().cancel(id, shown));
            case REVOKE -> Optional.of(people.decisions().revoke(id, "", direct));
            case REFUSE -> opened(click, Views.refuse(id.value()));
            case EXTEND -> opened(click, Views.extend(id.value()));
        };
    }

    private Optional<Reply> opened(Click click, SlackView view) {
        if (!modals.open(click.triggerId(), view)) {
            modals.whisper(
                    click.responseUrl(),
                    Answers.formTooLate(policy, click.sender().user()));
        }
        return Optional.empty();
    }

    /** Nowhere is not the place of any request either. */
    private static Optional<Post> place(Click click) {
        return Optional.of(click.message()
                .map(message -> new Post(message.channel(), message.ts()))
                .orElseGet(() -> new Post("", "")));
    }

    /** A modal. */
    HttpAnswer answer(Submission sent, Instant now) {
        var act = new Act(sent.sender().user(), sent.deliveryId(), now, Optional.empty());
        return switch (sent.callback()) {
            case Views.REQUEST -> asked(sent, act);
            case Views.EMERGENCY -> confirm(sent, act);
            case Views.EMERGENCY_CONFIRMED ->
                told(Emergency.read(sent).map(wish -> people.asking().ask(wish, act)));
            case Views.REFUSE ->
                told(RequestId.parse(sent.metadata())
                        .map(id -> people.decisions().refuse(id, value(sent, Views.REASON), act)));
            case Views.EXTEND ->
                told(RequestId.parse(sent.metadata())
                        .map(id -> people.extensions().ask(id, duration(sent), value(sent, Views.REASON), act)));
            default -> HttpAnswer.EMPTY;
        };
    }

    private HttpAnswer asked(Submission sent, Act act) {
        Optional<SortedSet<String>> namespaces = namespaces(sent);
        if (namespaces.isEmpty()) {
            return error(Views.NAMESPACES, Answers.NO_NAMESPACES);
        }
        return ask(wish(sent, namespaces.get(), Optional.empty()), act);
    }

    private HttpAnswer ask(Wish wish, Act act) {
        Reply reply = people.asking().ask(wish, act);
        return reply instanceof Reply.Refused(var why) ? error(Refusals.block(why), Answers.refusal(why)) : told(reply);
    }

    /** Granted only when it is sent a second time, and what is asked is asked of the policy then; refused at once. */
    private HttpAnswer confirm(Submission sent, Act act) {
        String incident = Text.cut(value(sent, Views.INCIDENT), LONGEST_INCIDENT);
        Optional<SortedSet<String>> namespaces = namespaces(sent);
        if (namespaces.isEmpty()) {
            return error(Views.NAMESPACES, Answers.NO_NAMESPACES);
        }
        Wish wish = wish(sent, namespaces.get(), Optional.of(incident));
        if (policy.rule(wish) instanceof Ruling.Refused) {
            return ask(wish, act);
        }
        ObjectNode push = JsonNodeFactory.instance.objectNode().put("response_action", "push");
        push.set(
                "view",
                Views.confirmEmergency(Emergency.write(wish), Answers.confirmEmergency(wish))
                        .toJson());
        return HttpAnswer.json(push);
    }

    private static Wish wish(Submission sent, SortedSet<String> namespaces, Optional<String> incident) {
        String[] target = value(sent, Views.TARGET).split(" ", 2);
        return new Wish(
                sent.sender().user(),
                target[0],
                target[target.length - 1],
                namespaces,
                Optional.of(duration(sent)),
                value(sent, Views.REASON),
                incident);
    }

    /** Empty when what was typed are none. */
    private static Optional<SortedSet<String>> namespaces(Submission sent) {
        String typed = value(sent, Views.NAMESPACES);
        return typed.isBlank() ? Optional.of(new TreeSet<>()) : Namespaces.parse(typed);
    }

    private static Duration duration(Submission sent) {
        return Durations.parse(value(sent, Views.DURATION)).orElse(Duration.ZERO);
    }

    private static String value(Submission sent, String block) {
        return sent.values().getOrDefault(block, "");
    }

    /** Empty when the modal came back with other metadata than it went out with. */
    private static HttpAnswer told(Optional<Reply> reply) {
        return reply.map(Clicks::told).orElse(HttpAnswer.refused(400));
    }

    private static HttpAnswer told(Reply reply) {
        ObjectNode update = JsonNodeFactory.instance.objectNode().put("response_action", "update");
        update.set("view", Views.told(Answers.reply(reply)).toJson());
        return HttpAnswer.json(update);
    }

    private static HttpAnswer error(String block, String text) {
        ObjectNode errors = JsonNodeFactory.instance.objectNode().put("response_action", "errors");
        errors.putObject("errors").put(block, text);
        return HttpAnswer.json(errors);
    }
}
