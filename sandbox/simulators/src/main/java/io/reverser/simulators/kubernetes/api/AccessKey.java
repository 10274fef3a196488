package io.reverser.simulators.kubernetes.api;

/**
 * What AWS knows of an access key.
 *
 * @param principalArn the role or user that signs with it
 */
record AccessKey(String id, String secret, String principalArn) {

    @Override
    public String toString() {
        return "AccessKey[" + id + " of " + principalArn + "]";
    }
}
