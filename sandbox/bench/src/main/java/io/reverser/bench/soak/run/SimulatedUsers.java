package io.reverser.bench.soak.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.bench.reconciliation.DualTimestamp;
import io.reverser.bench.soak.environment.SoakEnvironment;
import io.reverser.bench.soak.scenario.WorkloadAction.RequestAccess;
import io.reverser.bench.soak.scenario.WorkloadAction.RequestOutcome;
import io.reverser.simulators.slack.SlackApp;
import io.reverser.simulators.slack.SlackWorkspace;
import io.reverser.simulators.slack.SlackWorkspace.WorkspaceMessage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Simulates people who request access and decide about requests. The users retry what fails. This class records which
 * requests the app confirmed.
 */
public final class SimulatedUsers {

    private static final Pattern REQUEST_ID = Pattern.compile("r-[2-9a-z]{10}");
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(3);
    private static final long RETRY_INTERVAL_MS = 300;
    private static final String COMMAND = "/cluster-access";
    private static final String LEAD_APPROVER = "U0EVE";

    private final SoakEnvironment environment;
    private final Map<String, DualTimestamp> submittedRequests = new ConcurrentHashMap<>();

    public SimulatedUsers(SoakEnvironment environment) {
        this.environment = environment;
    }

    /** The IDs of the requests that the app confirmed to their requesters, with the time of the confirmation. */
    public Map<String, DualTimestamp> submittedRequests() {
        return Map.copyOf(submittedRequests);
    }

    /**
     * Sends a request for access, and then the clicks and commands that lead to the outcome in the scenario.
     *
     * @throws ScenarioTimeoutException when a step does not succeed
     */
    void run(RequestAccess request) throws InterruptedException {
        String id = submitRequest(request);
        RequestOutcome outcome = request.outcome();
        if (outcome == RequestOutcome.CANCELLED && isPending(request, id)) {
            retryUntil(
                    id,
                    "cancelled",
                    () -> runCommand(request.requester(), "cancel " + id),
                    () -> statusContains(request, id, "cancelled", "granted"));
        } else if (outcome == RequestOutcome.REJECTED && isPending(request, id)) {
            retryUntil(id, "rejected", () -> reject(id), () -> statusContains(request, id, "rejected by"));
        } else {
            retryUntil(
                    id,
                    "granted",
                    () -> approve(request, id),
                    () -> statusContains(request, id, "granted until", "expired ", "revoked "));
            if (outcome == RequestOutcome.EXTENDED) {
                extend(request, id);
            } else if (!outcome.isHeldUntilExpiry()) {
                retryUntil(
                        id,
                        "revoked",
                        () -> runCommand(request.requester(), "revoke " + id),
                        () -> statusContains(request, id, "revoked "));
            }
        }
    }

    private String submitRequest(RequestAccess request) throws InterruptedException {
        String text = "%s %dm the basket is slow".formatted(request.arguments(), request.minutes());
        String[] id = {""};
        retryUntil(
                request.arguments(),
                "requested",
                () -> id[0] = parseRequestId(runCommand(request.requester(), text)),
                () -> !id[0].isEmpty());
        submittedRequests.putIfAbsent(id[0], environment.now());
        return id[0];
    }

    /** Requests an extension, and approves it as the approvers of this request. */
    private void extend(RequestAccess request, String id) throws InterruptedException {
        String until = grantedUntil(request, id);
        retryUntil(
                id,
                "extended",
                () -> {
                    if (approvalMessages(id).noneContains("Approve extension")) {
                        runCommand(request.requester(), "extend " + id + " 10m not done yet");
                    }
                    approvers(request).forEach(approver -> click(approver, id, "approve-extension"));
                },
                () -> !grantedUntil(request, id).equals(until));
    }

    private void approve(RequestAccess request, String id) {
        approvers(request).forEach(approver -> click(approver, id, "approve"));
    }

    private static List<String> approvers(RequestAccess request) {
        return request.requester().equals("U0ADA") ? List.of("U0BOB", LEAD_APPROVER) : List.of(LEAD_APPROVER);
    }

    private void reject(String id) {
        click(LEAD_APPROVER, id, "reject");
        workspace().views().reversed().stream()
                .filter(view -> view.contains(id))
                .findFirst()
                .ifPresent(view -> submitModal(view));
    }

    private void submitModal(String view) {
        try {
            environment
                    .access()
                    .app()
                    .submitModal(
                            LEAD_APPROVER, new ObjectMapper().readTree(view), Map.of("reason", "not today, please"));
        } catch (JsonProcessingException garbled) {
            throw new IllegalStateException(garbled);
        } catch (IllegalStateException | UncheckedIOException unanswered) {
            // The function did not respond; retryUntil submits the form again.
        }
    }

    /**
     * Clicks the button in all copies of a request's message: after a crash, the app may have posted the message twice,
     * and it updates only one copy.
     */
    private void click(String person, String id, String action) {
        for (WorkspaceMessage message : approvalMessages(id).messages()) {
            try {
                SlackApp app = environment.access().app();
                app.clickButton(person, message, action, id);
            } catch (IllegalStateException | UncheckedIOException unanswered) {
                // The function did not respond; retryUntil clicks again.
            }
        }
    }

    private ApprovalMessages approvalMessages(String id) {
        return new ApprovalMessages(workspace().messages(environment.access().approvalsChannel()).stream()
                .filter(message -> message.blocks().contains(id))
                .toList());
    }

    /** The messages about one request in the approvals channel. */
    private record ApprovalMessages(List<WorkspaceMessage> messages) {

        boolean noneContains(String text) {
            return messages.stream().noneMatch(message -> message.blocks().contains(text));
        }
    }

    private boolean isPending(RequestAccess request, String id) {
        return statusContains(request, id, "waiting for approval");
    }

    private String grantedUntil(RequestAccess request, String id) {
        String status = runCommand(request.requester(), "status " + id);
        int begin = status.indexOf("granted until");
        return begin < 0 ? "" : status.substring(begin, status.indexOf('|', begin));
    }

    /**
     * Whether the first line of the app's response to the subcommand {@code status} contains one of the given texts.
     */
    private boolean statusContains(RequestAccess request, String id, String... any) {
        String status = runCommand(request.requester(), "status " + id)
                .lines()
                .findFirst()
                .orElse("");
        return List.of(any).stream().anyMatch(status::contains);
    }

    /** Sends a slash command, and returns the app's response; empty when the app does not respond. */
    private String runCommand(String person, String text) {
        try {
            JsonNode answer = environment.access().app().sendSlashCommand(person, COMMAND, text);
            return answer.path("text").asText();
        } catch (IllegalStateException | UncheckedIOException unanswered) {
            return "";
        }
    }

    private static String parseRequestId(String text) {
        return Optional.of(REQUEST_ID.matcher(text))
                .filter(java.util.regex.Matcher::find)
                .map(found -> found.group())
                .orElse("");
    }

    private SlackWorkspace workspace() {
        return environment.access().workspace();
    }

    private void retryUntil(String about, String what, Runnable attempt, BooleanSupplier isDone)
            throws InterruptedException {
        long deadline = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
        while (!isDone.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new ScenarioTimeoutException(
                        "%s was not %s within %d minutes".formatted(about, what, REQUEST_TIMEOUT.toMinutes()));
            }
            attempt.run();
            Thread.sleep(RETRY_INTERVAL_MS);
        }
    }
}
