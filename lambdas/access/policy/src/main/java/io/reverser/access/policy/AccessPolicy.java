package io.reverser.access.policy;

import static io.reverser.access.policy.AccessPolicy.Power.ACTS_AS_SERVICE_ACCOUNTS;
import static io.reverser.access.policy.AccessPolicy.Power.CHANGES_PERMISSIONS;
import static io.reverser.access.policy.AccessPolicy.Power.READS_SECRETS;
import static io.reverser.access.policy.AccessPolicy.Power.RUNS_COMMANDS;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The EKS access policies that are made for people; those for AWS's own services are not offered.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html">Review access policy
 *     permissions</a>
 */
public enum AccessPolicy {
    /** Reads, but no secrets, and no commands in pods. */
    VIEW("AmazonEKSViewPolicy"),
    /** Changes workloads. */
    EDIT("AmazonEKSEditPolicy"),
    /** Changes workloads and who may do what in a namespace. */
    ADMIN("AmazonEKSAdminPolicy"),
    /** Reads everything. */
    ADMIN_VIEW("AmazonEKSAdminViewPolicy"),
    /** Everything. */
    CLUSTER_ADMIN("AmazonEKSClusterAdminPolicy"),
    /** Reads secrets. */
    SECRET_READER("AmazonEKSSecretReaderPolicy");

    private final String awsName;

    AccessPolicy(String awsName) {
        this.awsName = awsName;
    }

    /** The policy of that name. */
    public static Optional<AccessPolicy> named(String awsName) {
        return Arrays.stream(values())
                .filter(policy -> policy.awsName.equals(awsName))
                .findFirst();
    }

    /** As AWS calls it. */
    public String awsName() {
        return awsName;
    }

    /** In the partition {@code aws}. */
    public String arn() {
        return "arn:aws:eks::aws:cluster-access-policy/" + awsName;
    }

    Set<Power> powers() {
        return switch (this) {
            case VIEW -> Set.of();
            case EDIT -> Set.of(READS_SECRETS, RUNS_COMMANDS, ACTS_AS_SERVICE_ACCOUNTS);
            case ADMIN -> Set.of(READS_SECRETS, RUNS_COMMANDS, ACTS_AS_SERVICE_ACCOUNTS, CHANGES_PERMISSIONS);
            case ADMIN_VIEW, SECRET_READER -> Set.of(READS_SECRETS);
            case CLUSTER_ADMIN -> Set.of(Power.values());
        };
    }

    /** What an approver should know of. */
    public enum Power {
        /** Sees passwords and tokens. */
        READS_SECRETS,
        /** {@code kubectl exec} and {@code port-forward}. */
        RUNS_COMMANDS,
        /** Can be any service account, and with its token stay that after the end. */
        ACTS_AS_SERVICE_ACCOUNTS,
        /** Can give lasting permissions to others. */
        CHANGES_PERMISSIONS,
        /** Nothing is forbidden. */
        DOES_EVERYTHING
    }
}
