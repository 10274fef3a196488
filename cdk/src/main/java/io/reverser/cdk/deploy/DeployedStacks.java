package io.reverser.cdk.deploy;

import io.reverser.cdk.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** The status of each stack of an environment that exists.
 *
 * @param byName by the stack's name, like {@code dev-network}
 */
public record DeployedStacks(Map<String, StackStatus> byName) {

    public DeployedStacks {
        byName = Map.copyOf(byName);
    }

    /** Fetches the status of the stacks in a folder of templates. */
    public static DeployedStacks fetch(AwsAccount account, List<Path> templates) {
        var found = new LinkedHashMap<String, StackStatus>();
        templates.forEach(template ->
                account.fetchStackStatus(name(template)).ifPresent(status -> found.put(name(template), status)));
        return new DeployedStacks(found);
    }

    /** The name of the stack that is deployed with a template. */
    public static String name(Path template) {
        return String.valueOf(template.getFileName()).replace(".template.json", "");
    }

    /**
     * Whether CloudFormation has yet to create the resources of a stack: {@code cdk deploy} deletes a stack whose
     * creation was rolled back, and creates it again.
     */
    boolean isMissing(String name) {
        StackStatus status = byName.get(name);
        return status == null || status == StackStatus.ROLLBACK_COMPLETE || status == StackStatus.REVIEW_IN_PROGRESS;
    }

    /** Whether a stack was deployed at least once. */
    public boolean isDeployed(String name) {
        StackStatus status = byName.get(name);
        return status != null
                && (status == StackStatus.CREATE_COMPLETE || status.toString().startsWith("UPDATE_"));
    }

    boolean isMissing(Settings settings, String part) {
        return isMissing(settings.name() + "-" + part);
    }

    /** The stacks that CloudFormation refuses to change, with what to do about it. */
    List<String> findBlocked(String region) {
        var blocked = new ArrayList<String>();
        new TreeMap<>(byName).forEach((name, status) -> {
            String command = switch (status) {
                case DELETE_FAILED -> "delete-stack";
                case UPDATE_ROLLBACK_FAILED -> "continue-update-rollback";
                // The AWS CLI waits for ROLLBACK_COMPLETE only here, and then reports it as an error.
                case CREATE_IN_PROGRESS, ROLLBACK_IN_PROGRESS -> "wait stack-create-complete";
                case UPDATE_IN_PROGRESS, UPDATE_COMPLETE_CLEANUP_IN_PROGRESS -> "wait stack-update-complete";
                case UPDATE_ROLLBACK_IN_PROGRESS, UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS ->
                    "wait stack-rollback-complete";
                case DELETE_IN_PROGRESS -> "wait stack-delete-complete";
                default -> "";
            };
            if (!command.isEmpty()) {
                blocked.add(DeployMessages.blockedStack(name, status.toString(), command, region));
            }
        });
        return blocked;
    }
}
