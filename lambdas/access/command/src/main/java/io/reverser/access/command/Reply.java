package io.reverser.access.command;

import io.reverser.access.policy.Refusal;
import io.reverser.access.request.Audit;
import io.reverser.access.request.Request;
import java.util.List;

/** What came of what somebody did. */
sealed interface Reply {

    /** It is written; this is the request now. */
    record Done(Request request) implements Reply {}

    /** The policy says no. */
    record Refused(Refusal why) implements Reply {}

    /** This person has, or asked for, access to that cluster already. */
    record HasAlready(Request request) implements Reply {}

    /** It happened as often as it may without anybody being asked. */
    record Capped() implements Reply {}

    /** The request is past that, or not there yet. */
    record NotNow(Request request) implements Reply {}

    /** This person said yes before. */
    record ApprovedAlready() implements Reply {}

    /** More time was asked for before, and that is not settled. */
    record AsksAlready(Request request) implements Reply {}

    /** The policy would not allow the request any more. */
    record NotAllowedNow() implements Reply {}

    /** There is no such request, or none that this person may know of. */
    record NoSuchRequest(String id) implements Reply {}

    /** The button stands where this request's buttons do not. */
    record WrongMessage() implements Reply {}

    /** Too many decide at once. */
    record Busy() implements Reply {}

    /** What became of a request. */
    record Status(Request request, List<Audit> audit) implements Reply {}
}
