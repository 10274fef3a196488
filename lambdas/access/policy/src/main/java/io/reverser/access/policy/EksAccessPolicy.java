package io.reverser.access.policy;

import static io.reverser.access.policy.EksAccessPolicy.Capability.EXEC_IN_PODS;
import static io.reverser.access.policy.EksAccessPolicy.Capability.IMPERSONATE_SERVICE_ACCOUNTS;
import static io.reverser.access.policy.EksAccessPolicy.Capability.MANAGE_RBAC;
import static io.reverser.access.policy.EksAccessPolicy.Capability.READ_SECRETS;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The EKS access policies that are meant for people; the policies for AWS services are not offered.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html">Review access policy
 *     permissions</a>
 */
public enum EksAccessPolicy {
    /** Read access, without Secrets or exec. */
    VIEW("AmazonEKSViewPolicy"),
    /** Can change workloads. */
    EDIT("AmazonEKSEditPolicy"),
    /** Can change workloads and RBAC in a namespace. */
    ADMIN("AmazonEKSAdminPolicy"),
    /** Read access to everything, including Secrets. */
    ADMIN_VIEW("AmazonEKSAdminViewPolicy"),
    /** Full access. */
    CLUSTER_ADMIN("AmazonEKSClusterAdminPolicy"),
    /** Read access to Secrets. */
    SECRET_READER("AmazonEKSSecretReaderPolicy");

    private final String awsName;

    EksAccessPolicy(String awsName) {
        this.awsName = awsName;
    }

    /** The EKS access policy with this name. */
    public static Optional<EksAccessPolicy> fromAwsName(String awsName) {
        return Arrays.stream(values())
                .filter(policy -> policy.awsName.equals(awsName))
                .findFirst();
    }

    /** The name of the policy in AWS. */
    public String awsName() {
        return awsName;
    }

    /** The ARN of the policy in the partition {@code aws}. */
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

    /** Risks of an EKS access policy that an approver should know about. */
    public enum Capability {
        /** Can read passwords and tokens. */
        READ_SECRETS,
        /** {@code kubectl exec} and {@code port-forward}. */
        EXEC_IN_PODS,
        /** Can create a token for any service account; the token outlives the access. */
        IMPERSONATE_SERVICE_ACCOUNTS,
        /** Can grant others permissions that outlive the access. */
        MANAGE_RBAC,
        /** No restrictions. */
        UNRESTRICTED
    }
}
