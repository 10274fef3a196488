package io.reverser.access.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverser.access.policy.Policy;
import io.reverser.access.policy.Wish;
import io.reverser.slack.SlackRequest.SlashCommand;
import java.time.Instant;
import java.util.Optional;

/** Answers what people type. */
class Conversation {

    private final Policy policy;
    private final People people;
    private final Modals modals;

    Conversation(Policy policy, People people, Modals modals) {
        this.policy = policy;
        this.people = people;
        this.modals = modals;
    }

    /** The parts that decide. */
    record People(Asking asking, Decisions decisions, Extensions extensions, Overview overview) {}

    HttpAnswer answer(SlashCommand command, Instant now) {
        String person = command.sender().user();
        var act = new Act(person, command.deliveryId(), now, Optional.empty());
        return switch (CommandText.parse(command.text())) {
            case CommandText.Form form -> open(command, false);
            case CommandText.EmergencyForm form -> open(command, true);
            case CommandText.Request asked -> say(people.asking().ask(wish(person, asked), act));
            case CommandText.Listing listing ->
                whisper(Answers.list(people.overview().open(person)));
            case CommandText.Status status -> say(people.overview().status(status.id(), person));
            case CommandText.Extend more -> say(people.extensions().ask(more.id(), more.by(), more.reason(), act));
            case CommandText.Revoke end -> say(people.decisions().revoke(end.id(), end.reason(), act));
            case CommandText.Cancel cancel -> say(people.decisions().cancel(cancel.id(), act));
            case CommandText.WhoAmI who -> whisper(Answers.whoAmI(policy, person));
            case CommandText.Help help -> whisper(Answers.help(policy, person));
            case CommandText.Wrong wrong -> whisper(Answers.wrong(wrong, policy, person));
        };
    }

    private HttpAnswer open(SlashCommand command, boolean emergency) {
        String person = command.sender().user();
        var view = emergency ? Views.emergency(policy, person) : Views.request(policy, person);
        if (view.isEmpty()) {
            return whisper(Answers.nothingToAskFor(emergency));
        }
        return modals.open(command.triggerId(), view.get())
                ? HttpAnswer.EMPTY
                : whisper(Answers.formTooLate(policy, person));
    }

    private static Wish wish(String person, CommandText.Request asked) {
        return new Wish(
                person,
                asked.cluster(),
                asked.level(),
                asked.namespaces(),
                Optional.of(asked.duration()),
                asked.reason(),
                Optional.empty());
    }

    private static HttpAnswer say(Reply reply) {
        return whisper(Answers.reply(reply));
    }

    /** Only who typed it sees it. */
    private static HttpAnswer whisper(String text) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return HttpAnswer.json(answer.put("response_type", "ephemeral").put("text", text));
    }
}
