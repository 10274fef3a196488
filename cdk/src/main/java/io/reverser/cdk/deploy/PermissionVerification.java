package io.reverser.cdk.deploy;

import io.reverser.cdk.deploy.PermissionTable.Expectation;
import io.reverser.cdk.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;

/** After a deployment, asks AWS itself what the deployed roles may do. Creates only what it deletes again.
 *
 * @param account the account that contains the deployed environment
 * @param settings of the environment
 */
public record PermissionVerification(AwsAccount account, Settings settings) {

    /** The result for the person who verifies: what was asked, and what is not as expected.
     *
     * @param summary one line
     */
    public record Report(String summary, List<String> problems) {

        static Report failed(String problem) {
            return new Report("", List.of(problem));
        }
    }

    /** Asks about every row of the table, and then makes a few calls with the policies of granter. */
    public Report run() {
        Optional<String> otherAccount = Preflight.checkAccount(account, settings);
        if (otherAccount.isPresent()) {
            return Report.failed(otherAccount.get());
        }
        try {
            PermissionTable table = PermissionTable.read();
            DeployedResources resources = DeployedResources.fetch(account, settings, table.stacks());
            Set<String> missing = new TreeSet<>(table.resources());
            missing.removeAll(resources.arns().keySet());
            return missing.isEmpty()
                    ? run(resources, table.expectations(settings, resources.arns()))
                    : Report.failed(DeployMessages.notDeployed(settings, missing));
        } catch (SdkException refused) {
            return Report.failed(
                    DeployMessages.failedVerification(account.lastCall(), String.valueOf(refused.getMessage())));
        }
    }

    private Report run(DeployedResources resources, List<Expectation> expectations) {
        var problems = new ArrayList<String>();
        try (var simulator = new PolicySimulator(account)) {
            expectations.parallelStream()
                    .map(expected -> simulator.findDifferences(
                            String.valueOf(resources.arns().get(expected.role())), expected))
                    .toList()
                    .forEach(problems::addAll);
        }
        long calls = expectations.stream()
                .mapToLong(expected -> expected.actions().size())
                .sum();
        long roles = expectations.stream().map(Expectation::role).distinct().count();
        var probe = new AccessEntryProbe(account, settings);
        problems.addAll(probe.findProblems(resources));
        return new Report(DeployMessages.verifiedPermissions(calls, roles, probe.calls(), settings), problems);
    }
}
