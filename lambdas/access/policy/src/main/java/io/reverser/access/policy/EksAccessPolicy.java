package io.reverser.access.policy;

import static io.reverser.access.policy.EksAccessPolicy.Capability.EXEC_IN_PODS;
import static io.reverser.access.policy.EksAccessPolicy.Capability.IMPERSONATE_SERVICE_ACCOUNTS;
import static io.reverser.access.policy.EksAccessPolicy.Capability.MANAGE_RBAC;
import static io.reverser.access.policy.EksAccessPolicy.Capability.READ_SECRETS;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The EKS access policies that are made for people; those for AWS's own services are not offered.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html">Review access policy
 *     permissions</a>
 */
public enum EksAccessPolicy {
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

    EksAccessPolicy(String awsName) {
        this.awsName = awsName;
    }

    /** The policy of that name. */
    public static Optional<EksAccessPolicy> fromAwsName(String awsName) {
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

    Set<Capability> capabilities() {
        return switch (this) {
            case VIEW -> Set.of();
            case EDIT -> Set.of(READ_SECRETS, EXEC_IN_PODS, IMPERSONATE_SERVICE_ACCOUNTS);
            case ADMIN -> Set.of(READ_SECRETS, EXEC_IN_PODS, IMPERSONATE_SERVICE_ACCOUNTS, MANAGE_RBAC);
            case ADMIN_VIEW, SECRET_READER -> Set.of(READ_SECRETS);
            case CLUSTER_ADMIN -> Set.of(Capability.values());
        };
    }

    /** What an approver should know of. */
    public enum Capability {
        /** Sees passwords and tokens. */
        READ_SECRETS,
        /** {@code kubectl exec} and {@code port-forward}. */
        EXEC_IN_PODS,
        /** Can be any service account, and with its token stay that after the end. */
        IMPERSONATE_SERVICE_ACCOUNTS,
        /** Can give lasting permissions to others. */
        MANAGE_RBAC,
        /** Nothing is forbidden. */
        UNRESTRICTED
    }
}
