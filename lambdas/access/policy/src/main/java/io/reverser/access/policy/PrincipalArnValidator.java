package io.reverser.access.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IAM principals that an access entry can be for.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html">Create access entries</a>
 */
final class PrincipalArnValidator {

    private static final Pattern PATTERN =
            Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]{1,512}");

    private PrincipalArnValidator() {}

    /** What would be right instead; empty when it is right. */
    static Optional<String> validate(String arn) {
        if (arn.contains(":sts:") || arn.contains("assumed-role/")) {
            return Optional.of("the role itself, arn:aws:iam::<account>:role/<path and name>, not a session of it");
        }
        if (arn.contains("/aws-service-role/")) {
            return Optional.of("a role of a person; EKS takes no service-linked roles");
        }
        if (arn.contains("role/AWSReservedSSO_")) {
            return Optional.of("the role with its path, "
                    + "arn:aws:iam::<account>:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_<name>");
        }
        return PATTERN.matcher(arn).matches()
                ? Optional.empty()
                : Optional.of("an IAM role or user, arn:aws:iam::<12 digits>:role/<path and name>");
    }
}
