package io.reverser.simulators.kubernetes.api;

/**
 * An AWS access key.
 *
 * @param principalArn the role or user that the access key belongs to
 */
record AccessKey(String id, String secret, String principalArn) {

    @Override
    public String toString() {
        return "AccessKey[" + id + " of " + principalArn + "]";
    }
}
